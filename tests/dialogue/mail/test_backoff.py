"""When a letter that was refused is tried again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dialogue.mail.backoff import FIRST, GIVE_UP, LONGEST, pause, too_old


@given(st.integers(1, 10_000), st.text())
def test_pauses_grow_and_stay_bounded(attempts: int, salt: str) -> None:
    """Each is at least the first and no longer than a quarter above the longest."""
    assert FIRST <= pause(attempts, salt) <= LONGEST * 1.25
    assert attempts > 8 or pause(attempts, salt) < pause(attempts + 1, salt)


def test_what_failed_together_comes_back_apart() -> None:
    """A hundred letters do not share a moment."""
    assert len({pause(3, str(number)) for number in range(100)}) == 100


def test_after_some_days_it_is_enough() -> None:
    """Not a moment before."""
    then = datetime(2026, 1, 1, tzinfo=UTC)
    assert not too_old(then, then + GIVE_UP - timedelta(seconds=1))
    assert too_old(then, then + GIVE_UP)
