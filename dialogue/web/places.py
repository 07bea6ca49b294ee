"""Addresses that answers lead to: made of stored data only, and always on this site."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from thread.model import Target


def path_of(post: Target) -> str:
    """The root-relative address of a post, as a browser at this site needs it.

    The build wrote the URL; still it begins with exactly one slash, so that it can lead nowhere
    else, and has nothing in it that could end a header.
    """
    return "/" + quote(urlsplit(post.url).path.lstrip("/"), safe="/%:@!$&'()*+,;=-._~")


def receipt_path(token: str) -> str:
    """The page about one reply, for whoever wrote it."""
    return f"/dialogue/replies/{quote(token, safe='')}"
