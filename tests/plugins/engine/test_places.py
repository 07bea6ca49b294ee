"""The content folder and the output folder, one in the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.plugins.building import Workshop

POST = "---\ntitle: A\ndate: 2026-05-19\n---\n\nText.\n"


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """An empty content folder, ready to be built."""
    return Workshop(tmp_path)


@pytest.mark.parametrize("place", ["out", "deep/er/out", "posts"])
def test_an_output_inside_the_content_is_not_read_again(workshop: Workshop, place: str) -> None:
    """The second build finds the same posts and files as the first, and changes nothing."""
    workshop.output = workshop.content / place
    first = workshop.build({"a.md": POST, "notes/b.png": b"x"})
    again = workshop.build()
    assert again.problems == ()
    assert str(again.report).startswith("1 published; 0 files changed")
    assert again.files() == first.files()


def test_content_is_never_written_over(workshop: Workshop) -> None:
    """A build into the content folder itself stops before it writes anything."""
    workshop.output = workshop.content
    built = workshop.build({"a.md": POST})
    assert built.problems == (
        f"{workshop.content}:1: output: this is the content folder itself; "
        "name another folder after -o",
    )
    assert built.files() == {"a.md"}


def test_content_is_never_removed_with_the_old_output(workshop: Workshop) -> None:
    """Pelican's DELETE_OUTPUT_DIRECTORY is refused where it would delete the posts."""
    workshop.output = workshop.content.parent
    built = workshop.build({"a.md": POST}, DELETE_OUTPUT_DIRECTORY=True)
    [line] = built.problems
    assert ":1: output: the content lies in it, and DELETE_OUTPUT_DIRECTORY is on; " in line
    assert built.files() == {"content/a.md"}
    assert workshop.build().problems == ()


def test_content_is_never_passed_over(workshop: Workshop) -> None:
    """An output folder among the posts that holds some of them is refused."""
    workshop.output = workshop.content / "posts"
    built = workshop.build({"posts/a.md": POST})
    [line] = built.problems
    assert ":1: output: it lies in the content and holds files of yours; " in line
    assert built.files() == {"a.md"}
