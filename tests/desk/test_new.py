"""A new post is a tidy draft that overwrites nothing."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from desk.errors import DeskError
from desk.new import new_post
from plugins.frontmatter.document import parse


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A content folder with a series of two parts, spelt twice one way and once another."""
    content = tmp_path / "content"
    for name, text in {
        "posts/one.md": "---\ntitle: One\nseries: Attention\npart: 1\n---\n\nText.\n",
        "posts/two.md": "+++\ntitle = 'Two'\n[series]\nname = 'Attention'\npart = 2\n+++\n\nText.\n",
        "old/three.txt": "Title: Three\nSeries: attention!\nSeries_order: 3\n\nText.\n",
        "posts/other.md": "---\ntitle: Other\nseries: Elsewhere\npart: 9\n---\n\nText.\n",
        "posts/broken.md": "---\ntitle: [\n---\n",
        "series/focus.md": "---\ntitle: Attention\n---\n\nAbout it.\n",
    }.items():
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_text(text, encoding="utf-8")
    return content


def fields(path: Path) -> dict[str, str]:
    """The fields of a post that say something, as they are written."""
    document = parse(path.read_bytes(), path.name)
    return {name: str(field.value) for name, field in document.fields.items()}


def today() -> date:
    """The date here."""
    return datetime.now().astimezone().date()


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("A plain title", "a-plain-title"),
        ('Colons: and "quotes", #1 - [x] {y} & more', "colons-and-quotes-1-x-y-more"),
        ("  Spaces   everywhere ", "spaces-everywhere"),
        ("Grüße an alle", "grusse-an-alle"),
        ("- 2026", "2026"),
        ("yes", "yes"),
    ],
)
def test_a_title_comes_back_as_given(tmp_path: Path, title: str, slug: str) -> None:
    """Whatever is in it, the build reads the same words, and the file is named for date and title."""
    path = new_post(tmp_path, title)
    assert path == tmp_path / "posts" / f"{today()}-{slug}.md"
    assert fields(path)["title"] == " ".join(title.split())


def test_it_is_a_draft_of_today(tmp_path: Path) -> None:
    """Nothing is published by beginning it, and what is left open says nothing."""
    path = new_post(tmp_path, "A title")
    assert set(fields(path)) == {"title", "date", "status"}
    assert fields(path)["status"] == "draft"
    assert fields(path)["date"] == str(today())


@pytest.mark.parametrize("there", ["{today}-a-title.md", "a-title.txt", "2020-01-01-a-title"])
def test_nothing_is_written_over_or_beside_its_like(tmp_path: Path, there: str) -> None:
    """A post with that name, of any date, or a bundle, is named and left as it is."""
    path = tmp_path / "posts" / there.format(today=today())
    path.parent.mkdir()
    path.write_text("precious", encoding="utf-8")
    with pytest.raises(DeskError, match=path.name):
        new_post(tmp_path, "A title")
    assert path.read_text(encoding="utf-8") == "precious"
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("title", ["", "???", "a\x1b[2Jb", "..", "/"])
def test_a_title_without_words_is_refused(tmp_path: Path, title: str) -> None:
    """It would have no address; nothing is written anywhere."""
    with pytest.raises(DeskError, match="title"):
        new_post(tmp_path, title)
    assert list(tmp_path.iterdir()) == []


def test_a_title_never_leaves_the_folder(tmp_path: Path) -> None:
    """Path separators in it are no path."""
    assert new_post(tmp_path, "../../up and away").parent == tmp_path / "posts"


@pytest.mark.parametrize("name", ["Attention", "ATTENTION", "attention", "focus"])
def test_the_next_part_of_a_series(content: Path, name: str) -> None:
    """Its number follows the highest there is, and its name is spelt as most posts spell it."""
    found = fields(new_post(content, "Four", series=name))
    assert (found["series"], found["part"]) == ("Attention", "4")


def test_a_series_begins_with_its_first_part(content: Path) -> None:
    """A name that no post has is taken as given."""
    found = fields(new_post(content, "First of all", series="Fresh: start"))
    assert (found["series"], found["part"]) == ("Fresh: start", "1")


def test_a_folder_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    """One sentence with the path, no traceback."""
    (tmp_path / "posts").write_text("not a folder", encoding="utf-8")
    with pytest.raises(DeskError, match="cannot be written"):
        new_post(tmp_path, "A title")
