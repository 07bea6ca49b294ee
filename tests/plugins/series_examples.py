"""Parts and series files for tests, and the short way to arrange them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from plugins.post import Frozen, Marker, Post, SeriesClaim
from plugins.posts.slugs import slugify
from plugins.series.arrange import Arrangement, Part, Planned, SeriesFile, arrange
from tests.plugins.examples import a_post

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
FIRST_DAY = datetime(2026, 1, 1, 9, 0, tzinfo=UTC)


def part(
    slug: str,
    series: str | None = "Attention",
    number: Any = None,
    *,
    day: int = 0,
    markers: Iterable[Marker] = (),
    **changes: Any,
) -> Post:
    """A post in ``posts/<slug>.md``: title on line 2, series on line 3, part on line 4.

    It is dated ``day`` days after the first one.
    """
    title = changes.get("title", slug.replace("-", " ").capitalize())
    facts: dict[str, Any] = {
        "title": title,
        "date": FIRST_DAY + timedelta(days=day),
        "series": SeriesClaim(series, number) if series is not None else None,
        "markers": tuple(markers),
        "lines": Frozen({"title": 2, "series": 3, **({} if number is None else {"part": 4})}),
    }
    return a_post(slug, **{**facts, **changes})


def ahead(number: int, line: int = 9) -> Marker:
    """A closing ``Part 3 >>``."""
    return Marker("next", number, line=line)


def back(number: int, line: int = 6) -> Marker:
    """An opening ``<< Part 1``."""
    return Marker("previous", number, line=line)


def a_file(name: str = "attention", title: str = "Attention", **changes: Any) -> SeriesFile:
    """The series file ``series/<name>.md``."""
    return SeriesFile(**{"source": f"series/{name}.md", "slug": name, "title": title, **changes})


def arranged(
    posts: Iterable[Post], held: Iterable[Post] = (), files: Iterable[SeriesFile] = ()
) -> Arrangement:
    """The arrangement on an English site, on the day tests take for today."""
    return arrange(posts, held, files, lang="en", now=NOW, slugify=slugify)


def clean(
    posts: Iterable[Post], held: Iterable[Post] = (), files: Iterable[SeriesFile] = ()
) -> Arrangement:
    """The arrangement, where there is nothing to tell the writer."""
    found = arranged(posts, held, files)
    assert found.problems == ()
    assert found.notices == ()
    return found


def outline(parts: Iterable[Part]) -> list[str]:
    """Each part in a word: the slug of its post, or its state and number or title."""
    return [
        each.post.slug if each.post else f"{each.state} {each.title or each.number}"
        for each in parts
    ]


def plan(number: Any = None, title: str = "", **changes: Any) -> Planned:
    """A part that a series file announces."""
    return Planned(number, title, **changes)
