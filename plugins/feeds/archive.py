"""Pages of a feed's history that never change (RFC 5005, section 4).

Entries are put into pages oldest first, year by year (UTC), a fixed number to a page. A page is
published once nothing can be added to it: it is full, or its year is over because a later year has
an entry. So new posts never move old ones to another page, and a post that is deleted or dated
back only touches the pages of its year.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from itertools import groupby

from plugins.catalogue.catalogue import Entry

# One page alone could link to no other, and its entries still fit into the feed.
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class ArchivePage:
    """One page: its name ("2026-1": the first of that year) and its entries, newest first."""

    name: str
    entries: tuple[Entry, ...]


def archive_pages(entries: Sequence[Entry], size: int) -> tuple[ArchivePage, ...]:
    """The pages that are complete, oldest first, of ``entries``, which are newest first.

    Fewer than twice ``size`` entries, the newest, are in none: the feed itself must hold as many.
    A ``size`` of 0 makes no pages.
    """
    if not size:
        return ()
    years = groupby(reversed(entries), key=lambda entry: entry.post.date.astimezone(UTC).year)
    pages = [page for year, posts in years for page in _of_year(year, list(posts), size)]
    if pages and len(pages[-1].entries) < size:
        pages.pop()
    return tuple(pages) if len(pages) >= _FEWEST else ()


def archive_stem(stem: str, name: str) -> str:
    """The path, without ending, of a page of the feed at ``stem`` ("feeds/tag/email")."""
    return f"feeds/archive/{stem.removeprefix('feeds/')}/{name}"


def _of_year(year: int, posts: Sequence[Entry], size: int) -> list[ArchivePage]:
    starts = range(0, len(posts), size)
    return [
        ArchivePage(f"{year}-{number}", tuple(reversed(posts[start : start + size])))
        for number, start in enumerate(starts, start=1)
    ]
