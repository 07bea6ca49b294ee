"""What git says of a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.posts import git
from tests.needs import program


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in a repository."""
    program("git")
    git.ask(tmp_path, "init", "-q")
    (tmp_path / "content").mkdir()
    return tmp_path / "content"


def test_every_kind_of_rule_counts(folder: Path) -> None:
    """Of folders above and below, and those that are in no file of the work tree."""
    (folder.parent / ".gitignore").write_text("*.log\n/content/private/\n!kept.log\n", "utf-8")
    (folder.parent / ".git" / "info").mkdir(exist_ok=True)
    (folder.parent / ".git" / "info" / "exclude").write_text("mine.md\n", "utf-8")
    for name in (
        "a.md",
        "b.log",
        "kept.log",
        "mine.md",
        "private/c.md",
        "sub/d.md",
        'sub/ü "e".md',
    ):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).touch()
    (folder / "sub" / ".gitignore").write_text("*e*.md\n", "utf-8")
    assert git.ignored(folder) == {"b.log", "mine.md", "private/", 'sub/ü "e".md'}


def test_a_folder_with_nothing_else_in_it(folder: Path) -> None:
    """Its files are named, not the folder: another file may come."""
    (folder.parent / ".gitignore").write_text("*.log\n", "utf-8")
    (folder / "logs").mkdir()
    (folder / "logs" / "a.log").touch()
    assert git.ignored(folder) == {"logs/a.log"}


def test_where_there_is_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is ignored, and nothing fails."""
    (tmp_path / ".gitignore").write_text("*\n", "utf-8")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert git.ignored(tmp_path) == frozenset()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert git.ignored(tmp_path) == frozenset()
