"""The pages of series: each series, and the list of all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from plugins.catalogue.catalogue import Catalogue, Entry, series_facts
from plugins.catalogue.facts import Facts
from plugins.digests import digest
from plugins.kinds import address
from plugins.markup.summaries import reading_minutes
from plugins.pages.cards import rendered
from plugins.pages.heads import Heads
from plugins.pages.sketch import Sketch, outward
from plugins.post import Post
from plugins.series.model import Series
from plugins.series.views import latest_first, series_view, summary_view
from plugins.views import ImageView, SeriesIndexView, SeriesView


def series_index_page(catalogue: Catalogue, facts: Facts, heads: Heads) -> SeriesIndexView:
    """All series in the site's language, the most recently continued first."""
    own = latest_first(one for one in catalogue.series if facts.prefix or one.lang == facts.lang)
    words = facts.words
    about = words.say("Posts on %(site)s that belong together.", site=facts.name)
    return SeriesIndexView(
        head=heads.plain(facts.path(address("series_index")), words.gettext("Series"), about),
        series=tuple(
            summary_view(
                series, facts.urls.href, facts.show_date, catalogue.series_thumbs.get(series.url)
            )
            for series in own
        ),
    )


def series_pages(
    catalogue: Catalogue, facts: Facts, heads: Heads
) -> Iterator[tuple[str, Sketch[SeriesView]]]:
    """The page of each series, with its URL."""
    entries = {entry.post.source: entry for entry in catalogue.entries}
    for series in catalogue.series:
        image = catalogue.series_images.get(series.url)
        feeds = heads.feeds.of("series", series.slug, series.lang)
        parts = [entries[part.post.source] for part in series.parts if part.post]
        inputs = digest(series_facts(series), image, feeds, outward(parts))
        own = heads.speaking(series.lang)
        make = partial(_series_page, series, image, entries, facts, own)
        yield series.url, Sketch(inputs, make, series.lang)


def _series_page(
    series: Series,
    image: ImageView | None,
    entries: Mapping[str, Entry],
    facts: Facts,
    heads: Heads,
) -> SeriesView:

    def describe(post: Post) -> tuple[str, int]:
        entry = entries[post.source]
        return entry.summary, reading_minutes(entry.words)

    parts = tuple((part.post.title, part.post.url) for part in series.shown if part.post)
    return series_view(
        series,
        heads.series(series, parts, image),
        rendered(series.intro.html),
        facts.urls.href,
        facts.show_date,
        describe,
        image=image,
        feeds=heads.feeds.of("series", series.slug, series.lang),
    )
