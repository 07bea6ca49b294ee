"""The addresses of lists and the fixed pages: what links may lead to, and no post may have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from plugins.catalogue.facts import edition_prefix
from plugins.catalogue.settings import Edition
from plugins.kinds import address, fixed, in_editions
from plugins.post import Post
from plugins.urls import moved

# The first step of lists that were moved, and where they are (PageSettings.moved).
Places = Mapping[str, str]
_USUAL: Places = MappingProxyType({})

FIXED_PAGES = (*(url for url in fixed() if url.endswith("/")), "/sitemap.xml")
# Those of them that each edition has, below its language.
EDITION_PAGES = in_editions()


def year_url(year: int) -> str:
    """Root-relative URL of one year of the archive."""
    return f"{address('archive')}{year}/"


def edition_addresses(
    posts: Iterable[Post], editions: Iterable[Edition], places: Places = _USUAL
) -> Iterator[str]:
    """The URLs of the lists of ``editions``, and of the years that each has posts of."""
    listed = [post for post in posts if post.kind == "post" and post.listed]
    for edition in editions:
        years = {year_url(post.date.year) for post in listed if edition.speaks(post.lang)}
        urls = (moved(url, places) for url in (*EDITION_PAGES, *sorted(years)))
        yield from (f"{edition_prefix(edition)}{url}" for url in urls)


def term_addresses(
    posts: Iterable[Post], editions: Iterable[Edition] = (), places: Places = _USUAL
) -> Mapping[str, str]:
    """URL by URL (where ``places`` say that the lists are), and by Pelican's own forms (``{tag}name``, ``{category}name``, ``{author}name``)."""
    posts = [post for post in posts if post.kind == "post" and post.listed]
    own = (*FIXED_PAGES, *(year_url(post.date.year) for post in posts))
    lists = (*(moved(url, places) for url in own), *edition_addresses(posts, editions, places))
    found = {url: url for url in lists} | {"{index}": "/"}
    for kind, name, slug in dict.fromkeys(_terms(posts)):
        url = moved(f"/{kind}/{slug}/", places)
        found |= {url: url, f"{{{kind}}}{name}": url, f"{{{kind}}}{slug}": url}
    return found


def _terms(posts: Iterable[Post]) -> Iterator[tuple[str, str, str]]:
    for post in posts:
        if post.category:
            yield "category", post.category.name, post.category.slug
        yield from (("tag", tag.name, tag.slug) for tag in post.tags)
        yield from (("author", person.name, person.slug) for person in post.authors)
