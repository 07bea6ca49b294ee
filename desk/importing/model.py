"""What an import is made of: the old site, its pages, and what became of each file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Result = Literal["converted", "converted with notes", "copied", "refused"]
# "sure": the words and the meaning are the same; "guess": a person should look at it.
Sure = Literal["sure", "guess", "lost"]


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """Something that was written otherwise: the line of the old file, of what kind, and what."""

    line: int
    kind: str
    what: str
    sure: Sure = "guess"


@dataclass(frozen=True, slots=True)
class Page:
    """A post or a page: its old file, its new one below ``content``, its fields and its Markdown."""

    source: str
    target: str
    fields: Mapping[str, Any]
    body: str
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that is copied as it is, from below the old site to below ``content``."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not taken over, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Used:
    """A file whose values went into others, such as the settings; ``notes`` are of what did not."""

    source: str
    target: str
    notes: tuple[Note, ...] = ()


Item = Page | Asset | Refusal | Used


@dataclass(frozen=True, slots=True)
class Facts:
    """What the old settings say of the site; empty where they say nothing.

    ``feeds`` are the paths of its feeds, each with that of ours with the same posts. ``files`` are
    those that all of this was read from.
    ``tags`` is what the new settings say of its own shortcodes: :mod:`desk.importing.own_tags`.
    """

    title: str = ""
    subtitle: str = ""
    url: str = ""
    base: str = ""
    timezone: str = ""
    language: str = ""
    permalink: str = ""
    menu: tuple[tuple[str, str], ...] = ()
    feeds: Mapping[str, str] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)
    files: frozenset[str] = frozenset()
