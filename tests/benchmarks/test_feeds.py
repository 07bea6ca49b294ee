"""The measurement of what feeds cost: that it measures, and that its site is the same each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import feeds
from benchmarks.corpus import write_corpus


def _texts(folder: Path) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.md"))]


def test_the_site_is_the_same_each_time(tmp_path: Path) -> None:
    """Or ratios of two runs would mean nothing."""
    write_corpus(tmp_path / "a", 12)
    write_corpus(tmp_path / "b", 12)
    texts = _texts(tmp_path / "a")
    assert texts == _texts(tmp_path / "b")
    assert len(set(texts)) == 12
    assert all(500 < len(text.split()) < 900 for text in texts)


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
