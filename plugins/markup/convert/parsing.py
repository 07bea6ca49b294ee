"""A text as the events of the parser, pulldown-cmark: CommonMark with GitHub's extensions.

What the parser reads in another way than we do is replaced, byte for byte, by a character that
no text can hold, and put back in its events: then every offset is one of the writer's own text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyromark
from pyromark import Options

from plugins.markup.convert.addresses import has_marks_in_addresses, in_addresses
from plugins.markup.convert.formulas import has_formulas, is_formula, prepared

Event = Any
Span = Any

_BASE = (
    Options.ENABLE_TABLES
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_TASKLISTS
)
# The parser takes any colon at the beginning of a line for a definition; it is one before a space.
_DEFINITION = re.compile(r"\n[ \t>]*:[ \t]")
_NO_DEFINITION = re.compile(r"^([ \t>]*):(?=[^\s])", re.MULTILINE)
# Of the few ASCII characters that no text may hold, one for each that is hidden from the parser.
HIDDEN = {ord("$"): 0x10, ord("*"): 0x11, ord("_"): 0x12, ord("~"): 0x13, ord("\n"): 0x14}
_SHOWN = {hidden: chr(char) for char, hidden in HIDDEN.items()}
_MOST_ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Given:
    """A text to convert: ``numbers`` are the lines of the file its lines come from.

    ``abbreviations`` are explained wherever they stand; ``lists`` are attribute lists with a name.
    """

    text: str
    path: str
    numbers: Sequence[int]
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Parsed:
    """The events of a text with their spans in ``data``, which are its bytes.

    ``inline`` are the offsets of formulas within a line that are not written between dollars.
    """

    data: bytes
    events: Iterable[tuple[Event, Span]]
    path: str
    numbers: Sequence[int]
    inline: frozenset[int]
    abbreviations: Mapping[str, str]
    lists: Mapping[str, str]

    def line(self, number: int) -> int:
        """The line of the file that line ``number`` of the text, from 0, was made from."""
        return self.numbers[min(number, len(self.numbers) - 1)]


def parse(given: Given, *, smart: bool, dollars: bool) -> Parsed:
    """Read a text; with ``smart`` quotation marks, and formulas in single ``dollars``."""
    options = _BASE | (Options.ENABLE_SMART_PUNCTUATION if smart else Options(0))
    text = given.text
    if _DEFINITION.search(text):
        options |= Options.ENABLE_DEFINITION_LIST
        text = _NO_DEFINITION.sub(r"\1\\:", text)
    data = text.encode()
    seen, inline = data, frozenset[int]()
    formulas = has_formulas(data, dollars=dollars)
    if formulas:
        seen, inline = prepared(data)
        options |= Options.ENABLE_MATH
    events: Iterable[tuple[Event, Span]] = _events(text if seen is data else seen.decode(), options)
    addresses = has_marks_in_addresses(data)
    for _ in range(_MOST_ROUNDS if formulas or addresses else 0):
        events = list(events)
        wrong = set(in_addresses(seen, events)) if addresses else set()
        if formulas:
            wrong.update(_misread(events, inline, dollars=dollars))
        if not wrong:
            break
        seen = _hidden(seen, wrong)
        events = _events(seen.decode(), options)
    if seen is not data:
        events = (_shown(event, span) for event, span in events)
    return Parsed(data, events, given.path, given.numbers, inline, given.abbreviations, given.lists)


def _events(text: str, options: Options) -> Iterator[tuple[Event, Span]]:
    return pyromark.events_with_range(text, options=options)


def _hidden(data: bytes, places: Iterable[int]) -> bytes:
    """``data`` with the signs at ``places`` out of sight."""
    changed = bytearray(data)
    for place in places:
        changed[place] = HIDDEN.get(data[place], data[place])
    return bytes(changed)


def _misread(
    events: Sequence[tuple[Event, Span]], inline: frozenset[int], *, dollars: bool
) -> Iterator[int]:
    """The offsets of dollars that are no marks of a formula."""
    for event, span in events:
        if type(event) is not dict:
            continue
        written = event.get("InlineMath")
        if written is not None and not (dollars and is_formula(written)):
            yield from (span["start"], span["end"] - 1)
        written = event.get("DisplayMath")
        if written is not None and span["start"] not in inline and not is_formula(written):
            yield from (span["start"], span["start"] + 1, span["end"] - 2, span["end"] - 1)


_CHANGED = re.compile("[\x10-\x14]")


def _shown(event: Event, span: Span) -> tuple[Event, Span]:
    """The event with what was hidden in it."""
    if type(event) is dict:
        ((kind, value),) = event.items()
        if type(value) is str and _CHANGED.search(value):
            return {kind: value.translate(_SHOWN)}, span
    return event, span
