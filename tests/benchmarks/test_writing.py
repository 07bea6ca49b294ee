"""What was measured is written into the documents that have a place for it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from benchmarks.tables import Claim, Report, Table
from benchmarks.writing import about, renew

REPORT = Report(12_000, Table(("", "cold"), (("Parley", "1 s"),)), (Claim("x", 1, 2),))


def test_only_the_place_of_the_benchmark_is_renewed(tmp_path: Path) -> None:
    """Whatever stood there before; other benchmarks and the text around are left alone."""
    before = "Before.\n\n<!-- bench one -->\nstale\n<!-- /bench one -->\n\n<!-- bench two -->\nx\n"
    path = tmp_path / "a.md"
    path.write_text(before)
    renew([path], "one", REPORT)
    told = path.read_text()
    assert told.startswith(
        "Before.\n\n<!-- bench one -->\n\n|  | cold |\n| --- | --- |\n| Parley | 1 s |\n"
    )
    assert "- x: 1 (claim: at most 2): holds\n" in told
    assert "with 12,000 posts" in told
    assert "stale" not in told
    assert told.endswith("<!-- /bench one -->\n\n<!-- bench two -->\nx\n")


def test_it_can_be_renewed_again(tmp_path: Path) -> None:
    """The second time replaces the first."""
    path = tmp_path / "a.md"
    path.write_text("<!-- bench one -->\n<!-- /bench one -->\n")
    renew([path], "one", REPORT)
    once = path.read_text()
    renew([path], "one", REPORT)
    assert path.read_text() == once


def test_the_machine_is_told() -> None:
    """A figure means nothing without it."""
    told = about(1_000, datetime(2026, 5, 19, tzinfo=UTC))
    assert told.startswith("Measured on 2026-05-19 with 1,000 posts on ")
    assert " cores" in told
