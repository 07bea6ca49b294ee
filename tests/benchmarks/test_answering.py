"""The measurement of answers: that it is one, of a service beside a real site."""

from __future__ import annotations

import pytest

from benchmarks import answering


def test_answers_are_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Replies are confirmed and approved under each of the three loads."""
    monkeypatch.setattr(answering, "SECONDS", 1.0)
    monkeypatch.setattr(answering, "ROUNDS", 1)
    monkeypatch.setattr(answering, "MANY", 3)
    report = answering.measure(3)
    assert len(report.table.rows) == 3
    assert len(report.claims) == 6
    assert all(0 < claim.found < 30 for claim in report.claims)
