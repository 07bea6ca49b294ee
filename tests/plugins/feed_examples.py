"""Catalogues, facts and settings for the tests of feeds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from plugins.canonical.policy import CanonicalSettings, decide
from plugins.catalogue.catalogue import Catalogue, Entry, group, newest_first
from plugins.catalogue.datetext import DateText
from plugins.catalogue.facts import Facts
from plugins.catalogue.settings import PageSettings
from plugins.feeds.plugin import render_feeds
from plugins.feeds.settings import FeedSettings
from plugins.post import Person, Term
from plugins.series.arrange import SeriesFile, arrange
from plugins.urls import Urls
from tests.plugins.examples import SITE, a_post

FACTS = Facts("Parley", "Talk", "en", Urls(SITE), DateText("Europe/London"), PageSettings())
SETTINGS = FeedSettings(authority="example.org", authority_date="2026-01-01")
NOW = datetime(2026, 11, 1, tzinfo=UTC)
MARA = Person("Mara Lindqvist", "mara-lindqvist")


def term(name: str) -> Term:
    """The term of that name."""
    return Term(name, name.lower().replace(" ", "-"))


def entry(slug: str = "a-post", html: str = "<p>Text.</p>", **changes: Any) -> Entry:
    """A published post's entry; changes that an entry has itself are the entry's."""
    own = {name: changes.pop(name) for name in ("image", "primary", "summary") if name in changes}
    post = a_post(slug, **{"summary": own.get("summary"), **changes})
    policy = decide(post, CanonicalSettings(SITE))
    made = Entry(post=post, html=html, summary=f"About {slug}.", words=2, policy=policy)
    return replace(made, **own)


def on(day: int, month: int = 5, year: int = 2026) -> datetime:
    """Half past nine on that day."""
    return datetime(year, month, day, 9, 30, tzinfo=UTC)


def catalogue(entries: Iterable[Entry], files: Iterable[SeriesFile] = ()) -> Catalogue:
    """The site of these entries, with its groups and series."""
    given = list(entries)
    arranged = arrange(
        [one.post for one in given],
        files=files,
        lang=FACTS.lang,
        now=NOW,
        slugify=lambda name: name.lower().replace(" ", "-"),
    )
    placed = [replace(one, place=arranged.places.get(one.post.source)) for one in given]
    ordered = newest_first(placed)
    listed = tuple(one for one in ordered if one.primary and one.post.listed)
    return Catalogue(
        entries=ordered,
        pages=(),
        categories=group("category", listed, lambda post: [post.category] if post.category else [], _no_intro),
        tags=group("tag", listed, lambda post: post.tags, _no_intro),
        authors=group("author", listed, lambda post: [Term(one.name, one.slug) for one in post.authors], _no_intro),
        series=arranged.series,
        listed=listed,
    )  # fmt: skip


def feeds(
    entries: Iterable[Entry], settings: FeedSettings = SETTINGS, **more: Any
) -> Mapping[str, bytes]:
    """Every feed of the site of these entries."""
    return render_feeds(catalogue(entries), FACTS, settings, **more)


def _no_intro(kind: str, slug: str) -> str:
    return ""
