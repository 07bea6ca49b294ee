"""A moderator in front of a browser."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from argon2 import PasswordHasher

from dialogue.app import app_of
from dialogue.moderation.gate import LIST, SIGN_IN
from dialogue.services import Services
from tests.dialogue.browsing import Browser, browser

PASSWORD = "three words make one"
# As light as argon2 goes: the tests are about who gets in, not about how long a guess takes.
HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


def sign_in(opened: Browser, password: str = PASSWORD) -> int:
    """Send the form; the status of the answer."""
    return opened.post(SIGN_IN, {"password": password}).status_code


@contextlib.contextmanager
def another(opened: Browser, services: Services, address: str = "203.0.113.7") -> Iterator[Browser]:
    """A browser of somebody else, at the application that ``opened`` is at."""
    found = Browser(app_of(services), opened._portal, address)
    yield found
    found.close()


@contextlib.contextmanager
def moderator(services: Services) -> Iterator[Browser]:
    """A browser that is signed in."""
    with browser(app_of(services)) as opened:
        assert sign_in(opened) == 303
        assert opened.get(LIST).status_code == 200
        yield opened
