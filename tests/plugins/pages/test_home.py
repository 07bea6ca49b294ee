"""The front page: which post is featured, which series runs, and that no post is lost or doubled."""

from __future__ import annotations

from datetime import timedelta

import pytest

from plugins.catalogue.catalogue import Catalogue, Entry, newest_first
from plugins.pages.home import featured, home_views, running_series
from plugins.series.model import Part, Planned, Series
from plugins.series.views import running_view
from plugins.views import HomeView
from tests.plugins.examples import a_post, an_entry
from tests.plugins.pages.sites import FACTS, a_catalogue, heads
from tests.plugins.series_examples import FIRST_DAY, a_file, arranged, part

DAY = a_post().date


def posts(count: int, chosen: tuple[int, ...] = ()) -> tuple[Entry, ...]:
    """Posts from the newest (0) on, those ``chosen`` featured by their front matter."""
    return tuple(
        an_entry(f"p{number}", date=DAY - timedelta(days=number), featured=number in chosen)
        for number in range(count)
    )


def views(catalogue: Catalogue) -> list[HomeView]:
    """All pages of the front page's list."""
    return [sketch.make() for _, sketch in home_views(catalogue, FACTS, heads(catalogue))]


@pytest.mark.parametrize(("chosen", "shown"), [((), "p0"), ((2, 4), "p2"), ((4,), "p4")])
def test_the_newest_featured_post_is_featured_or_else_the_newest(
    chosen: tuple[int, ...], shown: str
) -> None:
    """Front matter decides; of several the newest counts."""
    found = featured(a_catalogue(posts(5, chosen)))
    assert found is not None
    assert found.post.slug == shown


def test_every_post_is_on_one_page() -> None:
    """The featured post leaves its place in the list, and only the first page has it."""
    pages = views(a_catalogue(posts(35, (13,))))
    assert [bool(view.featured) for view in pages] == [True, False, False]
    shown = [card.url for view in pages for card in (view.featured, *view.cards) if card]
    assert shown == ["/p13/", *(f"/p{number}/" for number in range(35) if number != 13)]


def test_a_blog_without_posts_has_an_empty_front_page() -> None:
    """There is one page, and nothing on it."""
    [view] = views(a_catalogue(()))
    assert (view.featured, view.cards, view.series) == (None, (), None)


def series_of(*days: int, planned: int = 0, name: str = "Attention") -> Series:
    """A series with parts on these days, and planned ones behind them."""
    members = [
        part(f"{name}-{number}".lower(), name, number, day=day)
        for number, day in enumerate(days, start=1)
    ]
    plans = tuple(Planned(len(days) + 1 + number, "To come") for number in range(planned))
    return arranged(members, files=[a_file(name.lower(), name, planned=plans)]).series[0]


@pytest.mark.parametrize(
    ("series", "runs"),
    [
        ([(100, 1, "A")], True),
        ([(100, 0, "A")], True),
        ([(30, 0, "A")], False),
        ([(30, 1, "A")], True),
        ([(-300, 1, "A")], False),
    ],
)
def test_a_series_runs_while_it_is_recent_or_planned(
    series: list[tuple[int, int, str]], runs: bool
) -> None:
    """Sixty days after its latest part, or a year if more is announced, it runs no longer."""
    made = tuple(series_of(day, planned=planned, name=name) for day, planned, name in series)
    newest = an_entry("newest", date=FIRST_DAY + timedelta(days=100))
    found = running_series(a_catalogue((newest,), series=made), "en")
    assert (found is not None) == runs


def test_of_several_the_most_recently_continued_runs() -> None:
    """A series that is over does not hide one that runs, and other languages do not count."""
    newest = an_entry("newest", date=FIRST_DAY + timedelta(days=200))
    made = (
        series_of(130, name="Over"),
        series_of(90, planned=1),
        series_of(80, planned=1, name="B"),
    )
    found = running_series(a_catalogue((newest,), series=made), "en")
    assert found is not None
    assert found.title == "Attention"
    assert running_series(a_catalogue((newest,), series=made), "fr") is None


def test_the_view_has_the_latest_part_and_the_next() -> None:
    """The latest part is the last to come out; the next is the first planned behind it."""
    view = running_view(series_of(1, 2, 3, planned=2), FACTS.urls.href, FACTS.show_date)
    assert view is not None
    assert (view.latest.number, view.latest.url, view.total) == ("3", "/attention-3/", 5)
    assert view.next is not None
    assert (view.next.number, view.next.title, view.next.url) == ("4", "To come", None)


def test_a_series_that_is_only_announced_is_not_running() -> None:
    """Without a part there is nothing to follow yet."""
    series = Series("s", "S", "en", "/series/s/", (Part(1, "One", "planned"),), 1)
    assert running_view(series, FACTS.urls.href, FACTS.show_date) is None
    assert running_series(a_catalogue(newest_first(posts(1)), series=(series,)), "en") is None
