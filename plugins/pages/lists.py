"""Lists cut into pages; the views of categories, tags and authors, and of the 404 page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TypeVar

from plugins.catalogue.catalogue import Catalogue, Entry, Group
from plugins.catalogue.facts import Facts
from plugins.digests import digest
from plugins.pages.cards import card, person_links, person_of, rendered
from plugins.pages.heads import Heads
from plugins.pages.sketch import Sketch, outward
from plugins.urls import Urls
from plugins.views import NotFoundView, PagerView, TermPageView

RECENT_ON_NOT_FOUND = 5

T = TypeVar("T")
Slice = tuple[str, Sequence[T], PagerView]


def paged(url: str, items: Sequence[T], size: int, urls_of: Urls) -> Iterator[Slice[T]]:
    """A list, newest first, cut into pages: URL, items and pager of each; an empty one has one page.

    The first page, at ``url``, has the newest items, ``size`` to twice as many less one. The pages
    behind it, at ``<url>page/<n>/``, have ``size`` each and are numbered from the oldest items, so a
    new item leaves them as they are.
    """
    behind = max(0, len(items) // size - 1)
    numbers = [0, *range(behind, 0, -1)]
    urls = [url, *(f"{url}page/{number}/" for number in numbers[1:])]
    first = len(items) - behind * size
    for place, (number, here) in enumerate(zip(numbers, urls, strict=True)):
        newer = urls_of.href(urls[place - 1]) if place else None
        older = urls_of.href(urls[place + 1]) if place < behind else None
        part = items[first + (place - 1) * size : first + place * size] if place else items[:first]
        yield here, part, PagerView(number, newer, older)


def by_name(url: str, items: Sequence[T], size: int, urls_of: Urls) -> Iterator[Slice[T]]:
    """As :func:`paged` for a list by name: its pages are full and numbered from the first, 2 on."""
    starts = range(0, max(1, len(items)), size)
    urls = [url, *(f"{url}page/{number}/" for number in range(2, len(starts) + 1))]
    for place, (start, here) in enumerate(zip(starts, urls, strict=True)):
        newer = urls_of.href(urls[place - 1]) if place else None
        older = urls_of.href(urls[place + 1]) if place + 1 < len(urls) else None
        yield here, items[start : start + size], PagerView(place and place + 1, newer, older)


def term_views(
    group: Group, facts: Facts, heads: Heads
) -> Iterator[tuple[str, Sketch[TermPageView]]]:
    """The pages of one category, tag or author, with their URLs; in the language of the posts."""
    lang = group.lang or facts.lang
    facts, heads = facts.speaking(lang), heads.speaking(lang)
    size = facts.pages.per_term or facts.pages.per_page
    for url, entries, pager in paged(facts.urls.at(group.url), group.entries, size, facts.urls):
        feeds = heads.feeds.of(group.kind, group.term.slug)
        named = (lang, group.kind, group.term, group.intro)
        count = 0 if pager.number else len(group.entries)
        known = (person_of(group), group.about, group.image)
        inputs = digest(named, known, count, pager, feeds, outward(entries))
        yield url, Sketch(inputs, partial(_term, group, url, entries, pager, facts, heads), lang)


def _term(
    group: Group,
    url: str,
    entries: Sequence[Entry],
    pager: PagerView,
    facts: Facts,
    heads: Heads,
) -> TermPageView:
    person = person_of(group)
    return TermPageView(
        head=heads.term(group, url, pager),
        lang=facts.lang,
        kind=group.kind,
        index=facts.urls.href(facts.urls.at(f"/{group.kind}/")),
        name=group.term.name,
        html=rendered("" if pager.number else group.intro),
        count=None if pager.number else len(group.entries),
        cards=tuple(card(entry, facts) for entry in entries),
        pager=pager,
        feeds=heads.feeds.of(group.kind, group.term.slug),
        image=group.image,
        links=person_links(person, facts.urls) if person else (),
    )


def not_found_view(catalogue: Catalogue, facts: Facts, heads: Heads) -> NotFoundView:
    """The page shown for an address that does not exist."""
    recent = catalogue.listed[:RECENT_ON_NOT_FOUND]
    return NotFoundView(heads.not_found(), tuple(card(entry, facts) for entry in recent))
