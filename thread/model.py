"""What replies are: one reply, the thread of a post, and the post itself as replies know it.

Values are frozen and made of plain types. Whatever they hold came from a visitor or another site:
only ``Reply.html`` was sanitised, all else is plain text to be escaped where it is shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeGuard, get_args

Kind = Literal["reply", "mention", "like", "repost"]
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
    is the page below the output folder, ``feeds`` the paths of its reply feeds below it.
    ``open`` says that it takes new replies; ``authors`` are the names of those who wrote it.
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


@dataclass(frozen=True, slots=True)
class Site:
    """The site that posts are on: its name, its absolute URL without a slash at the end, its language."""

    name: str
    url: str
    lang: str


def is_kind(text: object) -> TypeGuard[Kind]:
    """Whether ``text`` names a kind of reply."""
    return text in KINDS
