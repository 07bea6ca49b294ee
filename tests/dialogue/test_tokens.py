"""Tokens: each good for one purpose, about one thing, for as long as is said."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue.tokens import ExpiredTokenError, Purpose, TokenError, Tokens

TOKENS = Tokens("a secret of the tests, long enough to be one")


def test_a_token_says_what_was_signed() -> None:
    """Its id and its facts come back."""
    token = TOKENS.sign(Purpose.PREVIEW, "abc", digest="d", number=3)
    found = TOKENS.read(Purpose.PREVIEW, token, about="abc", seconds=60)
    assert (found.id, dict(found.facts)) == ("abc", {"digest": "d", "number": 3})
    assert found.signed.tzinfo is not None


@pytest.mark.parametrize(("one", "other"), list(itertools.permutations(Purpose, 2)))
def test_a_token_is_good_for_one_purpose(one: Purpose, other: Purpose) -> None:
    """What was signed for one purpose is refused for every other."""
    with pytest.raises(TokenError):
        TOKENS.read(other, TOKENS.sign(one, "abc"))


def test_a_token_is_about_one_thing() -> None:
    """It is refused where something else is expected."""
    with pytest.raises(TokenError, match="something else"):
        TOKENS.read(Purpose.RECEIPT, TOKENS.sign(Purpose.RECEIPT, "abc"), about="abd")


def test_a_token_of_another_secret_is_refused() -> None:
    """Only who has the secret can make one."""
    other = Tokens("another secret of the tests, long enough")
    with pytest.raises(TokenError):
        TOKENS.read(Purpose.RECEIPT, other.sign(Purpose.RECEIPT, "abc"))


def test_an_old_token_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is too old is another error than one that is none."""
    token = TOKENS.sign(Purpose.PREVIEW, "abc")
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: 4_000_000_000)
    assert TOKENS.read(Purpose.PREVIEW, token).id == "abc"
    with pytest.raises(ExpiredTokenError):
        TOKENS.read(Purpose.PREVIEW, token, seconds=60)


@given(st.text())
def test_anything_else_is_no_token(text: str) -> None:
    """Whatever comes in, it is refused as no token, and nothing else goes wrong."""
    with pytest.raises(TokenError):
        TOKENS.read(Purpose.RECEIPT, text)


@pytest.mark.parametrize("place", [0, 5, 18, 30, 40])
def test_a_token_that_was_changed_is_refused(place: int) -> None:
    """One other character, in what it says, in its time or in its signature, and it is worth nothing."""
    token = TOKENS.sign(Purpose.RECEIPT, "abc")
    other = "A" if token[place] != "A" else "B"
    with pytest.raises(TokenError):
        TOKENS.read(Purpose.RECEIPT, f"{token[:place]}{other}{token[place + 1 :]}")


def test_keys_are_for_one_use() -> None:
    """Keys for two uses differ, and so do keys of two secrets."""
    other = Tokens("another secret of the tests, long enough")
    assert len({TOKENS.key("a"), TOKENS.key("b"), other.key("a")}) == 3


def test_the_secret_is_not_shown() -> None:
    """Where tokens end up in a traceback, the secret does not."""
    assert "secret of" not in repr(TOKENS)
