"""Series on the pages of a built site: links, planned parts, and no trace of what is held back."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from tests.plugins.building import Built, Workshop

# Written for this test in the manner of a text without front matter.
PLAIN_TEXT = """\
What a letter costs

We said last time that people answer people.

There is more to say about stamps, and we will come to it.

Part 3 >>
"""
SECRET = "quetzalcoatl"


def post(title: str, *fields: str) -> str:
    """A Markdown file with a date."""
    return "\n".join(
        ["---", f"title: {title}", "date: 2026-01-02", *fields, "---", "", "Text.", ""]
    )


def built(folder: Path, files: dict[str, str]) -> Built:
    """A site of these files, which must build."""
    site = Workshop(folder).build(files)
    assert site.problems == ()
    return site


def texts(site: Built, path: str, query: str) -> list[str]:
    """The text of every element or attribute of a page that an XPath finds."""
    found = html.fromstring(site.page(path)).xpath(query)
    said = (one if isinstance(one, str) else one.text_content() for one in found)
    return [" ".join(text.split()) for text in said]


@pytest.mark.parametrize(
    "third",
    [
        post("On stamps", "series: Letters", "part: 3", "slug: third"),
        post("Part 3", "slug: third"),
    ],
)
def test_the_marker_of_a_plain_text_becomes_a_link(tmp_path: Path, third: str) -> None:
    """The line "Part 3 >>" is gone from the text, and the page links to part 3."""
    site = built(tmp_path, {"letter.txt": PLAIN_TEXT, "third.md": third})
    assert texts(site, "/letter/", "//article//a[@href='/third/']")
    assert ">>" not in site.page("/letter/")
    assert "is planned" not in site.page("/letter/")


@pytest.mark.parametrize(
    "files", [{}, {"third.md": post("Part 3", "series: Letters", "part: 3", "draft: true")}]
)
def test_without_a_third_part_the_marker_reads_as_planned(
    tmp_path: Path, files: dict[str, str]
) -> None:
    """Where part 3 does not exist, or is a draft, readers are told that it is planned."""
    site = built(tmp_path, {"letter.txt": PLAIN_TEXT, **files})
    assert "Part 3 is planned" in " ".join(site.page("/letter/").split())
    assert ">>" not in site.page("/letter/")


def test_parts_lead_to_each_other_in_head_and_body(tmp_path: Path) -> None:
    """The middle part has rel prev and next, in the head too, and marks itself in the box."""
    files = {
        f"{n}.md": post(f"Number {n}", "series: Letters", f"part: {n}", f"slug: n{n}")
        for n in (1, 2, 3)
    }
    site = built(tmp_path, files)
    assert texts(site, "/n2/", "//head/link[@rel='prev']/@href")[0].endswith("/n1/")
    assert texts(site, "/n2/", "//head/link[@rel='next']/@href")[0].endswith("/n3/")
    assert texts(site, "/n2/", "//article//*[@aria-current='page']") == ["Number 2"]
    assert texts(site, "/series/letters/", "//main//ol//a/@href") == ["/n1/", "/n2/", "/n3/"]
    assert "/series/letters/" in texts(site, "/series/", "//main//a/@href")


def test_no_file_of_a_production_build_knows_of_a_draft(tmp_path: Path) -> None:
    """Titles and addresses of drafts and scheduled parts are in no page, feed, map or data file."""
    held = {
        "draft.md": post(f"Draft {SECRET}", "series: Letters", "part: 2", "draft: true"),
        "later.md": post(f"Later {SECRET}", "series: Letters", "part: 4").replace("2026", "2999"),
    }
    files = {
        "one.md": post("One", "series: Letters", "part: 1"),
        "three.md": post("Three", "series: Letters", "part: 3"),
        "series/letters.md": "---\ntitle: Letters\nplanned: [Epilogue]\n---\n\nIntro.\n",
    }
    (tmp_path / "with").mkdir()
    (tmp_path / "without").mkdir()
    site = built(tmp_path / "with", files | held)
    bare = built(tmp_path / "without", files)
    assert site.files() == bare.files()
    for name in sorted(site.files()):
        data = (site.output / name).read_bytes()
        assert SECRET.encode() not in data, name
        assert data == (bare.output / name).read_bytes(), name
