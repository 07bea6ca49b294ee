"""The page a post appeared on first: checked, written one way, and named for people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from plugins.canonical.addresses import site_label, web_url
from plugins.canonical.settings import CanonicalSettings
from plugins.errors import Problem, SiteError
from plugins.post import Original, Post


def check(posts: Iterable[Post], settings: CanonicalSettings) -> tuple[Problem, ...]:
    """What is wrong with the originals that posts name, one problem for each such post."""
    found = (_problem_of(post, settings) for post in posts)
    return tuple(problem for problem in found if problem)


def settled(post: Post, settings: CanonicalSettings) -> Original | None:
    """The post's original with its URL in one spelling and its site named.

    The name is the writer's, else the host. Raises :class:`SiteError` where :func:`check` has a
    problem with the post.
    """
    if post.original is None:
        return None
    if problem := _problem_of(post, settings):
        raise SiteError([problem])
    url = web_url(post.original.url)
    name = " ".join((post.original.site or "").split())
    return replace(post.original, url=url, site=name or site_label(url))


def original_from_body(
    url: str, settings: CanonicalSettings, *, path: str, line: int
) -> Original | Problem:
    """The original that the body links to ("View original post"), or what is wrong with the link.

    ``path`` and ``line`` say where the link stands.
    """
    if fault := _fault(url, settings):
        return _problem(path, line, "body", url, fault)
    return Original(web_url(url))


def _problem_of(post: Post, settings: CanonicalSettings) -> Problem | None:
    if post.original is None:
        return None
    url = post.original.url
    fault = _fault(url, settings)
    return (
        _problem(post.source, post.line_of("original"), "original", url, fault) if fault else None
    )


def _problem(path: str, line: int, field: str, url: str, fault: str) -> Problem:
    hint = "give the full address of the page it appeared on first, or remove it"
    return Problem(path, line, field, f"the URL {url!r} {fault}", hint, "original-url")


def _fault(url: str, settings: CanonicalSettings) -> str | None:
    """Why ``url`` cannot be the original of a page of ours, or None."""
    try:
        address = web_url(url)
    except ValueError as error:
        return str(error)
    return "is on this site itself" if settings.is_ours(address) else None
