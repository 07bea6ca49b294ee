"""Imports of dev.to and of folders of plain texts."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.cli import main
from desk.importing import devto_tags
from desk.importing.text_names import date_in, line_says
from tests.desk.importing.test_javascript import fields, imported, written
from tests.growth import is_linear

TAGS = {
    "{% youtube abcdef %}": "https://www.youtube.com/watch?v=abcdef",
    "{% youtube https://youtu.be/abcdef %}": "https://youtu.be/abcdef",
    "{% embed https://d.example/a?b=1 %}": "https://d.example/a?b=1",
    "{% vimeo 12 %}": "https://vimeo.com/12",
    "{% github ada/tides %}": "https://github.com/ada/tides",
    "{% github ada/tides no-readme %}": "https://github.com/ada/tides",
    "{% github https://github.com/ada/tides/issues/1 %}": "https://github.com/ada/tides/issues/1",
    "{% gist https://gist.github.com/ada/12 %}": "https://gist.github.com/ada/12",
    "{% twitter 12 %}": "https://twitter.com/i/status/12",
    "{% tweet 12 %}": "https://twitter.com/i/status/12",
    "{% codepen https://codepen.io/ada/pen/x default-tab=js %}": "https://codepen.io/ada/pen/x",
    "{% codesandbox abcde %}": "https://codesandbox.io/s/abcde",
    "{% stackblitz abcde %}": "https://stackblitz.com/edit/abcde",
    "{% jsfiddle https://jsfiddle.net/x/1 result,html %}": "https://jsfiddle.net/x/1",
    "{% replit @ada/tides %}": "https://replit.com/@ada/tides",
    "{% link ada/tides-1abc %}": "https://dev.to/ada/tides-1abc",
    "{% post https://dev.to/ada/tides %}": "https://dev.to/ada/tides",
    "{% user ada %}": "[@ada](https://dev.to/ada)",
    "{% organization sea %}": "[sea](https://dev.to/sea)",
    "{% tag sea %}": "[#sea](https://dev.to/t/sea)",
    "{% podcast https://dev.to/sea/tides %}": "https://dev.to/sea/tides",
    "{% spotify spotify:track:1a %}": "https://open.spotify.com/track/1a",
    "{% soundcloud https://soundcloud.com/a/b %}": "https://soundcloud.com/a/b",
    "{% instagram abc %}": "https://www.instagram.com/p/abc/",
    "{% asciinema 12 %}": "https://asciinema.org/a/12",
    "{% stackoverflow 12 %}": "https://stackoverflow.com/questions/12",
    "{% wikipedia https://en.wikipedia.org/wiki/Sea %}": "https://en.wikipedia.org/wiki/Sea",
    "{% comment 1a2b %}": "https://dev.to/comment/1a2b",
    "{% katex %}\na^2\n{% endkatex %}": "$$\na^2\n$$",
    "{% katex inline %}a^2{% endkatex %}": "\\(a^2\\)",
    "{% details S t %}\nA\n{% enddetails %}": "<details>\n<summary>S t</summary>\n\nA\n\n</details>",
    "{% spoiler S %}A{% endspoiler %}": "<details>\n<summary>S</summary>\n\nA\n\n</details>",
    "{% card %}\nA\n{% endcard %}": "A",
    "{% cta /a %} Go {% endcta %}": "[Go](/a)",
    "{% runkit %}\na = 1\n{% endrunkit %}": "```js\na = 1\n```",
    "{% raw %}{{ x }}{% endraw %}": "{{ x }}",
    "`{% user ada %}`": "`{% user ada %}`",
    "{% own 1 %}": "<!-- {% own 1 %} -->",
    "{% own %}A{% endown %}": "A",
}
NAMES = {
    "2020-01-02 The sea": (date(2020, 1, 2), "The sea"),
    "20200102-the-sea": (date(2020, 1, 2), "the-sea"),
    "2 Jan 2020 - The sea": (date(2020, 1, 2), "The sea"),
    "The sea (January 2nd, 2020)": (date(2020, 1, 2), "The sea"),
    "The sea 2020.01.02": (date(2020, 1, 2), "The sea"),
    "sea_2020_13_02": (None, "sea_2020_13_02"),
    "sea": (None, "sea"),
}
LINES = {
    "Date: 2020-01-02": ("date", "2020-01-02"),
    "Published on January 2, 2020": ("date", "2020-01-02"),
    "2 January 2020": ("date", "2020-01-02"),
    "Thursday, January 2, 2020": ("date", "2020-01-02"),
    "Author: Ada": ("authors", "Ada"),
    "by Ada L": ("authors", "Ada L"),
    "Title: The sea": ("title", "The sea"),
    "Tags: sea, land": ("tags", "sea, land"),
    "On January 2, 2020 we went to the sea and stayed there.": None,
    "By the sea we sat.": None,
}


@pytest.mark.parametrize(("text", "said"), TAGS.items())
def test_tags_of_dev_to_become_markdown(text: str, said: str) -> None:
    """Each tag becomes an address, Markdown, its text, or a comment."""
    assert devto_tags.convert(text, 1, {})[0].strip() == said


def test_a_tag_is_noted_with_its_line() -> None:
    """What nobody knows is lost, and says where."""
    notes = devto_tags.convert("a\n\n{% own 1 %}", 5, {})[1]
    assert [(note.line, note.kind, note.sure) for note in notes] == [(7, "the tag own", "lost")]


@pytest.mark.parametrize(("name", "said"), NAMES.items())
def test_dates_are_found_in_names(name: str, said: tuple[date | None, str]) -> None:
    """As people write them; what is no day stays a part of the name."""
    assert date_in(name) == said


@pytest.mark.parametrize(("line", "said"), LINES.items())
def test_lines_at_the_top_say_what_they_are(line: str, said: tuple[str, str] | None) -> None:
    """A label and its value, or a date alone; a sentence is neither."""
    found = line_says(line)
    assert (found and (found[0], str(found[1])[: len(said[1])] if said else "")) == said


def test_articles_of_dev_to_are_imported(tmp_path: Path) -> None:
    """Markdown and an export: titles, dates, tags, originals, lead images, series, drafts."""
    rows = [
        {"title": "A", "slug": "a-1ab", "body_markdown": "A {% user ada %}.", "published": True,
         "published_at": "2020-01-02T10:00:00Z", "cached_tag_list": "sea, land",
         "canonical_url": "https://c.example/a", "main_image": "https://d.example/a.png"},
        {"title": "B", "slug": "b-2ab", "published": False, "published_at": None,
         "body_markdown": "---\ntitle: B\nseries: Sea\n---\nB."},
        {"title": "C"},
    ]  # fmt: skip
    files = {
        "articles.json": json.dumps({"articles": rows}),
        "d/d.md": "---\ntitle: D\npublished: true\ndate: 2020-01-03\ntags: sea\ncover_image: ./d.png\n---\n![](./d.png)\n",
        "d/d.png": "image",
        "README.md": "About.\n",
    }
    new, report = imported(tmp_path, "devto", files)
    posts = new / "content/posts"
    first = fields(posts / "a-1ab.md")
    assert (first["title"], first["original"], first["tags"]) == (
        "A",
        "https://c.example/a",
        ["sea", "land"],
    )
    assert (first["image"], str(first["date"])[:10]) == ("https://d.example/a.png", "2020-01-02")
    assert "[@ada](https://dev.to/ada)" in (posts / "a-1ab.md").read_text("utf-8")
    assert "draft: true" in (posts / "b-2ab.md").read_text("utf-8")
    assert fields(posts / "b-2ab.md")["series"] == "Sea"
    assert (fields(posts / "d/d.md")["permalink"], (posts / "d/d.png").is_file()) == ("/d/", True)
    assert report["files"] == sum(report["counts"].values()) == 6


def test_a_folder_of_texts_is_imported(tmp_path: Path) -> None:
    """Titles and dates from first lines, headings and names; sections are marked."""
    files = {
        "2020-01-02 The sea.txt": "The sea\n\nBy Ada\n\nIt is wide.\n",
        "b.md": "# Land\n\n*January 3, 2020*\n\nIt is dry.\n",
        "notes/01 - sky.txt": "date: 2020-01-04\n\n- The sky is wide.\n",
        "drafts/x.txt": "Later\n\nNot yet.\n",
        "d.png": "image",
        "README": "About.\n",
        "empty.txt": "\n",
    }
    (tmp_path / "old/drafts").mkdir(parents=True)
    (tmp_path / "old/drafts/x.txt").write_text(files["drafts/x.txt"], "utf-8")
    new, report = imported(tmp_path, "text", files)
    posts = new / "content/posts"
    first = fields(posts / "2020-01-02 The sea.md")
    assert (first["title"], str(first["date"]), first["permalink"]) == (
        "The sea",
        "2020-01-02",
        "/the-sea/",
    )
    assert first["authors"] == "Ada"
    assert (fields(posts / "b.md")["title"], str(fields(posts / "b.md")["date"])) == (
        "Land",
        "2020-01-03",
    )
    assert fields(posts / "notes/01 - sky.md")["title"] == "Sky"
    assert "draft: true" in (posts / "drafts/x.md").read_text("utf-8")
    assert (posts / "d.png").is_file()
    assert report["files"] == sum(report["counts"].values()) == len(files)


def test_a_text_without_a_date_has_that_of_its_file(tmp_path: Path) -> None:
    """The note says that it is a guess."""
    old = tmp_path / "old"
    old.mkdir()
    (old / "a.txt").write_text("A\n\nText.\n", "utf-8")
    os.utime(old / "a.txt", (1_577_923_200, 1_577_923_200))
    new, report = imported(tmp_path, "text", {})
    assert str(fields(new / "content/posts/a.md")["date"]) == "2020-01-02"
    assert [note["sure"] for note in report["lines"][0]["notes"] if note["kind"] == "date"] == [
        "guess"
    ]


@pytest.mark.parametrize("kind", ["devto", "text"])
def test_importing_twice_makes_the_same_files(tmp_path: Path, kind: str) -> None:
    """The second import changes no byte."""
    text = "---\ntitle: A\ndate: 2020-01-02\n---\n{% user ada %} {% own %}\n"
    new, _ = imported(tmp_path, kind, {"a.md": text, "b.png": "image"})
    before = {path: path.read_bytes() for path in new.rglob("*") if path.is_file()}
    main(["import", kind, str(tmp_path / "old"), str(new)])
    assert before == {path: path.read_bytes() for path in new.rglob("*") if path.is_file()}


_PIECES = st.lists(
    st.sampled_from(
        ["---\n", "title: A\n", "date: 2020-01-02\n", "\n", "Text.\n", "{% own %}", "{{ x }}", "<A/>",
         "import a from './a.png'\n", "{", "\x00", "# H\n", "published: false\n", "permalink: ../x\n"]
    ),
    max_size=8,
).map("".join)  # fmt: skip
_NAMES = st.sampled_from(
    ["a.md", "b.mdx", "c.txt", "src/content/blog/a.md", "src/content/blog/b.mdx", "src/a.astro", "d.png",
     "posts/posts.json", "posts/a.md", "posts/index.njk", "public/e.txt", "_data/site.json", "f", "g.html"]
)  # fmt: skip


@pytest.mark.parametrize("kind", ["astro", "devto", "eleventy", "text"])
@settings(max_examples=20)
@given(st.dictionaries(_NAMES, _PIECES, max_size=8))
def test_every_file_is_accounted_for(kind: str, files: dict[str, str]) -> None:
    """Whatever is in them: as many lines as files, each of one result, and nothing outside."""
    with TemporaryDirectory() as name:
        old, new = written(Path(name) / "old", files), Path(name) / "new"
        old.mkdir(exist_ok=True)
        main(["import", kind, str(old), str(new)])
        report = json.loads((new / "import-report.json").read_text("utf-8"))
        assert sorted(line["source"] for line in report["lines"]) == sorted(files)
        assert sum(report["counts"].values()) == len(files)
        targets = [line["target"] for line in report["lines"] if line["target"]]
        assert all((new / "content" / target).is_file() for target in targets)


@pytest.mark.parametrize("piece", ["{% a ", "{% enda %}", "{% a %}", "{%", "{% raw %}"])
def test_tags_take_linear_time(piece: str) -> None:
    """Constructs that never end, many of them."""
    assert is_linear(
        lambda size: devto_tags.convert(piece * (size // len(piece)), 1, {}), 6_000, 0.05
    )
