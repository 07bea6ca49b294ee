"""The moment of a build, and for how long its answers hold."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.fastbuild.clock import Moment

NOW = datetime(2026, 5, 19, 12, tzinfo=UTC)
MOMENTS = st.integers(-50, 50).map(lambda minutes: NOW + timedelta(minutes=minutes))


@given(st.lists(MOMENTS, max_size=5), MOMENTS)
def test_within_its_span_every_comparison_turns_out_the_same(
    others: list[datetime], later: datetime
) -> None:
    """What was decided at one moment of the span would be decided at every other."""
    moment = Moment.of(NOW)
    found = [(other > moment, other <= moment, min(other, moment) == other) for other in others]
    if later in moment.span:
        again = Moment.of(later)
        # Equal moments are compared as moments, whichever of the two is given.
        assert [(other > again, other <= again) for other in others] == [
            (after, before) for after, before, _ in found
        ]


def test_a_moment_compared_with_nothing_is_right_for_ever() -> None:
    """Nothing depends on it."""
    assert datetime(1990, 1, 1, tzinfo=UTC) in Moment.of(NOW).span


@pytest.mark.parametrize("days", [-1, 1])
def test_the_span_ends_where_the_answer_would_change(days: int) -> None:
    """On the far side of what it was compared with."""
    other = NOW + timedelta(days=days)
    moment = Moment.of(NOW)
    assert (other > moment) == (days > 0)
    assert NOW in moment.span
    assert NOW + timedelta(days=2 * days) not in moment.span


def test_a_moment_in_another_zone_is_an_ordinary_one() -> None:
    """A file that is newer than the build is dated by the build, and that date can be compared."""
    dated = min(NOW + timedelta(days=1), Moment.of(NOW)).astimezone(ZoneInfo("Europe/Berlin"))
    assert type(dated) is datetime
    assert dated == NOW
    assert not dated > Moment.of(NOW)
