"""Series in a real Pelican build, from files to places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pelican.generators import ArticlesGenerator
from pelican.plugins import signals
from pelican.settings import read_settings

from plugins.canonical.policy import CanonicalSettings
from plugins.posts.ledger import Ledger, ledger_of, open_ledger
from plugins.posts.reader import add_reader
from plugins.series import plugin as series_plugin
from plugins.series.arrange import Place, Series
from wording import wording_for

# Written for this test in the manner of a text without front matter.
PLAIN_TEXT = """\
What a letter costs

We said last time that people answer people.

There is more to say about stamps. We will say it in Part 3.

Part 3 >>
"""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build knows after reading all posts: series, places by source, and its ledger."""

    series: tuple[Series, ...]
    places: Mapping[str, Place | None]
    ledger: Ledger


@contextmanager
def _nobody_else(signal: Any) -> Iterator[None]:
    """Leave out who heard the signal before: a build of another test connected the plugin, too."""
    others = dict(signal.receivers)
    signal.receivers.clear()
    try:
        yield
    finally:
        signal.receivers.update(others)


def build(content: Path, files: Mapping[str, str], **changes: Any) -> Built:
    """Read ``files`` as Pelican does, with our reader and the series plugin."""
    for name, text in files.items():
        path = content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    facts = {
        "PATH": str(content),
        "SITEURL": "https://blog.example.com",
        "TIMEZONE": "Europe/London",
        "CANONICAL": CanonicalSettings("https://blog.example.com"),
        "ARTICLE_EXCLUDES": ["series"],
    }
    settings = read_settings(override={**facts, **changes})
    open_ledger(settings)
    context = {**settings, "generated_content": {}, "static_links": set(), "static_content": {}}
    with (
        signals.readers_init.connected_to(add_reader),
        _nobody_else(signals.article_generator_pretaxonomy),
        signals.article_generator_pretaxonomy.connected_to(series_plugin.attach),
    ):
        generator = ArticlesGenerator(
            context=context, settings=settings, path=str(content), theme="", output_path=""
        )
        generator.generate_context()
    articles = [*generator.articles, *generator.translations]
    articles += [*generator.hidden_articles, *generator.hidden_translations]
    places = {article.post.source: article.series_place for article in articles}
    return Built(context["series"], places, ledger_of(settings))


def post(title: str, *fields: str) -> str:
    """A Markdown file with a date."""
    return "\n".join(
        ["---", f"title: {title}", "date: 2026-01-02", *fields, "---", "", "Text.", ""]
    )


def test_posts_and_files_become_series(tmp_path: Path) -> None:
    """Fields, series file and planned parts meet; the file is accounted for and is no post."""
    built = build(
        tmp_path,
        {
            "one.md": post("One", "series: both-ways", "part: 1"),
            "two.md": post("Two", "series: {name: Both Ways, part: 2}"),
            "alone.md": post("Alone"),
            "series/both-ways.md": "---\ntitle: Attention\nplanned: [Three]\n---\n\nIntro.\n",
        },
    )
    [series] = built.series
    assert [one.title for one in series.parts] == ["One", "Two", "Three"]
    assert "<p>Intro.</p>" in series.intro.html
    assert built.places["alone.md"] is None
    place = built.places["two.md"]
    assert place
    assert (place.label(wording_for("en")), place.previous) == (
        "Attention, part 2",
        series.parts[0],
    )
    assert built.ledger.used == {"series/both-ways.md"}
    assert (built.ledger.problems, built.ledger.notices) == ([], [])


def test_a_plain_text_finds_its_third_part(tmp_path: Path) -> None:
    """A text without front matter that ends with "Part 3 >>" leads to part 3 of the series."""
    third = post("On stamps", "series: Letters", "part: 3")
    place = build(tmp_path, {"letter.txt": PLAIN_TEXT, "third.md": third}).places["letter.txt"]
    assert place
    assert place.next
    assert (place.label(wording_for("en")), place.next.title) == ("Letters, part 2", "On stamps")


