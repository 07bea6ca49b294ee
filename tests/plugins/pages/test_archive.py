"""The archive: its years and months, and the lists of all terms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta, timezone

from plugins.catalogue.catalogue import Catalogue, Entry
from plugins.catalogue.settings import PageSettings
from plugins.pages.archive import (
    ENTRANCES,
    archive_view,
    archive_year_views,
    term_index_views,
)
from plugins.pages.sketch import Sketch, V
from plugins.post import Term
from tests.plugins.examples import an_entry
from tests.plugins.pages.sites import FACTS, a_catalogue, heads

SMALL = replace(FACTS, pages=PageSettings(titles_per_page=4, terms_per_page=4))
UTC = timezone(timedelta())


def on(*days: str, **changes: object) -> tuple[Entry, ...]:
    """A post on each of these days, its slug the day."""
    return tuple(
        an_entry(day, date=datetime.fromisoformat(day).replace(tzinfo=UTC), **changes)  # type: ignore[arg-type]
        for day in days
    )


def made(sketches: Iterable[tuple[str, Sketch[V]]]) -> list[tuple[str, V]]:
    """Pages with their URLs."""
    return [(url, sketch.make()) for url, sketch in sketches]


def archive(catalogue: Catalogue) -> list[tuple[int, int, int]]:
    """The years shown on the archive's page: year, posts in it, posts shown."""
    view = archive_view(catalogue, SMALL, heads(catalogue))
    return [(year.year, year.count, len(year.titles)) for year in view.years]


def test_the_archive_shows_as_many_whole_years_as_it_has_room_for() -> None:
    """Years that do not fit are in the index only; of one great year the newest posts are shown."""
    few = on("2026-03-01", "2026-02-01", "2025-05-01", "2024-05-01", "2024-04-01", "2023-01-01")
    assert archive(a_catalogue(few)) == [(2026, 2, 2), (2025, 1, 1)]
    great = on(*(f"2026-01-0{day}" for day in range(1, 8)), "2025-01-01")
    assert archive(a_catalogue(great)) == [(2026, 7, 4)]
    assert archive(a_catalogue(())) == []


def test_every_year_is_in_the_index_with_its_count() -> None:
    """The index leads to the page of each year, newest first."""
    catalogue = a_catalogue(on("2026-03-01", "2024-02-01", "2024-05-01"))
    view = archive_view(catalogue, SMALL, heads(catalogue))
    assert [(one.text, one.url, one.count) for one in view.index] == [
        ("2026", "/archive/2026/", 1),
        ("2024", "/archive/2024/", 2),
    ]


def test_a_year_is_paged_and_every_post_is_on_one_page() -> None:
    """Pages hold the months in order, and a month may go on overleaf."""
    may = [f"2026-05-0{day}" for day in (9, 5, 2)]
    days = [*may, *(f"2026-04-0{day}" for day in (5, 4, 3, 2, 1))]
    catalogue = a_catalogue(on(*days))
    pages = made(archive_year_views(catalogue, SMALL, heads(catalogue)))
    assert [url for url, _ in pages] == ["/archive/2026/", "/archive/2026/page/1/"]
    months = [[(month.name, len(month.titles)) for month in view.months] for _, view in pages]
    assert months == [[("May", 3), ("April", 1)], [("April", 4)]]
    titles = [one for _, view in pages for month in view.months for one in month.titles]
    assert [one.url for one in titles] == [f"/{day}/" for day in days]
    assert titles[0].date.text == "9 May"
    assert pages[1][1].head.canonical == "https://blog.example.com/archive/2026/page/1/"
    assert pages[1][1].head.title.startswith("Archive 2026 – Page 1")


def test_zones_do_not_tear_a_year_apart() -> None:
    """Posts on either side of a new year, written in other zones, make two years and no third."""
    east = datetime(2026, 1, 1, 1, tzinfo=timezone(timedelta(hours=9)))
    west = datetime(2025, 12, 31, 23, tzinfo=timezone(timedelta(hours=-8)))
    entries = [an_entry("east", date=east), an_entry("west", date=west), *on("2026-01-02")]
    assert archive(a_catalogue(entries)) == [(2026, 2, 2), (2025, 1, 1)]


def test_the_archive_names_the_terms_with_most_posts() -> None:
    """Those with most posts, by name; the number of all is known. A kind without any is left out."""
    terms = [Term(f"T{number:02}", f"t{number:02}") for number in range(ENTRANCES + 5)]
    entries = [an_entry(f"p{n}", tags=tuple(terms[: n + 1])) for n in range(len(terms))]
    catalogue = a_catalogue(entries)
    [way] = archive_view(catalogue, FACTS, heads(catalogue)).entrances
    assert (way.kind, way.url, way.count) == ("tag", "/tag/", ENTRANCES + 5)
    assert [one.text for one in way.terms] == [term.name for term in terms[:ENTRANCES]]
    assert way.terms[0].count == len(entries)


def test_all_terms_are_listed_on_pages() -> None:
    """Every term is on one page with its count; without any there is an empty page."""
    entries = [an_entry(f"p{n}", category=Term(f"C{n}", f"c{n}")) for n in range(6)]
    catalogue = a_catalogue(entries)
    pages = made(term_index_views("category", catalogue.categories, SMALL, heads(catalogue)))
    assert [url for url, _ in pages] == ["/category/", "/category/page/2/"]
    terms = [(one.text, one.url, one.count) for _, view in pages for one in view.terms]
    assert terms == [(f"C{n}", f"/category/c{n}/", 1) for n in range(6)]
    [(url, empty)] = made(term_index_views("tag", catalogue.tags, SMALL, heads(catalogue)))
    assert (url, empty.count, empty.terms) == ("/tag/", 0, ())
