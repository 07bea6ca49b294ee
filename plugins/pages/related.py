"""Related posts: which posts are about the same as this one, by their topics and words.

The same posts give the same answer: no chance, no clock.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from plugins.catalogue.catalogue import Entry, newest_first
from plugins.pages.likeness import Likeness
from plugins.pages.telling import terms_of

SHOWN = 3
# Applies a function to many things at once, some at a time; with each result comes its first place.
Each = Callable[[Callable[[Sequence[Any]], Any], Sequence[Any]], Iterator[tuple[int, Any]]]
# A post to be compared: with which others, its place among them, and the places of those not wanted.
_Asked = tuple[Likeness, int, frozenset[int]]


def _at_once(
    work: Callable[[Sequence[Any]], Any], things: Sequence[Any]
) -> Iterator[tuple[int, Any]]:
    yield 0, work(things)


def relate(
    entries: Iterable[Entry], rows: Mapping[str, bytes] | None = None, each: Each = _at_once
) -> Mapping[str, tuple[Entry, ...]]:
    """The related posts of each of ``entries``, most like it first, by the source of the post.

    Only published posts are offered, in the language of the post; what is hidden or not yet public
    has related posts and is nobody's. Other parts of a series are left out: their links stand on the
    page already. Posts that are equally like it come newest first, then by source.

    ``rows`` are the terms of the posts by source (see :func:`plugins.pages.telling.terms_of`), where
    they are known; ``each`` applies a function to many posts.
    """
    by_lang: dict[str, list[Entry]] = defaultdict(list)
    for entry in newest_first(entries):
        by_lang[entry.post.lang].append(entry)
    groups = [tuple(group) for group in by_lang.values()]
    asked = [one for group in groups for one in _asked(group, rows or {})]
    posts = [(group, entry) for group in groups for entry in group]
    found: dict[str, tuple[Entry, ...]] = {}
    for start, ranked in each(_ranked, asked):
        for (group, entry), places in zip(posts[start:], ranked, strict=False):
            found[entry.post.source] = tuple(group[place] for place in places)
    return found


def _asked(entries: Sequence[Entry], rows: Mapping[str, bytes]) -> Iterator[_Asked]:
    """``entries`` are of one language, newest first, so that a lower place breaks a tie."""
    places = {entry.post.source: place for place, entry in enumerate(entries)}
    offered = [place for place, entry in enumerate(entries) if entry.post.status == "published"]
    terms = (rows.get(entry.post.source) or terms_of(entry) for entry in entries)
    likeness = Likeness(terms, offered)
    for place, entry in enumerate(entries):
        others = (places[source] for source in _same_series(entry) if source in places)
        yield likeness, place, frozenset((place, *others))


def _ranked(asked: Sequence[_Asked]) -> list[list[int]]:
    return [likeness.ranked(place, shown)[:SHOWN] for likeness, place, shown in asked]


def _same_series(entry: Entry) -> frozenset[str]:
    """The sources of the posts that the series of this one links on its page."""
    place = entry.place
    if place is None:
        return frozenset()
    parts = place.series.parts if place.series else ()
    pointed = (signpost.part for signpost in place.signposts)
    return frozenset(part.post.source for part in (*parts, *pointed) if part.post)
