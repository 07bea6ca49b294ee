"""Who an entry is, for good: its id in every feed, whatever becomes of the post later.

The id is the post's ``uid`` if it has one, else a ``tag:`` URI (RFC 4151) of the publisher's
authority, the day of first publication and the oldest address the post is known by. So it depends
on no host, protocol, theme, title, text or time of building, and a post that moves with an alias
keeps it.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from plugins.canonical.addresses import quote_path
from plugins.errors import Problem
from plugins.feeds.settings import FeedSettings
from plugins.post import Post
from thread.text import clean

# Enough of RFC 3987 to tell an IRI from other text: a scheme, and nothing that cannot stand in it.
_IRI = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_ESCAPE = re.compile(r"%([0-9A-F]{2})")
_UNRESERVED = frozenset(string.ascii_letters + string.digits + "-._~")
_INDEX = re.compile(r"(?<=/)index\.html?$")


@dataclass(frozen=True, slots=True)
class Identity:
    """The two spellings of one identity: ``id`` is an IRI as Atom wants it, ``guid`` any text.

    They differ only for a ``uid`` that is no IRI, such as Ghost's: RSS and JSON Feed repeat it
    letter by letter, or subscribers would see all old posts again.
    """

    id: str
    guid: str


def identity(post: Post, settings: FeedSettings) -> Identity:
    """The identity of ``post``."""
    if post.uid and (uid := clean(post.uid).strip()):
        return Identity(uid if _IRI.fullmatch(uid) else _minted(uid, settings), uid)
    tag = f"tag:{settings.authority},{_day(post, settings)}:{_oldest_path(post)}"
    return Identity(tag, tag)


def feed_id(stem: str, settings: FeedSettings) -> str:
    """The id of the feed at ``stem`` ("feeds/all"): the same on every host and in all its pages."""
    return f"tag:{settings.authority},{settings.authority_date}:{quote_path(f'/{stem}')}"


def check(posts: Iterable[Post], settings: FeedSettings) -> Iterator[Problem]:
    """Yield a problem for each post whose identity is already another one's."""
    seen: dict[str, Post] = {}
    for post in sorted(posts, key=lambda post: post.source):
        found = identity(post, settings)
        for name in sorted({found.id, found.guid}):
            first = seen.setdefault(name, post)
            if first is not post:
                yield _clash(post, first, name)
                break


def _day(post: Post, settings: FeedSettings) -> str:
    """The day of first publication as written, or that of the authority where none was written.

    A day taken from git or from the file's time may differ in the next clone of the repository.
    """
    written = post.date_source in ("front matter", "file name")
    return post.date.date().isoformat() if written else settings.authority_date


def _oldest_path(post: Post) -> str:
    """The oldest address, so that ``/post``, ``/post/`` and ``/post/index.html`` are the same."""
    path = (post.aliases or (post.url,))[0]
    bare = _INDEX.sub("", path if path.startswith("/") else f"/{path}").rstrip("/")
    quoted = quote_path(clean(bare) or "/")
    return _ESCAPE.sub(_unescape, quoted) if "%" in quoted else quoted


def _unescape(found: re.Match[str]) -> str:
    char = chr(int(found[1], 16))
    return char if char in _UNRESERVED else found[0]


def _minted(uid: str, settings: FeedSettings) -> str:
    return f"tag:{settings.authority},{settings.authority_date}:uid:{quote_path(uid)}"


def _clash(post: Post, first: Post, name: str) -> Problem:
    field = "uid" if post.uid else "aliases" if post.aliases else "file"
    where = f"{first.source}:{first.line_of('uid' if first.uid else 'aliases')}"
    return Problem(
        post.source,
        post.line_of(field),
        field,
        f"the feed entry would have the id {name!r}, which is that of {where}",
        "give this post a uid of its own" if field != "uid" else "change one of the two",
        "feed-id-taken",
    )