@pytest.mark.parametrize("fields", [["draft: true"], ["date: 2999-01-01"]])
def test_what_is_held_back_is_in_a_preview_only(tmp_path: Path, fields: list[str]) -> None:
    """A draft or future part 2 is no part of a production build, and one in a preview."""
    files = {
        "one.md": post("One", "series: Letters", "part: 1"),
        "two.md": post("Two", "series: Letters", "part: 2", *fields).replace(
            "date: 2026-01-02\n", "" if "date" in fields[0] else "date: 2026-01-02\n"
        ),
    }
    [series] = build(tmp_path, files).series
    assert [one.title for one in series.parts] == ["One"]
    [preview] = build(tmp_path, files, PREVIEW=True).series
    assert [(one.title, one.state) for one in preview.parts] == [
        ("One", "published"),
        ("Two", "preview"),
    ]


def test_faults_and_notices_reach_the_ledger(tmp_path: Path) -> None:
    """A duplicate, a gap, a broken series file and one that nobody names are told with lines."""
    built = build(
        tmp_path,
        {
            "a.md": post("A", "series: Letters", "part: 1"),
            "b.md": post("B", "series: Letters", "part: 1"),
            "c.md": post("C", "series: Letters", "part: 3"),
            "series/lonely.md": "Nobody.\n",
            "series/broken.md": "---\nplanned:\n  - part: soon\n---\n",
        },
    )
    problems = [str(problem).split(";")[0] for problem in built.ledger.problems]
    assert sorted(problems) == [
        'b.md:5: part: part 1 of "Letters" is already a.md:5',
        'series/broken.md:3: planned: "soon" is no part number',
    ]
    assert [str(notice).split(";")[0] for notice in built.ledger.notices] == [
        'c.md:5: part: part 2 is missing before part 3 of "Letters"',
        'series/lonely.md:1: file: no post in "en" names the series "Lonely"',
    ]
    assert built.ledger.used == {"series/lonely.md", "series/broken.md"}


def test_translations_are_parts_of_their_own_series(tmp_path: Path) -> None:
    """A German part is in the German series, although Pelican keeps it with its English original."""
    built = build(
        tmp_path,
        {
            "one.md": post("One", "series: Letters", "part: 1", "translation: one"),
            "eins.md": post("Eins", "series: Letters", "part: 1", "lang: de", "translation: one"),
        },
        ARTICLE_TRANSLATION_ID="translation_key",
    )
    assert [(one.url, [each.title for each in one.parts]) for one in built.series] == [
        ("/de/series/letters/", ["Eins"]),
        ("/series/letters/", ["One"]),
    ]


def test_unlisted_posts_have_places_where_they_point(tmp_path: Path) -> None:
    """A hidden post and its hidden translation are no parts; their markers lead somewhere."""
    text = post("{}", "hidden: true", "translation: aside", "{}") + "\nPart 1 <<\n"
    built = build(
        tmp_path,
        {
            "one.md": post("One", "series: Letters", "part: 1"),
            "aside.md": text.format("Aside", "series: Letters"),
            "nebenbei.md": text.format("Nebenbei", "lang: de"),
        },
        ARTICLE_TRANSLATION_ID="translation_key",
    )
    english, german = built.places["aside.md"], built.places["nebenbei.md"]
    assert english
    assert german
    assert [one.part.title for one in english.signposts] == ["One"]
    assert [one.part.state for one in german.signposts] == ["planned"]


def test_nothing_survives_into_the_next_build(tmp_path: Path) -> None:
    """A part that is removed between two builds of one process is gone from the second."""
    files = {f"{n}.md": post(f"P{n}", "series: Letters", f"part: {n}") for n in (1, 2)}
    assert len(build(tmp_path, files).series[0].parts) == 2
    (tmp_path / "2.md").unlink()
    assert len(build(tmp_path, {}).series[0].parts) == 1
