"""The addresses of lists and the fixed pages: what links may lead to, and no post may have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from plugins.catalogue.facts import edition_prefix
from plugins.catalogue.settings import Edition
from plugins.kinds import address, fixed, in_editions
from plugins.post import Post

FIXED_PAGES = (*(url for url in fixed() if url.endswith("/")), "/sitemap.xml")
# Those of them that each edition has, below its language.
EDITION_PAGES = in_editions()


def year_url(year: int) -> str:
    """Root-relative URL of one year of the archive."""
    return f"{address('archive')}{year}/"


def edition_addresses(posts: Iterable[Post], editions: Iterable[Edition]) -> Iterator[str]:
    """The URLs of the lists of ``editions``, and of the years that each has posts of."""
    listed = [post for post in posts if post.kind == "post" and post.listed]
    for edition in editions:
        years = {year_url(post.date.year) for post in listed if edition.speaks(post.lang)}
        yield from (f"{edition_prefix(edition)}{url}" for url in (*EDITION_PAGES, *sorted(years)))


def term_addresses(posts: Iterable[Post], editions: Iterable[Edition] = ()) -> Mapping[str, str]:
    """URL by URL, and by Pelican's own forms (``{tag}name``, ``{category}name``, ``{author}name``)."""
    posts = [post for post in posts if post.kind == "post" and post.listed]
    lists = (*(year_url(post.date.year) for post in posts), *edition_addresses(posts, editions))
    places = {url: url for url in (*FIXED_PAGES, *lists)} | {"{index}": "/"}
    for kind, name, slug in dict.fromkeys(_terms(posts)):
        url = f"/{kind}/{slug}/"
        places |= {url: url, f"{{{kind}}}{name}": url, f"{{{kind}}}{slug}": url}
    return places


def _terms(posts: Iterable[Post]) -> Iterator[tuple[str, str, str]]:
    for post in posts:
        if post.category:
            yield "category", post.category.name, post.category.slug
        yield from (("tag", tag.name, tag.slug) for tag in post.tags)
        yield from (("author", person.name, person.slug) for person in post.authors)
