"""Building beside the output and swapping."""

import json
import os
from contextlib import nullcontext
from pathlib import Path

import pytest

from plugins.engine import staging
from plugins.engine.staging import MANIFEST, Staging
from plugins.errors import SiteError
from thread import locking


def publish(output: Path, files: dict[str, str], **options: object) -> int:
    """Stage ``files`` and commit them; returns the number of changed files."""
    with Staging(output, **options) as beside:  # type: ignore[arg-type]
        for name, text in files.items():
            path = beside.path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return beside.commit()[0]


def tree(output: Path) -> dict[str, str]:
    """All files below ``output`` but the manifest, with their text."""
    return {
        path.relative_to(output).as_posix(): path.read_text(encoding="utf-8")
        for path in output.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }


def test_a_commit_brings_all_staged_files(tmp_path: Path) -> None:
    """What was staged is in the output, and nothing of the staging is left."""
    output = tmp_path / "output"
    assert publish(output, {"index.html": "home", "a/index.html": "a"}) == 2
    assert tree(output) == {"index.html": "home", "a/index.html": "a"}
    assert [path.name for path in tmp_path.iterdir()] == ["output"]


def test_an_unchanged_file_keeps_its_time(tmp_path: Path) -> None:
    """A file whose bytes are the same is not written again."""
    output = tmp_path / "output"
    publish(output, {"index.html": "home", "b.html": "1"})
    os.utime(output / "index.html", (1000, 1000))
    assert publish(output, {"index.html": "home", "b.html": "2"}) == 1
    assert (output / "index.html").stat().st_mtime == 1000
    assert (output / "b.html").read_text() == "2"


def test_a_page_that_is_gone_is_removed_with_its_folder(tmp_path: Path) -> None:
    """The page of a post that was withdrawn does not stay public."""
    output = tmp_path / "output"
    publish(output, {"old/index.html": "x", "index.html": "home"})
    publish(output, {"index.html": "home"})
    assert tree(output) == {"index.html": "home"}
    assert not (output / "old").exists()


def test_files_of_others_are_kept(tmp_path: Path) -> None:
    """A file we did not write survives every build."""
    output = tmp_path / "output"
    output.mkdir()
    (output / "CNAME").write_text("blog.example.com")
    publish(output, {"index.html": "home"})
    publish(output, {})
    assert tree(output) == {"CNAME": "blog.example.com"}


def test_cleaning_removes_files_of_others_but_not_what_is_retained(tmp_path: Path) -> None:
    """DELETE_OUTPUT_DIRECTORY and OUTPUT_RETENTION mean what they mean in Pelican."""
    output = tmp_path / "output"
    (output / ".git").mkdir(parents=True)
    (output / ".git" / "HEAD").write_text("ref")
    (output / "stray.txt").write_text("stray")
    publish(output, {"index.html": "home"}, clean=True, retained=(".git",))
    assert tree(output) == {".git/HEAD": "ref", "index.html": "home"}


def test_a_build_that_fails_leaves_the_output_alone(tmp_path: Path) -> None:
    """An exception before the commit changes nothing and leaves no staging folder."""
    output = tmp_path / "output"
    publish(output, {"index.html": "good"})
    with pytest.raises(RuntimeError), Staging(output) as staging:
        (staging.path / "index.html").write_text("bad")
        raise RuntimeError
    assert tree(output) == {"index.html": "good"}
    assert [path.name for path in tmp_path.iterdir()] == ["output"]


def test_what_a_killed_build_left_is_cleared_away(tmp_path: Path) -> None:
    """The staging folder of a process that is gone is removed; one of a live process is not."""
    output = tmp_path / "output"
    dead, alive = (
        tmp_path / ".parley-staging-4194305-x",
        tmp_path / f".parley-staging-{os.getpid()}-y",
    )
    dead.mkdir()
    alive.mkdir()
    publish(output, {"index.html": "home"})
    assert not dead.exists()
    assert alive.exists()


