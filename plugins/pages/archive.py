"""The archive: every year, each year by month, and all categories, tags and authors by name.

Every year has a page of its own from the beginning, so that its address stays when the blog grows.
No page holds more than a fixed number of lines: a blog of any size keeps small pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby

from plugins.catalogue.catalogue import Catalogue, Entry, Group, GroupKind
from plugins.catalogue.facts import Facts
from plugins.catalogue.settings import SEARCH_PATH
from plugins.catalogue.terms import year_url
from plugins.digests import digest
from plugins.kinds import address
from plugins.pages.cards import counted, title
from plugins.pages.heads import Heads
from plugins.pages.lists import by_name, paged
from plugins.pages.shards import search_shards
from plugins.pages.sketch import Sketch, outward
from plugins.views import (
    ArchiveView,
    ArchiveYearView,
    CountedLinkView,
    EntranceView,
    LinkView,
    MonthView,
    PagerView,
    SearchView,
    TermIndexView,
    TitleView,
    YearView,
)

# Where the search index is, and the script that reads it.
SEARCH_ENGINE = "/search/engine/"

# How many categories, tags and authors the archive names; all of them are a page further.
ENTRANCES = 20

Years = Mapping[int, Sequence[Entry]]


def archive_view(catalogue: Catalogue, facts: Facts, heads: Heads) -> ArchiveView:
    """Every year, the newest ones with their posts: as many whole years as one page holds."""
    years = catalogue.by_year()
    words = facts.words
    about = words.say("Every post on %(site)s, by year.", site=facts.name)
    return ArchiveView(
        head=heads.plain(facts.path(address("archive")), words.gettext("Archive"), about),
        count=len(catalogue.listed),
        index=_index(years, facts),
        years=tuple(_newest_years(years, facts)),
        entrances=tuple(
            _entrance(kind, groups, facts) for kind, groups in catalogue.by_kind() if groups
        ),
    )


def search_page(catalogue: Catalogue, facts: Facts, heads: Heads) -> Sketch[SearchView]:
    """The page that searches; what it finds is in the index, not in the page."""
    years = [(year, len(entries)) for year, entries in catalogue.by_year().items()]
    terms = [(one.kind, one.term, len(one.entries)) for one in catalogue.groups()]
    inputs = digest(years, terms, list(search_shards(catalogue)))
    return Sketch(inputs, partial(search_view, catalogue, facts, heads))


def search_view(catalogue: Catalogue, facts: Facts, heads: Heads) -> SearchView:
    """The page that searches, with the ways into the archive for readers without scripts."""
    words = facts.words
    about = words.say("Search all posts on %(site)s.", site=facts.name)
    return SearchView(
        head=heads.plain(SEARCH_PATH, words.gettext("Search"), about),
        engine=facts.urls.href(f"{SEARCH_ENGINE}pagefind.js"),
        base=facts.urls.href("/"),
        shards=tuple(
            facts.urls.href(f"{SEARCH_ENGINE}{folder}")
            for folder in search_shards(catalogue)
            if folder
        ),
        years=_index(catalogue.by_year(), facts),
        entrances=tuple(
            _entrance(kind, groups, facts) for kind, groups in catalogue.by_kind() if groups
        ),
    )


def archive_year_views(
    catalogue: Catalogue, facts: Facts, heads: Heads
) -> Iterator[tuple[str, Sketch[ArchiveYearView]]]:
    """The pages of every year, with their URLs."""
    years = catalogue.by_year()
    every = tuple(years)
    for year, entries in years.items():
        pages = paged(facts.path(year_url(year)), entries, facts.pages.titles_per_page, facts.urls)
        for url, part, pager in pages:
            count = None if pager.number else len(entries)
            inputs = digest(year, every, count, pager, outward(part))
            make = partial(_year, year, every, count, url, part, pager, facts, heads)
            yield url, Sketch(inputs, make)


def _year(
    year: int,
    every: Sequence[int],
    count: int | None,
    url: str,
    part: Sequence[Entry],
    pager: PagerView,
    facts: Facts,
    heads: Heads,
) -> ArchiveYearView:
    return ArchiveYearView(
        head=heads.year(year, url, pager),
        year=year,
        count=count,
        months=_months(part, facts),
        pager=pager,
        index=tuple(LinkView(str(one), _year_url(one, facts), one == year) for one in every),
    )


def term_index_views(
    kind: GroupKind, groups: Sequence[Group], facts: Facts, heads: Heads
) -> Iterator[tuple[str, Sketch[TermIndexView]]]:
    """The pages that list all categories, tags or authors, with their URLs."""
    first, size = facts.urls.at(f"/{kind}/"), facts.pages.terms_per_page
    for url, part, pager in by_name(first, groups, size, facts.urls):
        counts = [(group.term, len(group.entries)) for group in part]
        inputs = digest(kind, len(groups), counts, pager)
        make = partial(_terms, kind, len(groups), url, part, pager, facts, heads)
        yield url, Sketch(inputs, make)


def _terms(
    kind: GroupKind,
    count: int,
    url: str,
    part: Sequence[Group],
    pager: PagerView,
    facts: Facts,
    heads: Heads,
) -> TermIndexView:
    return TermIndexView(
        heads.terms(kind, url, pager), kind, count, counted(part, facts.urls), pager
    )


def _index(years: Years, facts: Facts) -> tuple[CountedLinkView, ...]:
    return tuple(
        CountedLinkView(str(year), _year_url(year, facts), len(entries))
        for year, entries in years.items()
    )


def _year_url(year: int, facts: Facts) -> str:
    return facts.urls.href(facts.path(year_url(year)))


def _newest_years(years: Years, facts: Facts) -> Iterator[YearView]:
    """Whole years while they fit; of the newest one as many posts as fit."""
    room = facts.pages.titles_per_page
    for number, (year, entries) in enumerate(years.items()):
        if number and len(entries) > room:
            return
        shown = entries[:room]
        room -= len(shown)
        titles = _titles(shown, facts)
        yield YearView(year, _year_url(year, facts), len(entries), titles)


def _months(entries: Sequence[Entry], facts: Facts) -> tuple[MonthView, ...]:
    months = groupby(entries, key=lambda entry: entry.post.date.month)
    return tuple(_month(tuple(part), facts) for _, part in months)


def _month(entries: Sequence[Entry], facts: Facts) -> MonthView:
    return MonthView(facts.words.month(entries[0].post.date), _titles(entries, facts))


def _titles(entries: Sequence[Entry], facts: Facts) -> tuple[TitleView, ...]:
    return tuple(title(entry, facts, short=True) for entry in entries)


def _entrance(kind: GroupKind, groups: Sequence[Group], facts: Facts) -> EntranceView:
    """The terms with most posts, by name; of equal ones the first by name."""
    most = sorted(groups, key=lambda group: (-len(group.entries), group.term.slug))[:ENTRANCES]
    most.sort(key=lambda group: group.term.slug)
    index = facts.urls.href(facts.urls.at(f"/{kind}/"))
    return EntranceView(kind, index, len(groups), counted(most, facts.urls))
