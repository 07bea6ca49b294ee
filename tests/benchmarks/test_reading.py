"""The measurement of what reading costs: that it measures."""

from __future__ import annotations

import pytest

from benchmarks import reading


def test_reading_is_measured_and_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """The claims hold or not by what was measured."""
    monkeypatch.setattr(reading, "READING", 50.0)
    monkeypatch.setattr(reading, "MARKDOWN", 50.0)
    found = reading.measure(4)
    assert found.holds
    told = str(found)
    assert "| front matter | " in told
    assert "holds" in told
    monkeypatch.setattr(reading, "MARKDOWN", 0.0)
    assert not reading.measure(4).holds
