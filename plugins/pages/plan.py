"""The page plan: every page of the site as path, template and view. Pure: nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plugins.catalogue.catalogue import Catalogue, Entry
from plugins.catalogue.facts import Facts
from plugins.discovery.redirects import alias_view
from plugins.feeds.subscribe import SUBSCRIBE_PATH, subscribe_view
from plugins.pages.archive import archive_view, archive_year_views, term_index_views
from plugins.pages.heads import Heads
from plugins.pages.home import home_views
from plugins.pages.lists import not_found_view, term_views
from plugins.pages.post import Beside, page_view, post_view
from plugins.pages.related import relate
from plugins.pages.series import series_index_page, series_pages
from plugins.urls import file_of
from plugins.views import View


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """One page: its file below the output folder, its template, its view, and its post, if any.

    ``lang`` is the language it is in; empty for the site's.
    """

    save_as: str
    template: str
    view: View
    entry: Entry | None = None
    lang: str = ""


def plan(catalogue: Catalogue, facts: Facts, heads: Heads) -> Iterator[PlannedPage]:
    """Every page of the site, in the order of writing."""
    yield from _posts(catalogue, facts, heads)
    for entry in catalogue.pages:
        view = page_view(entry, facts, heads)
        yield PlannedPage(entry.post.save_as, entry.post.template or "page", view, entry, view.lang)
    for url, home in home_views(catalogue, facts, heads):
        yield PlannedPage(file_of(url), "home", home)
    yield from _lists(catalogue, facts, heads)
    words = facts.words
    about = words.say("How to follow %(site)s, with every feed.", site=facts.name)
    head = heads.plain(SUBSCRIBE_PATH, words.gettext("Subscribe"), about)
    subscribe = subscribe_view(heads.feeds, facts, head)
    yield PlannedPage(file_of(SUBSCRIBE_PATH), "subscribe", subscribe)
    yield PlannedPage(
        "series/index.html", "series_index", series_index_page(catalogue, facts, heads)
    )
    for url, series in series_pages(catalogue, facts, heads):
        yield PlannedPage(file_of(url), "series", series, lang=series.lang)
    policies = {entry.post.source: entry.policy for entry in catalogue.contents()}
    for moved in catalogue.redirects:
        if moved.save_as:
            alias = alias_view(moved, policies[moved.post.source], heads.site, heads.canonical)
            yield PlannedPage(moved.save_as, "alias", alias, lang=moved.post.lang)
    yield PlannedPage("404.html", "not_found", not_found_view(catalogue, facts, heads))


def _lists(catalogue: Catalogue, facts: Facts, heads: Heads) -> Iterator[PlannedPage]:
    """The archive with its years; all categories, tags and authors, and each of them."""
    yield PlannedPage("archive/index.html", "archive", archive_view(catalogue, facts, heads))
    for url, year in archive_year_views(catalogue, facts, heads):
        yield PlannedPage(file_of(url), "archive_year", year)
    for kind, groups in catalogue.by_kind():
        for url, index in term_index_views(kind, groups, facts, heads):
            yield PlannedPage(file_of(url), "term_index", index)
    for group in catalogue.groups():
        for url, term in term_views(group, facts, heads):
            yield PlannedPage(file_of(url), "term", term, lang=term.lang)


def _posts(catalogue: Catalogue, facts: Facts, heads: Heads) -> Iterator[PlannedPage]:
    bios = {group.term.slug: group.intro for group in catalogue.authors}
    listed = catalogue.listed
    newer = dict(zip((e.post.source for e in listed[1:]), listed, strict=False))
    older = dict(zip((e.post.source for e in listed), listed[1:], strict=False))
    related = relate(catalogue.entries)
    for entry in catalogue.entries:
        source = entry.post.source
        beside = Beside(newer.get(source), older.get(source), related[source])
        view = post_view(entry, facts, heads, bios, beside)
        yield PlannedPage(entry.post.save_as, entry.post.template or "post", view, entry, view.lang)