def test_where_no_process_can_be_asked_old_folders_are_cleared_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows, where the question would interrupt it: what is a day old was left behind."""
    monkeypatch.setattr(staging, "_CAN_ASK", False)
    monkeypatch.delattr(os, "kill")
    old, fresh = tmp_path / ".parley-staging-1-x", tmp_path / ".parley-staging-2-y"
    old.mkdir()
    fresh.mkdir()
    os.utime(old, (0, 0))
    publish(tmp_path / "output", {"index.html": "home"})
    assert not old.exists()
    assert fresh.exists()


def test_cleaning_leaves_the_lock_of_the_folder(tmp_path: Path) -> None:
    """Systems that lock no folders have a file for it, which is held while the build cleans."""
    output = tmp_path / "output"
    output.mkdir()
    (output / locking.NAME).touch()
    (output / "foreign.txt").touch()
    publish(output, {"a": "file"}, clean=True)
    assert tree(output) == {"a": "file", locking.NAME: ""}


def test_a_file_and_a_folder_can_change_places(tmp_path: Path) -> None:
    """A page may become a folder and back without an error."""
    output = tmp_path / "output"
    publish(output, {"a": "file"})
    publish(output, {"a/index.html": "folder"})
    assert tree(output) == {"a/index.html": "folder"}
    publish(output, {"a": "file"})
    assert tree(output) == {"a": "file"}


def test_a_link_that_leads_nowhere_makes_room(tmp_path: Path) -> None:
    """Where a page goes, a broken link is replaced by its folder."""
    output = tmp_path / "output"
    output.mkdir()
    (output / "a").symlink_to(tmp_path / "nowhere")
    assert publish(output, {"a/b/index.html": "page", "a/c.txt": "text"}) == 2
    assert tree(output) == {"a/b/index.html": "page", "a/c.txt": "text"}
    assert not (output / "a").is_symlink()


def test_cleaning_does_not_reach_through_links(tmp_path: Path) -> None:
    """The files of a folder that the output only has a link to are nobody's to remove."""
    output, elsewhere = tmp_path / "output", tmp_path / "elsewhere"
    for folder in (output, elsewhere):
        folder.mkdir()
        (folder / "stray.txt").write_text("precious")
    (output / "linked").symlink_to(elsewhere)
    publish(output, {"index.html": "home"}, clean=True)
    assert (elsewhere / "stray.txt").read_text() == "precious"
    assert not (output / "stray.txt").exists()


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"files": 3}', '{"files": ["../outside", "/etc/x", 7]}']
)
def test_a_manifest_is_never_trusted_beyond_the_output_folder(tmp_path: Path, text: str) -> None:
    """A broken or hostile manifest removes nothing."""
    output = tmp_path / "output"
    output.mkdir()
    outside = tmp_path / "outside"
    outside.write_text("precious")
    (output / MANIFEST).write_text(text)
    publish(output, {"index.html": "home"})
    assert outside.read_text() == "precious"
    assert len(json.loads((output / MANIFEST).read_text())["files"]) == 1


def test_staging_works_where_the_parent_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a read-only parent the staging folder is inside the output, and goes away."""
    output = tmp_path / "output"
    monkeypatch.setattr("plugins.engine.staging.os.access", lambda *_: False)
    with Staging(output) as staging:
        assert staging.path.parent == output
        (staging.path / "index.html").write_text("home")
        staging.commit()
    assert tree(output) == {"index.html": "home"}


def test_an_output_that_cannot_be_a_folder_is_a_problem(tmp_path: Path) -> None:
    """A file where the output should go is named, with what to do."""
    (tmp_path / "out").write_text("a file")
    with pytest.raises(SiteError) as error, Staging(tmp_path / "out"):
        pass
    assert str(error.value) == (
        f"{tmp_path}/out:1: output: nothing can be written here: File exists; "
        "name another folder after -o, or make this one writable"
    )


def test_the_manifest_tells_nobody_what_there_is(tmp_path: Path) -> None:
    """The folder is public: the path of an unlisted page is not to be read in it."""
    output = tmp_path / "output"
    publish(output, {"unlisted/index.html": "x"})
    assert "unlisted" not in (output / MANIFEST).read_text()


def test_drafts_of_killed_writers_go_with_the_next_build(tmp_path: Path) -> None:
    """With the lock held, nobody can be writing them."""
    output = tmp_path / "output"
    (output / "tea").mkdir(parents=True)
    draft = output / "tea" / ".parley-abc.tmp"
    draft.write_text("half a page")
    with Staging(output) as staging:
        staging.write("tea/index.html", b"whole")
        staging.commit(lambda _output, _staged: nullcontext())
    assert sorted(path.name for path in (output / "tea").iterdir()) == ["index.html"]
