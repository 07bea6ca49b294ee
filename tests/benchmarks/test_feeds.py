"""The measurement of what feeds cost: that it measures."""

from __future__ import annotations

import pytest

from benchmarks import feeds


def test_the_share_of_feeds_is_measured_and_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """The claim holds or not by what was measured."""
    monkeypatch.setattr(feeds, "SHARE", 1.0)
    found = feeds.measure(4)
    assert found.holds
    assert found.posts == 4
    assert "CPU of the feeds" in str(found)
    monkeypatch.setattr(feeds, "SHARE", 0.0)
    assert not feeds.measure(4).holds
