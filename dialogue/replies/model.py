"""A reply as the service keeps it: what was said, by whom, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from thread.model import Kind


class State(StrEnum):
    """What became of a reply. Only an approved one is ever shown to anybody but moderators."""

    HELD = "held"
    APPROVED = "approved"
    REJECTED = "rejected"
    SPAM = "spam"
    ERASED = "erased"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReply:
    """A reply to be stored. ``html`` was sanitised, ``created`` is aware.

    ``digest`` is the same for replies that are the same (None: not compared), ``address`` the
    trace of the writer's network, ``reasons`` what made the guard suspicious.
    """

    id: str
    target: str
    author: str
    text: str
    html: str
    created: datetime
    state: State = State.HELD
    parent: str | None = None
    url: str = ""
    email: str | None = None
    kind: Kind = "reply"
    by_author: bool = False
    source: str = ""
    digest: str | None = None
    address: str | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored(NewReply):
    """A reply as it is in the database. ``verified`` is when its e-mail address was."""

    depth: int
    note: str
    verified: datetime | None
    edited: datetime | None
    decided: datetime | None


@dataclass(frozen=True, slots=True)
class Held:
    """What became of a reply that was handed in.

    ``reply`` is what is stored now. ``fresh`` is False where this very reply had been stored
    before; ``twin`` is True where somebody handed in the same words before: theirs is kept, and
    whoever sent these has no right to it.
    """

    reply: Stored
    fresh: bool
    twin: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """What a page of another site did with a post: answered, mentioned, liked or reposted it.

    ``source`` is that page; with ``target`` it names the mention. ``html`` was sanitised.
    """

    target: str
    source: str
    kind: Kind
    author: str
    url: str
    text: str
    html: str
    date: datetime
    parent: str | None = None
    reasons: tuple[str, ...] = ()


class ParentError(Exception):
    """The reply answers one that is not there for everybody to read, or is too deep in a thread."""
