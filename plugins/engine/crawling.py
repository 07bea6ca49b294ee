"""Files for crawlers and web servers: the sitemap, ``robots.txt`` and ``_redirects``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pelican.generators import ArticlesGenerator
from pelican.plugins import signals

from plugins.canonical.policy import CanonicalSettings, for_path
from plugins.catalogue.catalogue import Catalogue
from plugins.catalogue.terms import year_url
from plugins.discovery.redirects import REDIRECTS, redirects_file
from plugins.discovery.robots import robots_txt
from plugins.discovery.sitemap import SitemapEntry, list_entry, post_entry, sitemap
from plugins.series.model import Series


def crawl_files(
    catalogue: Catalogue, canonical: CanonicalSettings, lang: str, *, preview: bool
) -> Mapping[str, bytes]:
    """The files by their path below the output folder. ``lang`` is the site's language.

    A ``robots.txt`` of the writers' own takes the place of ours.
    """
    own_robots = any(url == "/robots.txt" for _, url in catalogue.statics)
    texts = {} if own_robots else {"robots.txt": robots_txt(canonical.site_url, preview=preview)}
    if catalogue.redirects:
        texts[REDIRECTS] = redirects_file(catalogue.redirects, canonical.site_url)
    entries = [*_contents(catalogue, lang), *_lists(catalogue, canonical)]
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


def _lists(catalogue: Catalogue, canonical: CanonicalSettings) -> Iterator[SitemapEntry]:
    """Home, archive and its years, series, categories, tags, authors: the first page of each list."""
    listed = [entry.post for entry in catalogue.listed]
    groups = [(group.url, [entry.post for entry in group.entries]) for group in catalogue.groups()]
    series = [(one.url, _posts_of(one)) for one in catalogue.series]
    every_part = [post for _, posts in series for post in posts]
    years = catalogue.by_year()
    for url, posts in [
        ("/", listed),
        ("/archive/", listed),
        ("/series/", every_part),
        ("/subscribe/", ()),
        *((f"/{kind}/", listed) for kind, own in catalogue.by_kind() if own),
        *((year_url(year), [entry.post for entry in some]) for year, some in years.items()),
        *groups,
        *series,
    ]:
        made = list_entry(for_path(url, canonical), posts)
        if made:
            yield made


def _posts_of(series: Series) -> list[Any]:
    return [part.post for part in series.parts if part.post]


def write_files(generator: ArticlesGenerator, writer: object) -> None:
    """Write the files when Pelican's posts are written; needs the catalogue of a Parley build."""
    del writer
    settings, catalogue = generator.settings, generator.context["catalogue"]
    files = crawl_files(
        catalogue,
        settings["CANONICAL"],
        settings["DEFAULT_LANG"],
        preview=bool(settings["PREVIEW"]),
    )
    for name, data in files.items():
        Path(settings["OUTPUT_PATH"], name).write_bytes(data)


def register() -> None:
    """Connect to Pelican."""
    signals.article_writer_finalized.connect(write_files)
