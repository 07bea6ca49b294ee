"""The views of lists: home, categories, tags and authors, the archive, and the 404 page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from math import ceil

from plugins.catalogue.catalogue import Catalogue, Entry, Group
from plugins.catalogue.facts import Facts
from plugins.pages.cards import card, group_links, rendered
from plugins.pages.heads import Heads
from plugins.views import (
    ArchiveView,
    HomeView,
    NotFoundView,
    PagerView,
    TermPageView,
    YearView,
)

RECENT_ON_NOT_FOUND = 5

Slice = tuple[str, Sequence[Entry], PagerView]


def paged(url: str, entries: Sequence[Entry], facts: Facts) -> Iterator[Slice]:
    """A list cut into pages: URL, entries and pager of each; an empty list has one empty page.

    The first page is at ``url``, the others at ``<url>page/<n>/``.
    """
    size = facts.pages.per_page
    total = max(1, ceil(len(entries) / size))
    urls = [url, *(f"{url}page/{number}/" for number in range(2, total + 1))]
    for number, here in enumerate(urls, start=1):
        newer = facts.urls.href(urls[number - 2]) if number > 1 else None
        older = facts.urls.href(urls[number]) if number < total else None
        part = entries[(number - 1) * size : number * size]
        yield here, part, PagerView(number, total, newer, older)


def home_views(catalogue: Catalogue, facts: Facts, heads: Heads) -> Iterator[tuple[str, HomeView]]:
    """The home page and the pages behind it, with their URLs."""
    for url, entries, pager in paged("/", catalogue.listed, facts):
        cards = tuple(card(entry, facts.urls, facts.show_date) for entry in entries)
        yield url, HomeView(heads.home(url, pager), cards, pager)


def term_views(group: Group, facts: Facts, heads: Heads) -> Iterator[tuple[str, TermPageView]]:
    """The pages of one category, tag or author, with their URLs."""
    for url, entries, pager in paged(group.url, group.entries, facts):
        head = heads.term(group, url, pager)
        yield (
            url,
            TermPageView(
                head=head,
                kind=group.kind,
                name=group.term.name,
                html=rendered(group.intro if pager.number == 1 else ""),
                count=len(group.entries),
                cards=tuple(card(entry, facts.urls, facts.show_date) for entry in entries),
                pager=pager,
                feeds=heads.feeds.of(group.kind, group.term.slug),
            ),
        )


def archive_view(catalogue: Catalogue, facts: Facts, heads: Heads) -> ArchiveView:
    """Every listed post by year."""
    years = groupby(catalogue.listed, key=lambda entry: entry.post.date.year)
    return ArchiveView(
        head=heads.plain("/archive/", "Archive", f"Every post on {facts.name}, by year."),
        count=len(catalogue.listed),
        years=tuple(
            YearView(year, tuple(card(entry, facts.urls, facts.show_date) for entry in entries))
            for year, entries in years
        ),
        categories=group_links(catalogue.categories, facts.urls),
        tags=group_links(catalogue.tags, facts.urls),
        authors=group_links(catalogue.authors, facts.urls),
    )


def not_found_view(catalogue: Catalogue, facts: Facts, heads: Heads) -> NotFoundView:
    """The page shown for an address that does not exist."""
    recent = catalogue.listed[:RECENT_ON_NOT_FOUND]
    return NotFoundView(
        heads.not_found(), tuple(card(entry, facts.urls, facts.show_date) for entry in recent)
    )
