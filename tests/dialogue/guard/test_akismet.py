"""Akismet: asked only with a key, believed only when it says so."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from urllib.parse import urlsplit

import pytest

from dialogue.fetch.errors import FetchError
from dialogue.fetch.fetcher import Response
from dialogue.guard.akismet import Akismet

REPLY = {
    "text": "Buy & sell",
    "name": "Ada",
    "email": "ada@mail.example",
    "site": "https://ada.example",
    "address": "203.0.113.7",
}


class Asked:
    """Answers with ``body``, and remembers what it was asked."""

    def __init__(self, body: bytes, status: int = 200) -> None:
        self.body, self.status = body, status
        self.forms: list[dict[str, str]] = []

    def __call__(self, url: str, form: Sequence[tuple[str, str]]) -> Response:
        """The answer."""
        assert urlsplit(url).scheme == "https"
        self.forms.append(dict(form))
        return Response(url, self.status, MappingProxyType({}), self.body)


@pytest.mark.parametrize(
    ("body", "spam"), [(b"true", True), (b"false", False), (b"invalid", False), (b"", False)]
)
def test_it_is_believed_only_when_it_says_so(body: bytes, spam: bool) -> None:
    """Any other answer than "true" is as if it had not been asked."""
    asked = Asked(body)
    assert Akismet("key", "https://blog.example", asked).calls_spam(**REPLY) is spam
    (form,) = asked.forms
    assert (form["api_key"], form["blog"]) == ("key", "https://blog.example")
    assert (form["comment_content"], form["user_ip"]) == ("Buy & sell", "203.0.113.7")


def test_without_a_key_nobody_is_told_anything() -> None:
    """The service of others hears of nothing."""
    asked = Asked(b"true")
    assert not Akismet("", "https://blog.example", asked).calls_spam(**REPLY)
    assert asked.forms == []


def test_when_it_is_away_replies_go_on() -> None:
    """A reply is not held, and not lost, because others are not reached."""

    def away(url: str, _: Sequence[tuple[str, str]]) -> Response:
        raise FetchError(f"{url} cannot be fetched")

    assert not Akismet("key", "https://blog.example", away).calls_spam(**REPLY)
