"""What makes the pages of the kinds in :mod:`plugins.kinds`, but for those of posts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from plugins.catalogue.catalogue import series_facts
from plugins.catalogue.facts import Facts
from plugins.digests import digest
from plugins.discovery.redirects import alias_view
from plugins.feeds.subscribe import SUBSCRIBE_PATH, subscribe_view
from plugins.kinds import address
from plugins.pages.archive import archive_view, archive_year_views, search_page, term_index_views
from plugins.pages.contact import CONTACT_PATH, contact_page
from plugins.pages.heads import Heads
from plugins.pages.home import home_views
from plugins.pages.lists import RECENT_ON_NOT_FOUND, not_found_view, term_views
from plugins.pages.planned import PlannedPage, Planning
from plugins.pages.series import series_index_page, series_pages
from plugins.pages.sketch import Sketch, outward
from plugins.urls import file_of
from plugins.views import SubscribeView


def contact(site: Planning) -> Iterator[PlannedPage]:
    """The page with the form, where the site offers one and the writers have none there."""
    if page := contact_page(site.catalogue, site.facts, site.heads):
        yield PlannedPage(file_of(CONTACT_PATH), "page", page)


def home(site: Planning) -> Iterator[PlannedPage]:
    """The front page and those behind it."""
    for url, page in home_views(site.catalogue, site.facts, site.heads):
        yield PlannedPage(file_of(url), "home", page)


def archive(site: Planning) -> Iterator[PlannedPage]:
    """All years."""
    catalogue = site.catalogue
    counts = [(one.kind, one.term, len(one.entries)) for one in catalogue.groups()]
    make = partial(archive_view, catalogue, site.facts, site.heads)
    page = Sketch(digest(outward(catalogue.listed), counts), make)
    yield PlannedPage(file_of(site.facts.path(address("archive"))), "archive", page)


def archive_years(site: Planning) -> Iterator[PlannedPage]:
    """Each year."""
    for url, page in archive_year_views(site.catalogue, site.facts, site.heads):
        yield PlannedPage(file_of(url), "archive_year", page)


def subscribe(site: Planning) -> Iterator[PlannedPage]:
    """Every feed."""
    page = Sketch(digest(site.heads.feeds.feeds), partial(_subscribe, site.facts, site.heads))
    yield PlannedPage(file_of(site.facts.path(SUBSCRIBE_PATH)), "subscribe", page)


def _subscribe(facts: Facts, heads: Heads) -> SubscribeView:
    words = facts.words
    about = words.say("How to follow %(site)s, with every feed.", site=facts.name)
    head = heads.plain(facts.path(SUBSCRIBE_PATH), words.gettext("Subscribe"), about)
    return subscribe_view(heads.feeds, facts, head)


def series_index(site: Planning) -> Iterator[PlannedPage]:
    """All series."""
    catalogue = site.catalogue
    every = [series_facts(one) for one in catalogue.series]
    make = partial(series_index_page, catalogue, site.facts, site.heads)
    page = Sketch(digest(every, dict(catalogue.series_thumbs)), make)
    yield PlannedPage(file_of(site.facts.path(address("series_index"))), "series_index", page)


def series(site: Planning) -> Iterator[PlannedPage]:
    """Each series."""
    for url, page in series_pages(site.catalogue, site.facts, site.heads):
        yield PlannedPage(file_of(url), "series", page)


def search(site: Planning) -> Iterator[PlannedPage]:
    """The page that searches, where the site has a search."""
    if site.facts.pages.search:
        page = search_page(site.catalogue, site.facts, site.heads)
        yield PlannedPage(file_of(address("search")), "search", page)


def term_indexes(site: Planning) -> Iterator[PlannedPage]:
    """All categories, all tags and all authors."""
    for kind, groups in site.catalogue.by_kind():
        for url, page in term_index_views(kind, groups, site.facts, site.heads):
            yield PlannedPage(file_of(url), "term_index", page)


def terms(site: Planning) -> Iterator[PlannedPage]:
    """Each category, tag and author."""
    for group in site.catalogue.groups():
        for url, page in term_views(group, site.facts, site.heads):
            yield PlannedPage(file_of(url), "term", page)


def aliases(site: Planning) -> Iterator[PlannedPage]:
    """The pages at old addresses of posts."""
    catalogue, heads = site.catalogue, site.heads
    if not catalogue.redirects:
        return
    entries = {entry.post.source: entry for entry in catalogue.contents()}
    for moved in catalogue.redirects:
        if moved.save_as:
            entry = entries[moved.post.source]
            make = partial(alias_view, moved, entry.policy, heads.site, heads.canonical)
            page = Sketch(digest(moved.path, entry.outward), make, moved.post.lang)
            yield PlannedPage(moved.save_as, "alias", page)


def not_found(site: Planning) -> Iterator[PlannedPage]:
    """The page for addresses that do not exist."""
    recent = outward(site.catalogue.listed[:RECENT_ON_NOT_FOUND])
    make = partial(not_found_view, site.catalogue, site.facts, site.heads)
    yield PlannedPage(file_of(address("not_found")), "not_found", Sketch(digest(recent), make))
