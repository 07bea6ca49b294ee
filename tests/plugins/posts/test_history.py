"""First dates of files, asked of real repositories."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from plugins.posts.history import FileDates, first_dates
from tests import needs

MONDAY = datetime(2020, 6, 1, 10, 0, tzinfo=UTC)
TUESDAY = datetime(2020, 6, 2, 10, 0, tzinfo=UTC)
WEDNESDAY = datetime(2020, 6, 3, 10, 0, tzinfo=UTC)
TEXT = "A text that is long enough for git to know it again under another name.\n" * 5


def git(folder: Path, *arguments: str, when: datetime = MONDAY) -> None:
    """Run git in ``folder`` as an author of its own, at a time of ours."""
    stamp = when.isoformat()
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "GIT_CONFIG_NOSYSTEM": "1",
        **dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), "A"),
        **dict.fromkeys(("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), "a@example.com"),
        **dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), stamp),
    }
    done = subprocess.run(
        [needs.program("git"), *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def commit(folder: Path, when: datetime) -> None:
    """Commit everything in ``folder``."""
    git(folder, "add", "--all", when=when)
    git(folder, "commit", "--quiet", "--message", "change", when=when)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """An empty repository with a folder for content."""
    (tmp_path / "content").mkdir()
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    return tmp_path


def write(folder: Path, name: str, text: str = TEXT) -> None:
    """Write a file that begins with its name, so that no two are the same."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{name}\n{text}", encoding="utf-8")


def test_the_first_commit_counts(repository: Path) -> None:
    """Later changes of a file do not change when it appeared."""
    write(repository, "content/a.md")
    commit(repository, MONDAY)
    write(repository, "content/a.md", TEXT + "More.\n")
    commit(repository, TUESDAY)
    assert FileDates(repository / "content").first_seen("a.md") == (MONDAY, "git")


def test_a_file_that_moved_keeps_its_date(repository: Path) -> None:
    """Renames are followed over several steps, from outside the content folder too."""
    write(repository, "_posts/old name.md")
    commit(repository, MONDAY)
    git(repository, "mv", "_posts/old name.md", "content/newer.md")
    commit(repository, TUESDAY)
    git(repository, "mv", "content/newer.md", "content/newest.md")
    commit(repository, WEDNESDAY)
    assert FileDates(repository / "content").first_seen("newest.md") == (MONDAY, "git")


def test_a_name_that_another_file_had_before_says_nothing(repository: Path) -> None:
    """A name can come to mean another file; dates go with the text."""
    write(repository, "content/a.md", "Alpha and nothing but alpha.\n" * 9)
    commit(repository, MONDAY)
    write(repository, "content/b.md", "Beta, beta and again beta.\n" * 9)
    commit(repository, TUESDAY)
    git(repository, "mv", "content/a.md", "content/c.md")
    commit(repository, WEDNESDAY)
    git(repository, "mv", "content/b.md", "content/a.md")
    commit(repository, WEDNESDAY)
    dates = FileDates(repository / "content")
    assert dates.first_seen("c.md") == (MONDAY, "git")
    assert dates.first_seen("a.md") == (TUESDAY, "git")


@pytest.mark.parametrize(
    "name", ["a b.md", "über.md", "日本/x.md", "line\nend.md", '"q".md', "-x.md"]
)
def test_any_name_is_found(repository: Path, name: str) -> None:
    """Spaces, other scripts, quotes and line ends in names are no obstacle."""
    write(repository, f"content/{name}")
    commit(repository, MONDAY)
    assert FileDates(repository / "content").first_seen(name) == (MONDAY, "git")


def test_a_file_merged_from_a_branch_has_the_date_of_its_commit(repository: Path) -> None:
    """The merge is not when the file appeared."""
    write(repository, "content/a.md")
    commit(repository, MONDAY)
    git(repository, "checkout", "--quiet", "-b", "topic")
    write(repository, "content/b.md", "Something else.\n")
    commit(repository, TUESDAY)
    git(repository, "checkout", "--quiet", "main")
    git(repository, "merge", "--quiet", "--no-ff", "-m", "merge", "topic", when=WEDNESDAY)
    assert FileDates(repository / "content").first_seen("b.md") == (TUESDAY, "git")


