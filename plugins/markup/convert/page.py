"""The page under construction: HTML in pieces, what is open, and what the text says of itself."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pyromark import reference_definitions

from plugins.errors import Problem
from plugins.markup.convert.attributes import Attributes, merge, opening
from plugins.markup.convert.elements import RawTag
from plugins.markup.convert.parsing import Event, Parsed
from plugins.markup.highlighting import Highlighter
from plugins.markup.settings import MarkupSettings
from plugins.post import Link

Pieces = list[str]


@dataclass(slots=True)
class Span:
    """An element that was written: its start tag is piece ``place`` of ``out``.

    ``end`` is the offset in the source where it ends, -1 while it is open.
    """

    name: str
    place: int
    attributes: Attributes
    out: Pieces
    end: int = -1
    # What belongs to the same piece as the start tag.
    suffix: str = ""

    def add(self, more: Mapping[str, str]) -> None:
        """Give the element more attributes."""
        merge(self.attributes, more)
        self.out[self.place] = opening(self.name, self.attributes) + self.suffix


@dataclass(frozen=True, slots=True)
class Title:
    """A heading as it was written: ``level`` as in the source."""

    level: int
    block: Span
    last: int


@dataclass(slots=True)
class Notes:
    """The footnotes: their texts by label, and the references to them in order."""

    texts: dict[str, Pieces] = field(default_factory=dict)
    references: list[tuple[str, Pieces, int]] = field(default_factory=list)
    open: list[tuple[str, Pieces]] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """The table that is being written: the class of each column, and where we are in it."""

    columns: Sequence[str]
    box: int
    cell: int = 0
    in_head: bool = False
    head: int = 0
    has_body: bool = False


@dataclass(slots=True)
class Page:
    """All that the handlers of events share. ``out`` is where the next piece of HTML goes.

    ``triggers`` are the signs of text that may hold more than words; ``emoji`` replaces short names
    and ``short`` finds abbreviations, None where a text has nothing of it.
    """

    parsed: Parsed
    settings: MarkupSettings
    highlighter: Highlighter
    handle: Callable[[Event, Any], None]
    rest: Iterator[tuple[Event, Any]] = field(default_factory=lambda: iter(()))
    # Events that were taken from ``rest`` too early, where somebody looks at each of them.
    held: list[tuple[Event, Any]] | None = None
    triggers: Sequence[str] = ()
    emoji: Callable[[str], str] | None = None
    short: re.Pattern[str] | None = None
    lists: bool = False
    out: Pieces = field(default_factory=list)
    blocks: list[Span] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    # The last elements that were closed, and the attributes that the next block gets.
    block: Span | None = None
    span: Span | None = None
    image: Span | None = None
    pending: Attributes = field(default_factory=dict)
    in_link: int = 0
    nest: int = 0
    mark: tuple[Pieces, int, int] | None = None
    titles: list[Title] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    boxes: list[tuple[Pieces, int, int]] = field(default_factory=list)
    contents: list[tuple[Pieces, int]] = field(default_factory=list)
    # The places of blocks of code in ``main``; the text of all code; pieces of a writer's HTML.
    code: set[int] = field(default_factory=set)
    codes: list[str] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)
    notes: Notes = field(default_factory=Notes)
    ids: set[str] = field(default_factory=set)
    tags: list[RawTag] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    bare_images: list[tuple[Span, Link]] = field(default_factory=list)
    unnamed: list[Link] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    more: int | None = None
    newlines: Sequence[int] = ()
    definitions: dict[str, int] | None = None
    # Where the paragraph that is open begins in the source, and whether a task's label is open.
    start: int = 0
    label: bool = False
    main: Pieces = field(default_factory=list)

    def end_label(self) -> None:
        """Close the label of a task before the next block begins."""
        if self.label:
            self.label = False
            self.out.append("</label>")

    def fresh_line(self) -> None:
        """Begin a block on a line of its own."""
        if self.out and not self.out[-1].endswith("\n"):
            self.out.append("\n")

    def enter(self, name: str, given: Attributes | None = None) -> Span:
        """Open a block; it gets what an attribute list above it says."""
        if self.label:
            self.end_label()
        out = self.out
        if out and not out[-1].endswith("\n"):
            out.append("\n")
        if self.pending:
            given = given or {}
            merge(given, self.pending)
            self.pending = {}
        block = Span(name, len(out), given or {}, out)
        out.append(opening(name, given) if given else f"<{name}>")
        self.blocks.append(block)
        return block

    def leave(self, end: int) -> Span:
        """Close the block that was opened last; its end tag is not written."""
        block = self.blocks.pop()
        block.end = end
        self.block = block
        self.mark = None
        return block

    def line(self, offset: int, below: int = 0) -> int:
        """The line of the file at ``offset`` of the source, which is in bytes, or so many below it."""
        if not self.newlines:
            self.newlines = [found.start() for found in re.finditer(b"\n", self.parsed.data)] or (
                len(self.parsed.data) + 1,
            )
        return self.parsed.line(bisect_left(self.newlines, offset) + below)

    def defined(self, label: str, otherwise: int) -> int:
        """The offset of the definition of a reference."""
        if self.definitions is None:
            found = reference_definitions(self.parsed.data.decode())
            self.definitions = {
                " ".join(name.casefold().split()): one["span"]["start"]
                for name, one in found.items()
            }
        return self.definitions.get(" ".join(label.casefold().split()), otherwise)

    def problem(self, offset: int, message: str, hint: str, rule: str) -> None:
        """Note what is wrong at ``offset``."""
        self.problem_at(self.line(offset), message, hint, rule)

    def problem_at(self, line: int, message: str, hint: str, rule: str) -> None:
        """Note what is wrong in a line of the file."""
        self.problems.append(Problem(self.parsed.path, line, "body", message, hint, rule))
