"""The measurement of what feeds cost: that it measures."""

from __future__ import annotations

import pytest

from benchmarks import feeds


def test_the_share_of_feeds_is_measured_and_judged(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The claim holds or not by what was measured."""
    monkeypatch.setattr(feeds, "SHARE", 1.0)
    assert feeds.run(4)
    told = capsys.readouterr().out
    assert "4 posts: " in told
    assert "s of CPU" in told
    monkeypatch.setattr(feeds, "SHARE", 0.0)
    assert not feeds.run(4)
