"""The files for crawlers: which lists of the site the sitemap knows."""

from __future__ import annotations

from datetime import UTC, datetime

from lxml import etree

from plugins.engine.crawling import crawl_files
from plugins.post import Term
from tests.plugins.examples import CANONICAL, SITE, an_entry
from tests.plugins.pages.sites import a_catalogue


def dates(*entries: object) -> dict[str, str | None]:
    """The last change of each page in the sitemap, by its path."""
    files = crawl_files(a_catalogue(entries), CANONICAL, "en", preview=False)  # type: ignore[arg-type]
    urls = etree.fromstring(files["sitemap.xml"])
    return {
        str(url.findtext("{*}loc")).removeprefix(SITE): url.findtext("{*}lastmod") for url in urls
    }


def test_years_and_lists_of_terms_are_in_the_sitemap() -> None:
    """Every year with posts, and the kinds that have terms, each as new as its newest post."""
    old, new = (datetime(year, 3, 1, tzinfo=UTC) for year in (2024, 2026))
    found = dates(an_entry("old", date=old), an_entry("new", date=new, tags=(Term("A", "a"),)))
    assert found["/archive/2024/"] == "2024-03-01T00:00:00+00:00"
    assert found["/archive/2026/"] == found["/tag/"] == "2026-03-01T00:00:00+00:00"
    assert "/archive/2025/" not in found
    assert not {"/category/", "/author/"} & set(found)
