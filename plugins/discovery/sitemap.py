"""The sitemap: every page that search engines should know, by sitemaps.org, with hreflang links.

Which pages belong in it is decided by the canonical policy. ``lastmod`` comes from what writers
wrote, never from the build, so an unchanged site has an unchanged sitemap.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from lxml import etree

from plugins.canonical.addresses import absolute
from plugins.canonical.policy import Policy
from plugins.post import GUESSED, Post
from plugins.views import AlternateView

PATH = "sitemap.xml"
# The protocol's limits for one file: URLs, and bytes before compression.
MAX_URLS = 50_000
MAX_BYTES = 50 * 1024 * 1024

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """One page: its absolute URL, when its content last changed, and its hreflang set.

    ``lastmod`` has a time zone. ``alternates`` are those of :mod:`plugins.canonical.alternates`.
    """

    loc: str
    lastmod: datetime | None = None
    alternates: tuple[AlternateView, ...] = ()


def post_entry(
    post: Post, policy: Policy, alternates: tuple[AlternateView, ...] = ()
) -> SitemapEntry | None:
    """The entry of a post or page; None where the policy keeps it out."""
    return SitemapEntry(policy.own_url, changed(post), alternates) if policy.in_sitemap else None


def list_entry(policy: Policy, posts: Iterable[Post]) -> SitemapEntry | None:
    """The entry of a list, as new as the newest of its ``posts``; None where it is kept out."""
    moments = filter(None, map(changed, posts))
    return SitemapEntry(policy.own_url, max(moments, default=None)) if policy.in_sitemap else None


def changed(post: Post) -> datetime | None:
    """When the post's content changed, by its writer's word or the history of its file.

    None where only the file's time or the beginning of a shallow clone is known: a fresh checkout
    would make every page look new.
    """
    if post.modified:
        return post.modified
    return None if post.date_source in GUESSED else post.date


def sitemap(
    entries: Iterable[SitemapEntry],
    site_url: str,
    *,
    max_urls: int = MAX_URLS,
    max_bytes: int = MAX_BYTES,
) -> Mapping[str, bytes]:
    """The sitemap's files by their path below the output folder.

    One ``sitemap.xml``; above a limit it becomes an index of ``sitemap-1.xml`` and so on. Sorted
    by URL, so the bytes depend on the pages only. Raises ValueError for a URL that comes twice and
    for a ``lastmod`` without time zone.
    """
    ordered = sorted(entries, key=lambda entry: entry.loc)
    for first, second in pairwise(ordered):
        if first.loc == second.loc:
            raise ValueError(f"{first.loc} is in the sitemap twice")
    slices = [ordered[at : at + max_urls] for at in range(0, len(ordered), max_urls)] or [[]]
    files = [file for part in slices for file in _files(part, max_bytes)]
    if len(files) == 1:
        return {PATH: files[0][1]}
    parts = {f"sitemap-{number}.xml": data for number, (_, data) in enumerate(files, start=1)}
    newest = [max(filter(None, (e.lastmod for e in part)), default=None) for part, _ in files]
    members = [
        SitemapEntry(absolute(site_url, f"/{name}"), lastmod)
        for name, lastmod in zip(parts, newest, strict=True)
    ]
    return {PATH: _document("sitemapindex", "sitemap", members), **parts}


def _files(
    entries: Sequence[SitemapEntry], max_bytes: int
) -> Iterator[tuple[Sequence[SitemapEntry], bytes]]:
    """``entries`` as documents of at most ``max_bytes``, halved until they fit."""
    data = _document("urlset", "url", entries)
    if len(data) <= max_bytes or len(entries) < 2:
        yield entries, data
        return
    half = len(entries) // 2
    yield from _files(entries[:half], max_bytes)
    yield from _files(entries[half:], max_bytes)


def _document(root_name: str, item_name: str, entries: Iterable[SitemapEntry]) -> bytes:
    names = {None: _SITEMAP, "xhtml": _XHTML} if root_name == "urlset" else {None: _SITEMAP}
    root = etree.Element(f"{{{_SITEMAP}}}{root_name}", nsmap=names)
    root.text = "\n"
    for entry in entries:
        item = etree.SubElement(root, f"{{{_SITEMAP}}}{item_name}")
        item.tail = "\n"
        etree.SubElement(item, f"{{{_SITEMAP}}}loc").text = entry.loc
        if entry.lastmod:
            etree.SubElement(item, f"{{{_SITEMAP}}}lastmod").text = _moment(entry.lastmod)
        for one in entry.alternates:
            link = {"rel": "alternate", "hreflang": one.lang, "href": one.url}
            etree.SubElement(item, f"{{{_XHTML}}}link", link)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def _moment(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    return moment.isoformat(timespec="seconds")
