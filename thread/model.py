"""What replies are: one reply, the thread of a post, and the post itself as replies know it.

Values are frozen and made of plain types. Whatever they hold came from a visitor or another site:
only ``Reply.html`` was sanitised, all else is plain text to be escaped where it is shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeGuard, get_args
from urllib.parse import urlsplit

Kind = Literal["reply", "mention", "like", "repost"]
Use = Literal["replies", "contact"]
KINDS: tuple[Kind, ...] = get_args(Kind)
# The words that are shown; the others only say who.
SPOKEN: frozenset[Kind] = frozenset({"reply", "mention"})

# The id stands in addresses, in feeds and in HTML: letters, digits, hyphen and underscore do so
# everywhere as they are.
ID = re.compile(r"[A-Za-z0-9_-]{1,80}")


@dataclass(frozen=True, slots=True)
class Reply:
    """An approved reply to a post, or what another site's page did with it.

    ``id`` is its lasting name within the site and matches :data:`ID`. ``author`` and ``note`` are
    plain text, ``note`` what a moderator says about an edit. ``url`` is the author's home page,
    empty where none was given; ``source`` the page of another site that the reply was found on,
    empty for one written here; both are http or https. ``date`` and ``edited`` are in UTC.
    ``html`` is its sanitised text. ``parent`` is the id of the reply it answers, None where it
    answers the post. ``by_author`` marks the reply of an author of the post. An ``erased`` reply
    keeps its place in the thread, and nothing that was said or by whom.
    """

    id: str
    kind: Kind
    author: str
    url: str
    date: datetime
    html: str
    parent: str | None
    by_author: bool
    source: str
    edited: datetime | None
    note: str
    erased: bool

    @property
    def anchor(self) -> str:
        """The reply's id on the page, apart from those that headings and footnotes have there."""
        return f"reply-{self.id}"


@dataclass(frozen=True, slots=True)
class Thread:
    """All approved replies to the post with the id ``target``, in no order that means anything.

    ``version`` counts what was ever published of it: 0 is nothing yet, higher is newer.
    """

    target: str
    version: int
    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """A post that can be answered, as the build says in public.

    ``id`` outlives a move of the post: its oldest path without the slashes around it. ``url`` is
    its absolute production URL, ``path`` the root-relative one below the site's root; ``file``
    is the page below the output folder, ``feeds`` the paths of its reply feeds below it, which
    exist once there was a reply. ``open`` says that it takes new replies, and ``closes`` until when
    it does. ``authors`` are the names of those who wrote it, ``entry`` its id in feeds,
    ``aliases`` the paths it had between the oldest and that of today.
    """

    id: str
    url: str
    path: str
    title: str
    lang: str
    file: str
    feeds: tuple[str, ...]
    open: bool
    authors: tuple[str, ...]
    closes: datetime | None = None
    entry: str = ""
    aliases: tuple[str, ...] = ()

    def takes_replies(self, now: datetime) -> bool:
        """Whether it takes new replies at the moment ``now``."""
        return self.open and (self.closes is None or now < self.closes)


@dataclass(frozen=True, slots=True)
class Site:
    """What all posts of a site have in common.

    ``url`` is the site's absolute URL without a slash at the end, ``lang`` its language, ``zone``
    the IANA name of the time zone its dates are shown in. ``tag`` begins the ids of replies in
    feeds ("tag:blog.example.com,2026-01-01"), ``hub`` is the URL of a WebSub hub, if any.
    ``service`` is where the dialogue service is mounted, ``depth`` how deep threads are shown
    nested, and ``ways`` how readers answer and write, in the words of :mod:`thread.ways`.
    """

    name: str
    url: str
    lang: str
    zone: str = "UTC"
    tag: str = ""
    hub: str = ""
    service: str = "/dialogue/"
    depth: int = 4
    ways: tuple[Way, ...] = ()

    @property
    def base(self) -> str:
        """The path part of the address: empty, or "/blog"."""
        return urlsplit(self.url).path.rstrip("/")


@dataclass(frozen=True, slots=True)
class Way:
    """A way for readers to answer in public (``use`` is "replies") or to write to the site.

    ``name`` is that of an adapter, ``options`` its settings as pairs of field and value.
    """

    use: Use
    name: str
    options: tuple[tuple[str, str], ...] = ()


def is_kind(text: object) -> TypeGuard[Kind]:
    """Whether ``text`` names a kind of reply."""
    return text in KINDS
