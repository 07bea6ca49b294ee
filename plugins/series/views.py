"""Series as pages show them: the box on a post, the page of a series, the list of all of them.

``href`` makes the URL readers follow from a root-relative one; ``show_date`` a date for people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from markupsafe import Markup

from plugins.post import Post
from plugins.series.model import Part, Place, Series, number_text
from plugins.views import (
    DateView,
    FeedView,
    HeadView,
    ImageView,
    LinkView,
    PartState,
    PartView,
    RunningSeriesView,
    SeriesBoxView,
    SeriesPartView,
    SeriesSummaryView,
    SeriesView,
    SignpostView,
)

Href = Callable[[str], str]
ShowDate = Callable[[datetime, str], DateView]
Describe = Callable[[Post], tuple[str, int]]

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def box_view(place: Place, href: Href, show_date: ShowDate) -> SeriesBoxView | None:
    """The series seen from one of its posts; None for a post that is in no series."""
    series = place.series
    if series is None:
        return None

    def view(part: Part) -> PartView:
        state: PartState = "current" if part == place.part else part.state
        return _part_view(part, state, series.lang, href, show_date)

    return SeriesBoxView(
        title=series.title,
        url=href(series.url),
        number=number_text(place.part.number),
        total=series.total,
        parts=tuple(view(part) for part in series.parts),
        previous=view(place.previous) if place.previous else None,
        next=view(place.next) if place.next else None,
    )


def signpost_views(place: Place, href: Href, show_date: ShowDate) -> tuple[SignpostView, ...]:
    """Where the text points besides the previous and next parts, which the box links."""
    lang = place.part.post.lang if place.part.post else ""
    return tuple(
        SignpostView(
            signpost.marker.direction,
            _part_view(signpost.part, signpost.part.state, lang, href, show_date),
        )
        for signpost in place.loose
    )


def series_view(
    series: Series,
    head: HeadView,
    html: Markup,
    href: Href,
    show_date: ShowDate,
    describe: Describe,
    *,
    image: ImageView | None = None,
    feeds: tuple[FeedView, ...] = (),
) -> SeriesView:
    """The page of a series.

    ``html`` is the intro with its references resolved; ``describe`` gives a post's summary and
    its reading time in minutes.
    """

    def row(part: Part) -> SeriesPartView:
        view = _part_view(part, part.state, series.lang, href, show_date)
        summary, minutes = describe(part.post) if part.post else ("", 0)
        return SeriesPartView(view, summary, minutes)

    return SeriesView(
        head=head,
        lang=series.lang,
        title=series.title,
        html=html,
        published=_published(series),
        total=series.total,
        parts=tuple(row(part) for part in series.parts),
        first=_first(series, href),
        image=image,
        feeds=feeds,
    )


def summary_view(
    series: Series, href: Href, show_date: ShowDate, image: ImageView | None = None
) -> SeriesSummaryView:
    """The series in the list of series."""
    return SeriesSummaryView(
        title=series.title,
        url=href(series.url),
        summary=series.summary,
        published=_published(series),
        total=series.total,
        first=_first(series, href),
        image=image,
        latest=show_date(series.latest, series.lang) if series.latest else None,
    )


def running_view(series: Series, href: Href, show_date: ShowDate) -> RunningSeriesView | None:
    """The series for those who follow it: the latest part and the next; None without any part."""
    out = [part for part in series.parts if part.post]
    if not out:
        return None
    latest = max(out, key=lambda part: part.post.date if part.post else _LONG_AGO)
    behind = series.parts[series.parts.index(latest) + 1 :]
    following = next((part for part in behind if part.state == "planned"), None)

    def view(part: Part) -> PartView:
        return _part_view(part, part.state, series.lang, href, show_date)

    return RunningSeriesView(
        title=series.title,
        url=href(series.url),
        total=series.total,
        latest=view(latest),
        next=view(following) if following else None,
    )


def latest_first(all_series: Iterable[Series]) -> tuple[Series, ...]:
    """Series by when they were last continued, newest first; those only announced come last."""
    by_name = sorted(all_series, key=lambda series: (series.title.casefold(), series.url))
    return tuple(sorted(by_name, key=lambda series: series.latest or _LONG_AGO, reverse=True))


def _part_view(
    part: Part, state: PartState, lang: str, href: Href, show_date: ShowDate
) -> PartView:
    return PartView(
        number=number_text(part.number),
        title=part.title,
        state=state,
        url=href(part.post.url) if part.post else None,
        date=show_date(part.date, lang) if part.date else None,
    )


def _published(series: Series) -> int:
    return sum(part.state == "published" for part in series.parts)


def _first(series: Series, href: Href) -> LinkView | None:
    """The part to begin with."""
    first = next((part.post for part in series.shown if part.post), None)
    return LinkView(first.title, href(first.url)) if first else None
