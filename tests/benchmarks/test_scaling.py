"""The measurement of growth: that it measures builds of both sizes."""

from __future__ import annotations

import pytest

from benchmarks import scaling


def test_growth_is_measured_and_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a blog of a few posts the start of the program is most of the time, so that shrinks."""
    found = scaling.measure(3)
    assert [row[0] for row in found.table.rows] == ["3", "30"]
    assert len(found.claims) == 3
    assert found.holds
    monkeypatch.setattr(scaling, "GROWTH", 0.0)
    assert not scaling.measure(3).holds
