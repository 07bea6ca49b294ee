"""Texts that are no posts, by their names and places."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.posts import git
from plugins.posts.asides import find_asides, survey
from tests.needs import program

POST = "---\ntitle: A\ndate: 2024-01-01\n---\nx\n"


@pytest.mark.parametrize(
    ("source", "what"),
    [
        *(("README.md", "readme"), ("readme.txt", "readme"), ("posts/Readme.markdown", "readme")),
        *(("README", "readme"), ("README.rst", "readme"), ("README_de.md", "readme")),
        *(
            ("readme.fr.md", "readme"),
            ("pages/README.md", "readme"),
            ("authors/README.md", "readme"),
        ),
        *(("LICENSE", "readme"), ("LICENCE.txt", "readme"), ("LICENSE-MIT", "readme")),
        *(("COPYING.LESSER", "readme"), ("CHANGELOG.md", "readme"), ("contributing.md", "readme")),
        *(("AUTHORS", "readme"), ("CODE_OF_CONDUCT.md", "readme"), ("SECURITY.md", "readme")),
        *(("_index.md", "section"), ("news/_index.md", "section"), ("tags/x/_index.md", "section")),
        *(("images/notes.txt", "resource"), ("posts/Images/a.md", "resource")),
        *(("assets/a.md", "resource"), ("files/terms.txt", "resource"), ("media/a.md", "resource")),
        *(("posts/static/a.md", "resource"), ("authors/ann/notes.md", "resource")),
        *(("trip/notes.md", "beside"), ("posts/trip/day.txt", "beside")),
        *((".notes.md", "hidden"), ("posts/.obsidian/a.md", "hidden")),
        *(
            ("a.md", None),
            ("posts/a.md", None),
            ("pages/license.md", None),
            ("trip/index.md", None),
        ),
        *(("trip/index.fr.md", None), ("trip/photo.jpg", None), ("index.md", None)),
        *(
            ("readme-driven-development.md", None),
            ("posts/history.md", None),
            ("posts/changes.md", None),
        ),
        *(("Contributing/contributing-license.md", None), ("pages/guide/setup.md", None)),
        *(("pages/guide/_index.md", None), ("static/notes.md", None), ("static/LICENSE", None)),
        *(("images/a.png", None), ("robots.txt", None), (".well-known/security.txt", None)),
        *(
            (".htaccess", None),
            ("authors/ann.md", None),
            ("series/s.md", None),
            ("posts/b.md", None),
        ),
    ],
)
def test_what_is_no_post(tmp_path: Path, source: str, what: str | None) -> None:
    """Read-mes, texts of folders, and texts that belong to other files."""
    more = {"trip/index.md", "posts/trip/index.fr.md", "pages/guide/index.md", "posts/index.md"}
    found = find_asides({source, "index.md", *more}, tmp_path)
    assert found.get(source) == what


@pytest.mark.parametrize(
    ("source", "fields", "is_post"),
    [
        ("README.md", "title: A\ndate: 2024-01-01", False),
        ("README.md", "title: A\nstatus: published", True),
        ("README.md", "slug: read-me", True),
        ("README.md", "permalink: /read-me/", True),
        ("README.md", "layout: post", True),
        ("README.md", "type: post", True),
        ("README.md", "draft: false", True),
        ("LICENSE.md", "title: A\ndate: 2024-01-01", True),
        ("LICENSE.md", "title: A", False),
        ("images/a.md", "title: A", False),
        ("images/a.md", "title: A\ndate: 2024-01-01", True),
        ("trip/2024-01-01-a.md", "title: A", True),
        ("trip/a.md", "title: A", False),
        ("trip/a.md", "published: true", True),
        ("trip/a.md", "draft: true", True),
        ("trip/a.md", "- no\n: front matter: [", False),
    ],
)
def test_front_matter_can_say_that_it_is_a_post(
    tmp_path: Path, source: str, fields: str, is_post: bool
) -> None:
    """An address or a state of its own; title and date, unless it is a read-me."""
    path = tmp_path / source
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"---\n{fields}\n---\nx\n", "utf-8")
    assert (source not in find_asides({source, "trip/index.md"}, tmp_path)) is is_post


def test_all_of_a_folder(tmp_path: Path) -> None:
    """With what git ignores, each file by itself; what is left out by name or place is not seen."""
    program("git")
    git.ask(tmp_path, "init", "-q")
    (tmp_path / ".gitignore").write_text("private/\n*.secret.md\n", "utf-8")
    content = tmp_path / "content"
    for name in ("a.md", "README.md", "private/b.md", "c.secret.md", "README.md~", "out/README.md"):
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_text("x", "utf-8")
    assert survey(content, ["*~"], ["out"]) == {
        "README.md": "readme",
        "private/b.md": "ignored",
        "c.secret.md": "ignored",
    }