def test_a_file_not_yet_committed_has_its_own_time(repository: Path) -> None:
    """What git does not know is dated by the file system."""
    write(repository, "content/a.md")
    commit(repository, MONDAY)
    write(repository, "content/new.md")
    os.utime(repository / "content/new.md", (TUESDAY.timestamp(),) * 2)
    assert FileDates(repository / "content").first_seen("new.md") == (TUESDAY, "file time")


@pytest.mark.parametrize("begun", [True, False])
def test_without_history_the_files_own_time_counts(tmp_path: Path, begun: bool) -> None:
    """Outside a work tree, and in a repository without commits, nothing fails."""
    if begun:
        git(tmp_path, "init", "--quiet")
    write(tmp_path, "a.md")
    os.utime(tmp_path / "a.md", (MONDAY.timestamp(),) * 2)
    dates = FileDates(tmp_path)
    assert dates.first_seen("a.md") == (MONDAY, "file time")
    assert dates.notice is None


def test_without_git_the_files_own_time_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine without git builds as well."""
    monkeypatch.setenv("PATH", str(tmp_path))
    write(tmp_path, "a.md")
    assert FileDates(tmp_path).first_seen("a.md")[1] == "file time"


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """Nobody gets a date for nothing."""
    with pytest.raises(OSError, match=r"nowhere\.md"):
        FileDates(tmp_path).first_seen("nowhere.md")


def test_the_beginning_of_a_shallow_clone_is_told(repository: Path, tmp_path: Path) -> None:
    """Where the first commits are missing the dates are those of the oldest there is, and it says so."""
    write(repository, "content/a.md")
    commit(repository, MONDAY)
    write(repository, "content/b.md")
    commit(repository, TUESDAY)
    write(repository, "content/c.md")
    commit(repository, WEDNESDAY)
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth", "2", f"file://{repository}", str(clone))
    dates = FileDates(clone / "content")
    assert dates.first_seen("a.md") == (TUESDAY, "shallow clone")
    assert dates.first_seen("b.md") == (TUESDAY, "shallow clone")
    assert dates.first_seen("c.md") == (WEDNESDAY, "git")


def test_gits_own_variables_do_not_mislead(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Run from a git hook, which names its repository relative to another folder, it works too."""
    write(repository, "content/a.md")
    commit(repository, MONDAY)
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    assert FileDates(repository / "content").first_seen("a.md") == (MONDAY, "git")


def test_git_is_asked_once_and_only_if_needed(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One log serves all files, and none is read while nobody asks."""
    for name in ("a", "b", "c"):
        write(repository, f"content/{name}.md", name * 99)
    commit(repository, MONDAY)
    commands: list[str] = []
    run = subprocess.run

    def counted(arguments: list[str], **more: object) -> object:
        commands.append(arguments[1])
        return run(arguments, **more)  # type: ignore[call-overload]

    monkeypatch.setattr("plugins.posts.git.subprocess.run", counted)
    dates = FileDates(repository / "content")
    assert commands == []
    for name in ("a", "b", "c"):
        dates.first_seen(f"{name}.md")
    assert commands == ["rev-parse", "log"]


def test_an_impossible_commit_date_is_passed_over() -> None:
    """A commit with a date beyond the calendar does not stop the build."""
    log = "\x01+99999-01-01T00:00:00Z\0\nM\0a.md\0\x012020-06-01T10:00:00+00:00\0\nA\0a.md\0"
    assert first_dates(log) == {"a.md": MONDAY}


def test_a_new_file_under_an_old_name_has_its_own_date() -> None:
    """After a rename the old name is free for another file."""
    log = (
        "\x012020-06-03T10:00:00+00:00\0\nA\0a.md\0"
        "\x012020-06-02T10:00:00+00:00\0\nR100\0a.md\0b.md\0"
        "\x012020-06-01T10:00:00+00:00\0\nA\0a.md\0"
    )
    assert first_dates(log) == {"a.md": WEDNESDAY, "b.md": MONDAY}
