"""The page plan: every page of the site as path, template and view. Pure: nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plugins.catalogue.catalogue import Catalogue, Entry
from plugins.catalogue.facts import Facts
from plugins.discovery.redirects import alias_view
from plugins.feeds.subscribe import SUBSCRIBE_PATH, subscribe_view
from plugins.pages.heads import Heads
from plugins.pages.lists import archive_view, home_views, not_found_view, term_views
from plugins.pages.post import page_view, post_view
from plugins.pages.series import series_index_page, series_pages
from plugins.urls import file_of
from plugins.views import View


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """One page: its file below the output folder, its template, its view, and its post, if any."""

    save_as: str
    template: str
    view: View
    entry: Entry | None = None


def plan(catalogue: Catalogue, facts: Facts, heads: Heads) -> Iterator[PlannedPage]:
    """Every page of the site, in the order of writing."""
    yield from _posts(catalogue, facts, heads)
    for entry in catalogue.pages:
        view = page_view(entry, facts, heads)
        yield PlannedPage(entry.post.save_as, entry.post.template or "page", view, entry)
    for url, home in home_views(catalogue, facts, heads):
        yield PlannedPage(file_of(url), "home", home)
    for group in catalogue.groups():
        for url, term in term_views(group, facts, heads):
            yield PlannedPage(file_of(url), "term", term)
    feeds = heads.plain(
        SUBSCRIBE_PATH, "Subscribe", f"How to follow {facts.name}, with every feed."
    )
    subscribe = subscribe_view(heads.feeds, facts, feeds)
    yield PlannedPage(file_of(SUBSCRIBE_PATH), "subscribe", subscribe)
    yield PlannedPage("archive/index.html", "archive", archive_view(catalogue, facts, heads))
    yield PlannedPage(
        "series/index.html", "series_index", series_index_page(catalogue, facts, heads)
    )
    for url, series in series_pages(catalogue, facts, heads):
        yield PlannedPage(file_of(url), "series", series)
    policies = {entry.post.source: entry.policy for entry in (*catalogue.entries, *catalogue.pages)}
    for moved in catalogue.redirects:
        if moved.save_as:
            alias = alias_view(moved, policies[moved.post.source], heads.site, heads.canonical)
            yield PlannedPage(moved.save_as, "alias", alias)
    yield PlannedPage("404.html", "not_found", not_found_view(catalogue, facts, heads))


def _posts(catalogue: Catalogue, facts: Facts, heads: Heads) -> Iterator[PlannedPage]:
    bios = {group.term.slug: group.intro for group in catalogue.authors}
    listed = catalogue.listed
    newer = dict(zip((e.post.source for e in listed[1:]), listed, strict=False))
    older = dict(zip((e.post.source for e in listed), listed[1:], strict=False))
    for entry in catalogue.entries:
        source = entry.post.source
        view = post_view(
            entry, facts, heads, bios, newer=newer.get(source), older=older.get(source)
        )
        yield PlannedPage(entry.post.save_as, entry.post.template or "post", view, entry)
