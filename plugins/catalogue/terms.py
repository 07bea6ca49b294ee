"""The addresses of lists and the fixed pages: what links may lead to, and no post may have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from plugins.post import Post

FIXED_PAGES = (
    *("/", "/archive/", "/series/", "/category/", "/tag/", "/author/"),
    *("/subscribe/", "/sitemap.xml"),
)


def year_url(year: int) -> str:
    """Root-relative URL of one year of the archive."""
    return f"/archive/{year}/"


def term_addresses(posts: Iterable[Post]) -> Mapping[str, str]:
    """URL by URL, and by Pelican's own forms (``{tag}name``, ``{category}name``, ``{author}name``)."""
    posts = [post for post in posts if post.kind == "post" and post.listed]
    years = (year_url(post.date.year) for post in posts)
    places = {url: url for url in (*FIXED_PAGES, *years)} | {"{index}": "/"}
    for kind, name, slug in _terms(posts):
        url = f"/{kind}/{slug}/"
        places |= {url: url, f"{{{kind}}}{name}": url, f"{{{kind}}}{slug}": url}
    return places


def _terms(posts: Iterable[Post]) -> Iterator[tuple[str, str, str]]:
    for post in posts:
        if post.category:
            yield "category", post.category.name, post.category.slug
        yield from (("tag", tag.name, tag.slug) for tag in post.tags)
        yield from (("author", person.name, person.slug) for person in post.authors)
