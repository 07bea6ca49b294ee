"""A link by mail for a new device: the way in while strangers use up all other tries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from dialogue.app import app_of
from dialogue.mail.tables import outbox
from dialogue.moderation import new_device, throttle
from dialogue.moderation.gate import LIST, SIGN_IN
from dialogue.moderation.throttle import Client
from dialogue.moments import now
from dialogue.services import Services
from dialogue.tokens import Purpose
from tests.dialogue.browsing import Browser, browser
from tests.dialogue.moderation.signing import HASH, another, sign_in

ASK = f"{SIGN_IN}/link"
MODERATORS = ("mod@blog.example", "two@blog.example")


@pytest.fixture
def made(make_services: Callable[..., Services]) -> Services:
    """A service with a password, two moderators and mail."""
    return make_services(
        moderator_password_hash=HASH,
        moderators=MODERATORS,
        mail_host="127.0.0.1",
        mail_from="blog@blog.example",
    )


@pytest.fixture
def opened(made: Services) -> Iterator[Browser]:
    """A browser that is not signed in."""
    with browser(app_of(made)) as found:
        yield found


def letters(made: Services) -> list[Any]:
    """What is in the outbox."""
    return list(made.database.read(lambda found: found.execute(select(outbox)).all()))


def place(letter: Any) -> str:
    """The path of the link in it."""
    path: str = letter.text.partition("https://blog.example/dialogue")[2].split()[0]
    return f"/dialogue{path}"


def no_tries_left(made: Services) -> None:
    """Strangers have guessed, from many networks and the one of the tests."""
    for number in range(made.settings.sign_in_hourly):
        client = Client("", (f"net{number}",))
        made.database.write(lambda c, client=client: throttle.admit(c, client, now(), 1000))  # type: ignore[misc] # mypy does not see the default's type


def test_a_moderator_gets_in_on_a_new_device(made: Services, opened: Browser) -> None:
    """By the link and the password; by the link alone nobody does."""
    no_tries_left(made)
    answer = opened.post(SIGN_IN, {"password": "three words make one"})
    assert answer.status_code == 429
    assert ASK in answer.text
    assert opened.post(ASK).status_code == 200
    assert sorted(letter.recipient for letter in letters(made)) == sorted(MODERATORS)
    link = place(letters(made)[0])
    assert opened.get(link).status_code == 200
    assert sign_in(opened) == 429, "looking at it does nothing: mail scanners follow links"
    done = opened.post(link)
    assert (done.status_code, done.headers["location"]) == (303, SIGN_IN)
    assert opened.get(LIST).status_code == 303
    assert sign_in(opened, "guess") == 403
    assert sign_in(opened) == 303


def test_a_link_works_once(made: Services, opened: Browser) -> None:
    """And not when it is old, of another purpose or incomplete."""
    opened.post(ASK)
    link = place(letters(made)[0])
    assert opened.post(link).status_code == 303
    with another(opened, made) as other:
        assert other.post(link).status_code == 410
        for token in ("", link[-9:], made.tokens.sign(Purpose.MODERATE, "x")):
            for send in (other.get, other.post):
                assert send(f"/dialogue/moderate/device?token={token}").status_code == 410


def test_an_old_link_does_not_work(
    made: Services, opened: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After two days."""
    opened.post(ASK)
    monkeypatch.setattr(new_device, "GOOD_FOR", timedelta(seconds=-1))
    assert opened.post(place(letters(made)[0])).status_code == 410


def test_nobody_fills_the_moderators_inboxes(made: Services, opened: Browser) -> None:
    """A few a day, to all of them; who asks hears the same, and the links sent before still work."""
    answers = {(opened.post(ASK).status_code, opened.post(ASK).text) for _ in range(20)}
    assert len(answers) == 1
    daily = made.settings.mail_limits.device.daily
    assert len(letters(made)) == daily * len(MODERATORS)
    assert opened.post(place(letters(made)[0])).status_code == 303
    done = update(outbox).values(state="sent", finished=now() - timedelta(hours=23))
    made.database.write(lambda found: found.execute(done))
    opened.post(ASK)
    assert len(letters(made)) == daily * len(MODERATORS)


def test_other_sites_ask_for_nothing(made: Services, opened: Browser) -> None:
    """Neither for a link nor for their device to be known."""
    foreign = {"headers": {"Origin": "https://evil.example"}}
    assert opened.post(ASK, **foreign).status_code == 403
    assert letters(made) == []
    opened.post(ASK)
    assert opened.post(place(letters(made)[0]), **foreign).status_code == 403


def test_without_mail_there_is_no_link(make_services: Callable[..., Services]) -> None:
    """The page does not offer what cannot be sent."""
    made = make_services(moderator_password_hash=HASH)
    with browser(app_of(made)) as opened:
        assert ASK not in opened.get(SIGN_IN).text
        assert opened.post(ASK).status_code == 200
        assert letters(made) == []
