"""Files for crawlers and web servers: the sitemap, ``robots.txt`` and ``_redirects``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from plugins.canonical.policy import CanonicalSettings, for_path
from plugins.catalogue.catalogue import Catalogue, series_facts
from plugins.catalogue.settings import Edition
from plugins.catalogue.terms import edition_addresses, year_url
from plugins.digests import digest
from plugins.discovery.redirects import REDIRECTS, redirects_file
from plugins.discovery.robots import robots_txt
from plugins.discovery.sitemap import SitemapEntry, list_entry, post_entry, sitemap
from plugins.kinds import KINDS
from plugins.series.model import Series
from plugins.steps import Site, Task
from plugins.urls import moved

ROBOTS = "/robots.txt"


def crawl_files(
    catalogue: Catalogue,
    canonical: CanonicalSettings,
    lang: str,
    *,
    preview: bool,
    editions: Sequence[Edition] = (),
    places: Mapping[str, str] | None = None,
    feeds: Mapping[str, str] | None = None,
) -> Mapping[str, bytes]:
    """The files by their path below the output folder. ``lang`` is the site's language.

    ``places`` are those of lists that were moved (``PageSettings.moved``), ``feeds`` the same of
    feeds.

    A ``robots.txt`` of the writers' own takes the place of ours.
    """
    own_robots = any(url == ROBOTS for _, url in catalogue.statics)
    texts = {} if own_robots else {"robots.txt": robots_txt(canonical.site_url, preview=preview)}
    if lines := redirects_file(catalogue.redirects, canonical.site_url, feeds or {}):
        texts[REDIRECTS] = lines
    entries = [
        *_contents(catalogue, lang),
        *_lists(catalogue, canonical, places or {}),
        *_editions(catalogue, canonical, editions, places or {}),
    ]
    return {
        **sitemap(entries, canonical.site_url),
        **{name: text.encode("utf-8") for name, text in texts.items()},
    }


def _contents(catalogue: Catalogue, lang: str) -> Iterator[SitemapEntry]:
    """Posts and pages that are to be found here."""
    links = catalogue.translations(lang)
    for entry in catalogue.contents():
        made = post_entry(entry.post, entry.policy, links.get(entry.post.source, ()))
        if made:
            yield made


def _lists(
    catalogue: Catalogue, canonical: CanonicalSettings, places: Mapping[str, str]
) -> Iterator[SitemapEntry]:
    """Home, archive and its years, series, categories, tags, authors: the first page of each list."""
    listed = [entry.post for entry in catalogue.listed]
    groups = [(group.url, [entry.post for entry in group.entries]) for group in catalogue.groups()]
    series = [(one.url, _posts_of(one)) for one in catalogue.series]
    every_part = [post for _, posts in series for post in posts]
    years = catalogue.by_year()
    shown = {"posts": listed, "parts": every_part, "undated": ()}
    empty = {f"/{kind}/" for kind, own in catalogue.by_kind() if not own}
    fixed = [(url, shown[kind.sitemap]) for kind in KINDS if kind.sitemap for url in kind.addresses]
    for url, posts in [
        *(pair for pair in fixed if pair[0] not in empty),
        *((year_url(year), [entry.post for entry in some]) for year, some in years.items()),
        *groups,
        *series,
    ]:
        made = list_entry(for_path(moved(url, places), canonical), posts)
        if made:
            yield made


def _editions(
    catalogue: Catalogue,
    canonical: CanonicalSettings,
    editions: Sequence[Edition],
    places: Mapping[str, str],
) -> Iterator[SitemapEntry]:
    """The lists of each language that has its own."""
    for edition in editions:
        listed = [entry.post for entry in catalogue.edition(edition.speaks).listed]
        for url in edition_addresses(listed, [edition], places):
            made = list_entry(for_path(url, canonical), listed)
            if made:
                yield made


def _posts_of(series: Series) -> list[Any]:
    return [part.post for part in series.parts if part.post]


def tasks(site: Site) -> Iterator[Task]:
    """One task: all these files together."""
    catalogue, canonical = site.catalogue, site.settings["CANONICAL"]
    lang, preview = site.settings["DEFAULT_LANG"], bool(site.settings["PREVIEW"])
    feeds = site.settings.get("FEEDS")
    told = feeds.moved if feeds else {}
    inputs = digest(
        [entry.outward for entry in catalogue.contents()],
        [series_facts(one) for one in catalogue.series],
        [url for _, url in catalogue.statics if url == ROBOTS],
        catalogue.redirects,
        preview,
        told,
    )

    def make() -> Iterator[tuple[str, bytes]]:
        pages = site.settings["PAGES"]
        yield from crawl_files(
            catalogue,
            canonical,
            lang,
            preview=preview,
            editions=pages.editions,
            places=pages.moved,
            feeds=told,
        ).items()

    yield Task("crawling", inputs, make, texts=())


def register() -> None:
    """Connect to Pelican, where there is nothing to connect: the build asks for ``tasks``."""
