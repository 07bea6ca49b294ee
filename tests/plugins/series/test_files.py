"""Series files as writers write them, read with the real front matter and the real Markdown."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from plugins.errors import SiteError
from plugins.frontmatter.document import Document
from plugins.markup.markup import Markup
from plugins.post import Body, Picture
from plugins.posts.reading import render_body
from plugins.series.arrange import Planned, SeriesFile
from plugins.series.files import read_series_file
from tests.plugins.documents import plain

ZONE = ZoneInfo("Europe/London")

COMPLETE = """\
---
title: Attention, both ways
summary: Four posts.
image: {src: /images/a.jpg, alt: Rings}
slug: both-ways
lang: en-gb
planned:
  - part: 4
    title: A week of it
    date: 2026-12-08
  - The last word
---

Why we write *this*.

See [part one](../posts/one.md).
"""


def read(text: str, path: str = "series/attention.md") -> SeriesFile:
    """The series in a file with this text."""

    def render(document: Document) -> Body:
        return render_body(document, document.body, Markup())

    return read_series_file(text.encode(), path, zone=ZONE, render=render)


def problems(text: str, path: str = "series/attention.md") -> list[str]:
    """What is wrong with a file, as it is printed."""
    with pytest.raises(SiteError) as caught:
        read(text, path)
    return [plain(problem) for problem in caught.value.problems]


def test_everything_a_series_file_may_say() -> None:
    """Title, summary, image, slug, language, planned parts and intro are read with their lines."""
    file = read(COMPLETE)
    assert (file.source, file.slug, file.lang) == ("series/attention.md", "both-ways", "en-GB")
    assert (file.title, file.summary) == ("Attention, both ways", "Four posts.")
    assert file.image == Picture("/images/a.jpg", "Rings")
    assert file.planned == (
        Planned(4, "A week of it", datetime(2026, 12, 8, tzinfo=ZONE), line=8),
        Planned(None, "The last word", line=11),
    )
    assert "<em>this</em>" in file.intro.html
    assert [(link.target, link.line) for link in file.intro.links] == [("../posts/one.md", 16)]
    assert [file.line_of(name) for name in ("title", "slug", "weather")] == [2, 5, 1]


@pytest.mark.parametrize(
    ("path", "title", "slug", "lang"),
    [
        ("series/both-ways.md", "Both ways", "both-ways", None),
        ("series/The_Long View.txt", "The Long View", "the_long-view", None),
        ("series/both-ways.de.md", "Both ways", "both-ways", "de"),
    ],
)
def test_the_file_name_says_what_front_matter_does_not(
    path: str, title: str, slug: str, lang: str | None
) -> None:
    """A file of text alone is a series: title, slug and language come from its name."""
    file = read("Just an intro.\n", path)
    assert (file.title, file.slug, file.lang) == (title, slug, lang)
    assert "<p>Just an intro.</p>" in file.intro.html


@pytest.mark.parametrize(
    "text",
    [
        '+++\ntitle = "T"\n[[planned]]\npart = 2\ntitle = "Two"\ndate = 2026-12-08\n+++\n',
        '{"title": "T", "Planned": [{"part": "2", "title": "Two", "date": "2026-12-08"}]}\n',
        "---\ntitle: T\nplanned: {part: II, Title: Two, date: 8 December 2026}\n---\n",
    ],
)
def test_planned_parts_are_read_in_every_dialect(text: str) -> None:
    """TOML tables, JSON objects and one mapping alone give the same planned part."""
    [plan] = read(text).planned
    assert (plan.number, plan.title) == (2, "Two")
    assert plan.date == datetime(2026, 12, 8, tzinfo=ZONE)


def test_a_planned_part_may_have_a_number_only() -> None:
    """A title and a date can follow when they are known."""
    assert read(
        "---\nplanned:\n  - part: 2\n  - {part: 2.5, date: }\n  - A\n  - B\n---\n"
    ).planned == (
        Planned(2, line=3),
        Planned(2.5, line=4),
        Planned(title="A", line=5),
        Planned(title="B", line=6),
    )


@pytest.mark.parametrize(
    ("field", "line"),
    [
        ("title: [a]", "3: title: a list stands where text is expected; write one line of text"),
        ("slug: ../../etc", '3: slug: "../../etc" is no slug; write etc'),
        ("slug: Both Ways", '3: slug: "Both Ways" is no slug; write both-ways'),
        ("slug: '!'", '3: slug: "!" is no slug; use letters'),
        ("lang: klingonese!", '3: lang: "klingonese!" is no language code; write en, fr or pt-BR'),
        (
            "plannned: [Two]",
            '3: plannned: a series file has no field "plannned"; it may have title, summary, '
            "image, image_alt, image_caption, lang, slug and planned; take this out",
        ),
        (
            "draft: true",
            '3: draft: a series file has no field "draft"; it may have title, summary, '
            "image, image_alt, image_caption, lang, slug and planned; take this out",
        ),
        (
            "planned:\n  - part: 2\n  - part: soon\n    title: Later",
            '5: planned: "soon" is no part number; write a number from 0, such as 2',
        ),
        (
            "planned:\n  - {part: 2, title: Two}\n  - {part: 2, title: Again}",
            "5: planned: part 2 is planned twice; give one of the two another number",
        ),
        (
            "planned:\n  - title: Two\n    date: some day",
            '4: planned: "some day" is not a date; write it as 2024-03-01 or 2024-03-01 10:30',
        ),
        (
            "planned:\n  - titel: Two",
            '4: planned: "titel" is not known of a planned part; '
            "write it as {part: 4, title: The last part, date: 2026-12-08}",
        ),
        (
            "planned:\n  - date: 2026-12-08",
            "4: planned: this part has neither a number nor a title; "
            "write it as {part: 4, title: The last part, date: 2026-12-08}",
        ),
        (
            "planned: [[Two]]",
            "3: planned: a list stands where text is expected; write one line of text",
        ),
    ],
)
def test_what_cannot_be_meant_is_told_with_its_line(field: str, line: str) -> None:
    """Each of these is one problem, on the line of the file where it stands."""
    title = "" if field.startswith("title") else "title: T\n"
    filler = "summary: S\n" if not title else ""
    assert problems(f"---\n{filler}{title}{field}\n---\n") == [f"series/attention.md:{line}"]


def test_all_problems_of_a_file_are_told_at_once() -> None:
    """Fields, planned parts and the intro are all read before the file is given back."""
    text = "---\nslug: A B\nplanned: [{part: so}, {part: on}]\n---\n\n{% include x %}\n\n```\n"
    found = problems(text)
    assert [line.split(":")[1:3] for line in found] == [
        ["2", " slug"],
        ["3", " planned"],
        ["3", " planned"],
        ["6", " body"],
        ["8", " body"],
    ]


def test_broken_front_matter_is_told_as_for_posts() -> None:
    """What the front-matter reader finds is passed on."""
    [line] = problems("---\ntitle: [a\n---\n")
    assert line.startswith("series/attention.md:")
