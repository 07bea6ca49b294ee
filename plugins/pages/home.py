"""The front page: the featured post, the series that is running, and every post behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import partial

from plugins.catalogue.catalogue import Catalogue, Entry, series_facts
from plugins.catalogue.facts import Facts
from plugins.digests import digest
from plugins.pages.cards import card
from plugins.pages.heads import Heads
from plugins.pages.lists import paged
from plugins.pages.sketch import Sketch, outward
from plugins.series.model import Series
from plugins.series.views import latest_first, running_view
from plugins.views import HeadView, HomeView, PagerView

# A series still runs for so long after its latest part: with another part announced, and without.
# Counted from the newest post of the blog, so that a page does not change by itself.
PLANNED_FOR = timedelta(days=365)
RECENT_FOR = timedelta(days=60)


def home_views(
    catalogue: Catalogue, facts: Facts, heads: Heads
) -> Iterator[tuple[str, Sketch[HomeView]]]:
    """The home page and the pages behind it, with their URLs.

    The featured post stands before all others, so that each post is on one page.
    """
    first = featured(catalogue)
    rest = [entry for entry in catalogue.listed if entry is not first]
    for url, entries, pager in paged(facts.path("/"), rest, facts.pages.per_page, facts.urls):
        head = partial(heads.home, url, pager)
        if pager.number:
            inputs = digest(pager, outward(entries))
            yield url, Sketch(inputs, partial(_home, head, entries, pager, facts))
            continue
        series = running_series(catalogue, facts.lang)
        running = series_facts(series) if series else None
        inputs = digest(pager, outward(entries), first and first.outward, running)
        yield url, Sketch(inputs, partial(_home, head, entries, pager, facts, first, series))


def _home(
    head: Callable[[], HeadView],
    entries: Sequence[Entry],
    pager: PagerView,
    facts: Facts,
    first: Entry | None = None,
    series: Series | None = None,
) -> HomeView:
    return HomeView(
        head=head(),
        cards=tuple(card(entry, facts) for entry in entries),
        pager=pager,
        featured=card(first, facts, featured=True) if first else None,
        series=running_view(series, facts.urls.href, facts.show_date) if series else None,
    )


def featured(catalogue: Catalogue) -> Entry | None:
    """The newest post whose front matter says ``featured``, else the newest; None without posts."""
    chosen = (entry for entry in catalogue.listed if entry.post.featured)
    return next(chosen, next(iter(catalogue.listed), None))


def running_series(catalogue: Catalogue, lang: str) -> Series | None:
    """The most recently continued series in ``lang`` that has recent or planned parts."""
    own = latest_first(series for series in catalogue.series if series.lang == lang)
    return next((series for series in own if _is_running(series, catalogue)), None)


def _is_running(series: Series, catalogue: Catalogue) -> bool:
    if series.latest is None or not catalogue.listed:
        return False
    planned = any(part.state == "planned" for part in series.parts)
    age = catalogue.listed[0].post.date - series.latest
    return age <= (PLANNED_FOR if planned else RECENT_FOR)
