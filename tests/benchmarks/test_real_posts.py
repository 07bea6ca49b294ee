"""The measurement of real posts: that it reads them, and sees what is printed with its marks."""

from __future__ import annotations

from pathlib import Path

from benchmarks import real_posts


def test_the_posts_of_a_folder_are_read(tmp_path: Path) -> None:
    """Posts are counted, those with errors too; marks that are printed are named."""
    (tmp_path / "a.md").write_text("---\ntitle: A\n---\n\nA *word*.\n", "utf-8")
    (tmp_path / "b.md").write_text("---\ntitle: B\n---\n\n[a][b]\n", "utf-8")
    report = str(real_posts.measure(tmp_path))
    assert "| posts with an error | 1 |" in report
    assert "printed in" not in report
    (tmp_path / "c.md").write_text("---\ntitle: C\n---\n\n\\## no heading\n", "utf-8")
    assert "| printed in c.md | ## |" in str(real_posts.measure(tmp_path))
