"""Posts without a date: published all the same, and what is only guessed decides nothing."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from plugins.posts import git
from tests.needs import program
from tests.plugins.building import Built, Workshop


def commit(folder: Path, day: str) -> None:
    """Commit all there is."""
    git.ask(folder, "add", ".")
    who = ("-c", "user.name=a", "-c", "user.email=a@b.c")
    subprocess.run(
        [program("git"), *who, "commit", "-qm", day],
        cwd=folder,
        check=True,
        env={"GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day, "PATH": "/usr/bin:/bin"},
    )


def entries(built: Built) -> dict[str, str]:
    """The id of each entry of the feed, by its title."""
    assert built.problems == ()
    items = json.loads(built.page("feeds/all.json"))["items"]
    return {item["title"]: item["id"] for item in items}


@pytest.fixture
def clones(tmp_path: Path) -> tuple[Workshop, Workshop]:
    """A repository with posts of three days, and a shallow clone of it."""
    whole = tmp_path / "whole"
    whole.mkdir()
    git.ask(whole, "init", "-q")
    full = Workshop(whole)
    for day, name in (("2020-03-04", "one"), ("2023-01-01", "two"), ("2024-05-06", "three")):
        full.write({f"{name}.md": f"# {name.title()}\n\nx\n"})
        commit(whole, f"{day}T10:00:00Z")
    other = tmp_path / "shallow"
    other.mkdir()
    shallow = Workshop(other)
    shallow.content.rmdir()
    git.ask(tmp_path, "clone", "-q", "--depth", "2", f"file://{whole}", str(other))
    return full, shallow


def test_the_beginning_of_a_shallow_clone_is_no_date(clones: tuple[Workshop, Workshop]) -> None:
    """The posts that it concerns are named, those after it are not; entries keep their ids."""
    full, shallow = clones
    built, cut = full.build(), shallow.build()
    assert entries(built) == entries(cut)
    assert built.report is not None
    assert built.report.undated == ()
    assert [one for one in built.report.notices if one.field == "date"] == []
    assert cut.report is not None
    told = [str(one) for one in cut.report.notices if one.field == "date"]
    assert [one.split(": ")[0] for one in told] == ["one.md:1", "two.md:1"]
    assert "2023-01-01 is where this shallow clone of the repository begins" in told[0]
    assert cut.report.undated == ("one.md", "two.md")
    assert "No date is known for sure of one.md, two.md: write date: into them" in str(cut.report)
    assert "<lastmod>2023" not in cut.page("sitemap.xml")


def test_a_files_time_is_named_and_decides_no_id(tmp_path: Path) -> None:
    """The post is published, however old its file is, and has the same id with another time."""
    workshop = Workshop(tmp_path)
    workshop.write({"a.md": "# A\n\nx\n"})
    ids = set()
    for moment in (0, 1_000_000_000, 1_700_000_000):
        os.utime(workshop.content / "a.md", (moment, moment))
        built = workshop.build()
        assert built.report is not None
        assert built.report.undated == ("a.md",)
        assert built.report.published == 1
        ids.add(entries(built)["A"])
    assert len(ids) == 1


@pytest.mark.parametrize("pattern", ["/:year/:title/", "pretty", "/x/:y_day-:slug/"])
def test_a_guessed_date_is_in_no_address(tmp_path: Path, pattern: str) -> None:
    """It would be another one in the next clone."""
    post = "---\ntitle: A\npermalink: {}\n{}---\nx\n"
    workshop = Workshop(tmp_path)
    [problem] = workshop.build({"a.md": post.format(pattern, "")}).problems
    assert problem.startswith("a.md:3: permalink: ")
    assert "needs a date; write date: 2024-03-01" in problem
    assert workshop.build({"a.md": post.format(pattern, "date: 2024-01-01\n")}).problems == ()
    assert workshop.build({"a.md": post.format("/x/:title/", "")}).problems == ()
