"""The blog that is measured: the same each time, and the same for every program."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest

from benchmarks.corpus import Dialect, edit, make_post, source_of, write_corpus
from tests.plugins.building import Workshop

DIALECTS = get_args(Dialect)


def _texts(folder: Path) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.md"))]


def test_the_blog_is_the_same_each_time(tmp_path: Path) -> None:
    """Or ratios of two runs would mean nothing."""
    write_corpus(tmp_path / "a", 12)
    write_corpus(tmp_path / "b", 12)
    texts = _texts(tmp_path / "a")
    assert texts == _texts(tmp_path / "b")
    assert len(set(texts)) == 12
    assert all(500 < len(text.split()) < 1000 for text in texts)


def test_no_post_of_a_large_blog_is_scheduled() -> None:
    """It would not be built, and cost nothing; and no two are of the same moment."""
    dates = [make_post(number).date for number in range(0, 100_000, 997)]
    assert max(dates) < datetime(2026, 1, 1, tzinfo=UTC)
    assert len(set(dates)) == len(dates)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_program_gets_the_same_text(tmp_path: Path, dialect: Dialect) -> None:
    """Only front matter and file names differ."""
    write_corpus(tmp_path, 3, dialect)
    for number in range(3):
        text = source_of(tmp_path, number, dialect).read_text(encoding="utf-8")
        assert text.endswith(f"\n\n{make_post(number).body}")
        assert make_post(number).title in text


@pytest.mark.parametrize("dialect", DIALECTS)
def test_an_edit_adds_a_sentence(tmp_path: Path, dialect: Dialect) -> None:
    """To the end of the post that is named, and to no other."""
    write_corpus(tmp_path, 3, dialect)
    edit(tmp_path, 1, "changed", dialect)
    assert ["changed" in text for text in _texts(tmp_path)].count(True) == 1
    assert "says changed to" in source_of(tmp_path, 1, dialect).read_text(encoding="utf-8")


def test_we_publish_all_of_it(tmp_path: Path) -> None:
    """Every post of the corpus is a page of ours, without a problem."""
    write_corpus(tmp_path, 25)
    files = {
        path.relative_to(tmp_path / "content").as_posix(): path.read_bytes()
        for path in (tmp_path / "content").rglob("*.*")
    }
    (tmp_path / "site").mkdir()
    built = Workshop(tmp_path / "site").build(files)
    assert all(built.page(f"/{make_post(number).slug}/") for number in range(25))
