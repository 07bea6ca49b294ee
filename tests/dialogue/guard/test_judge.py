"""The spam guard: each reason by itself, and none for what people write."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue.errors import DialogueError
from dialogue.guard import words
from dialogue.guard.judge import Evidence, Reason, Rules, judge, links

RULES = Rules(least_seconds=2, most_links=1, hourly=3, words=("casino", "cheap pills", "c++"))


def evidence(text: str = "I agree.", **changed: object) -> Evidence:
    """Evidence of what nobody would suspect, with some of it changed."""
    return Evidence(texts=(text,), **{"seconds": 30.0, "worked": True, **changed})  # type: ignore[arg-type] # names are checked by the class


def test_nothing_is_suspicious_about_most() -> None:
    """An ordinary reply is not held."""
    assert not judge(evidence(), RULES).suspicious


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (evidence(trap="x"), Reason.HONEYPOT),
        (evidence(seconds=1.9), Reason.HURRY),
        (evidence("https://a.example and www.b.example"), Reason.LINKS),
        (evidence("The best CASINO, ever"), Reason.WORDS),
        (evidence("buy cheap pills!"), Reason.WORDS),
        (evidence("I like C++."), Reason.WORDS),
        (evidence(recent=3), Reason.RATE),
        (evidence(own=False), Reason.ORIGIN),
        (evidence(worked=False), Reason.WORK),
        (evidence(called_spam=True), Reason.AKISMET),
    ],
)
def test_each_reason_by_itself(found: Evidence, reason: Reason) -> None:
    """One thing wrong is one reason."""
    assert judge(found, RULES).reasons == (reason,)


@pytest.mark.parametrize(
    "found",
    [
        evidence(seconds=2.0),
        evidence(seconds=None),
        evidence(worked=None),
        evidence(recent=2),
        evidence("see https://a.example"),
        evidence("a casinoesque evening"),
        evidence("cheap  pillows"),
    ],
)
def test_just_below_the_limits(found: Evidence) -> None:
    """Up to the limit, and with what cannot be known, nothing is held."""
    assert judge(found, RULES).reasons == ()


def test_links_are_counted_over_all_texts() -> None:
    """A link in the name counts as one in the words."""
    found = Evidence(texts=("https://a.example", "https://b.example"))
    assert judge(found, RULES).reasons == (Reason.LINKS,)


@given(
    st.integers(0, 5), st.sampled_from(["http://x.example", "HTTPS://x.example", "www.x.example"])
)
def test_links_are_counted(number: int, link: str) -> None:
    """However they are spelt."""
    assert links(" and ".join([link] * number)) == number


def test_a_list_of_words_is_read(tmp_path: Path) -> None:
    """One a line, in any case, with remarks and empty lines between."""
    path = tmp_path / "words.txt"
    path.write_text("# bad\nCasino\n\n  cheap pills \n", encoding="utf-8")
    assert words.read(path) == ("casino", "cheap pills")
    assert words.read(None) == ()


def test_a_list_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """The service does not start without the words that it was told to know."""
    with pytest.raises(DialogueError, match="DIALOGUE_BAD_WORDS"):
        words.read(tmp_path / "missing.txt")
