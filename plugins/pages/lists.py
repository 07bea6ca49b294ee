"""Lists cut into pages; the views of categories, tags and authors, and of the 404 page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from math import ceil
from typing import TypeVar

from plugins.catalogue.catalogue import Catalogue, Entry, Group
from plugins.catalogue.facts import Facts
from plugins.digests import digest
from plugins.pages.cards import card, rendered
from plugins.pages.heads import Heads
from plugins.pages.sketch import Sketch, outward
from plugins.urls import Urls
from plugins.views import NotFoundView, PagerView, TermPageView

RECENT_ON_NOT_FOUND = 5

T = TypeVar("T")
Slice = tuple[str, Sequence[T], PagerView]


def paged(url: str, items: Sequence[T], size: int, urls_of: Urls) -> Iterator[Slice[T]]:
    """A list cut into pages of ``size``: URL, items and pager of each; an empty one has one page.

    The first page is at ``url``, the others at ``<url>page/<n>/``.
    """
    total = max(1, ceil(len(items) / size))
    urls = [url, *(f"{url}page/{number}/" for number in range(2, total + 1))]
    for number, here in enumerate(urls, start=1):
        newer = urls_of.href(urls[number - 2]) if number > 1 else None
        older = urls_of.href(urls[number]) if number < total else None
        part = items[(number - 1) * size : number * size]
        yield here, part, PagerView(number, total, newer, older)


def term_views(
    group: Group, facts: Facts, heads: Heads
) -> Iterator[tuple[str, Sketch[TermPageView]]]:
    """The pages of one category, tag or author, with their URLs; in the language of the posts."""
    lang = group.lang or facts.lang
    facts, heads = facts.speaking(lang), heads.speaking(lang)
    size = facts.pages.per_term or facts.pages.per_page
    for url, entries, pager in paged(group.url, group.entries, size, facts.urls):
        feeds = heads.feeds.of(group.kind, group.term.slug)
        named = (lang, group.kind, group.term, group.intro, len(group.entries))
        inputs = digest(named, pager, feeds, outward(entries))
        yield url, Sketch(inputs, partial(_term, group, url, entries, pager, facts, heads), lang)


def _term(
    group: Group,
    url: str,
    entries: Sequence[Entry],
    pager: PagerView,
    facts: Facts,
    heads: Heads,
) -> TermPageView:
    return TermPageView(
        head=heads.term(group, url, pager),
        lang=facts.lang,
        kind=group.kind,
        index=facts.urls.href(f"/{group.kind}/"),
        name=group.term.name,
        html=rendered(group.intro if pager.number == 1 else ""),
        count=len(group.entries),
        cards=tuple(card(entry, facts) for entry in entries),
        pager=pager,
        feeds=heads.feeds.of(group.kind, group.term.slug),
    )


def not_found_view(catalogue: Catalogue, facts: Facts, heads: Heads) -> NotFoundView:
    """The page shown for an address that does not exist."""
    recent = catalogue.listed[:RECENT_ON_NOT_FOUND]
    return NotFoundView(heads.not_found(), tuple(card(entry, facts) for entry in recent))
