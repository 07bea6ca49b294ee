"""A whole site in memory for tests of its pages: facts, a catalogue, and heads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from plugins.catalogue.catalogue import Catalogue, Entry, group, newest_first
from plugins.catalogue.datetext import DateText
from plugins.catalogue.facts import Facts
from plugins.catalogue.settings import PageSettings
from plugins.feeds.index import index_feeds
from plugins.feeds.settings import FeedSettings
from plugins.pages.heads import Heads, make_heads
from plugins.post import Term
from plugins.urls import Urls
from tests.plugins.examples import CANONICAL, SITE

FEEDS = FeedSettings(authority="blog.example.com", authority_date="2026-01-01")
FACTS = Facts("Parley", "A tagline", "en", Urls(SITE), DateText("UTC"), PageSettings())


def a_catalogue(entries: Iterable[Entry], **changes: Any) -> Catalogue:
    """The catalogue of these posts, with the groups that they make."""
    made = newest_first(entries)
    listed = tuple(entry for entry in made if entry.post.listed and entry.primary)

    def no_intro(_kind: str, _slug: str) -> str:
        return ""

    def people(post: Any) -> list[Term]:
        return [Term(one.name, one.slug) for one in post.authors]

    return Catalogue(
        entries=made,
        pages=(),
        categories=group("category", listed, lambda post: filter(None, [post.category]), no_intro),
        tags=group("tag", listed, lambda post: post.tags, no_intro),
        authors=group("author", listed, people, no_intro),
        listed=listed,
        **changes,
    )


def heads(catalogue: Catalogue) -> Heads:
    """The heads of the site with this catalogue."""
    return make_heads(catalogue, FACTS, CANONICAL, index_feeds(catalogue, FACTS, FEEDS))
