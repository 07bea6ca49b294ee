"""The measurement of replies: that it is one, of a service that runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import replying


def test_replies_are_sent_and_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reply counts when it was previewed, confirmed and stored."""
    monkeypatch.setattr(replying, "SECONDS", 0.5)
    monkeypatch.setattr(replying, "PEOPLE", 2)
    load = replying.measure_ours(tmp_path, 3, f"sqlite:///{tmp_path / 'replies.sqlite3'}")
    assert load.rate > 2
    assert 0 < load.late < 10
    assert load.memory > 20_000_000
