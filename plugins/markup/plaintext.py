"""Titles and section headings of texts whose writer marked none.

A plain text says by its layout what it means: the first line is the title, and a short line
standing alone above text is a section heading. This module makes both explicit as Markdown, and
finds the title of Markdown bodies whose front matter names none. Line numbers never change: a
line that is taken out leaves an empty line behind.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from plugins.markup.inline_text import plain
from plugins.markup.markers import lift, read_line
from plugins.markup.source import Source, scan
from plugins.post import Marker

_LONGEST_TITLE = 150
_LONGEST_HEADING = 70
_MOST_WORDS = 12

_ATX = re.compile(
    r" {0,3}(?P<marks>#{1,6})[ \t]++"
    r"(?P<text>(?:[^ \t\n]++|[ \t]++(?!#*+[ \t]*+\Z))*+)(?:[ \t]++#++)?[ \t]*+"
)
_UNDERLINE = re.compile(r" {0,3}(?P<marks>=+|-{2,})[ \t]*")
# Lists, quotes, tables, HTML, images, rules, attribute lists and definitions are no titles.
_BLOCK = re.compile(r"[ ]{4}|\s*(?:[-*+•\u2013\u2014>|<=~:!$]|\d+[.)]\s|\[[^\]]*\]:|\{)")
_CLOSED = tuple(".:;,!?…\u3002\uff01\uff1f\uff1a\uff1b\u3001-\u2013\u2014&/\\=")
_CLOSERS = "\"'”’»›)]}*_"
_ADDRESS = re.compile(
    r"(?<!\S)(?=\S+?(?:://|@)\S|www\.\S|\S+?\.(?:com|org|net|io|co|uk|de)(?:/|(?!\S)))\S++", re.I
)
_DATE = re.compile(r"(?:\d{1,4}|[^\W\d_]{3,9})[ .,/-]+(?:\d{1,2}|[^\W\d_]{3,9})[ .,/-]+\d{2,4}")
_BYLINE = re.compile(r"(?:by|von|par|por|di|av)\s+\w", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PlainText:
    """A text without marked headings, understood.

    ``title`` is plain text, or ``""`` when the first line cannot be a title (``title_line`` is
    then the first line that says something). ``body`` is Markdown with as many lines as the text;
    ``markers`` are the series markers taken out of it.
    """

    title: str
    title_line: int
    body: str
    markers: tuple[Marker, ...] = ()


@dataclass(frozen=True, slots=True)
class FirstHeading:
    """A body's own title: its plain text, its line in the file, and the body without it."""

    text: str
    line: int
    body: str


def interpret(text: str, first_line: int = 1) -> PlainText:
    """Understand ``text``, which begins at ``first_line`` of its file and marks no title.

    Section headings are only inferred where the writer marked none.
    """
    around = lift(text, first_line)
    lines = around.text.split("\n")
    number = next((n for n, line in enumerate(lines) if line.strip()), 0)
    title = _as_title(lines[number])
    if title:
        lines[number] = ""
    below = lift("\n".join(lines), first_line)
    body = below.text if _headings(scan(text)) else _with_sections(below.text)
    markers = sorted((*around.markers, *below.markers), key=lambda marker: marker.line)
    return PlainText(title, first_line + number, body, tuple(markers))


def first_heading(text: str, first_line: int = 1) -> FirstHeading | None:
    """The heading that serves as the title of ``text``, a Markdown body, if there is one.

    That is a heading of any level on the first line that says something, else the first of level
    one. It is lifted out, except where several of level one divide a text that begins before
    them: then the first only lends its words.
    """
    source = scan(text)
    headings = _headings(source)
    top = next((n for n, line in enumerate(source.lines) if line.strip()), 0)
    ones = [heading for heading in headings if heading.level == 1]
    opening = next((heading for heading in headings if heading.first == top), None)
    chosen = opening or next(iter(ones), None)
    if chosen is None or not chosen.text:
        return None
    divides = chosen is not opening and len(ones) > 1
    body = text if divides else _without(text, chosen)
    return FirstHeading(chosen.text, first_line + chosen.first, body)


def drop_title(text: str, title: str) -> str:
    """``text`` without the level-one heading at its top when that repeats ``title``."""
    first, _, below = text.lstrip().partition("\n")
    if not (first.startswith("#") or below.lstrip(" ").startswith("=")):
        return text
    lines = text.split("\n")
    top = next((n for n, line in enumerate(lines) if line.strip()), 0)
    for heading in _headings(scan("\n".join(lines[: top + 2]))):
        if heading.first == top and heading.level == 1 and _key(heading.text) == _key(plain(title)):
            return _without(text, heading)
    return text


@dataclass(frozen=True, slots=True)
class _Heading:
    first: int
    last: int
    level: int
    text: str


def _headings(source: Source) -> list[_Heading]:
    """The ATX and setext headings outside code."""
    found = []
    for number, line in enumerate(source.lines):
        if number in source.code:
            continue
        if atx := _ATX.fullmatch(line):
            found.append(_Heading(number, number, len(atx["marks"]), plain(atx["text"])))
        elif number and (under := _UNDERLINE.fullmatch(line)) and _heads(source, number - 1):
            level = 1 if under["marks"][0] == "=" else 2
            text = plain(source.lines[number - 1])
            found.append(_Heading(number - 1, number, level, text))
    return found


def _heads(source: Source, number: int) -> bool:
    """Whether an underline below this line makes it a heading: python-markdown wants it alone."""
    line = source.lines[number]
    alone = number == 0 or not source.lines[number - 1].strip()
    return alone and bool(line.strip()) and number not in source.code and not _BLOCK.match(line)


def _without(text: str, heading: _Heading) -> str:
    lines = text.split("\n")
    lines[heading.first : heading.last + 1] = [""] * (heading.last + 1 - heading.first)
    return "\n".join(lines)


def _key(text: str) -> str:
    """``text`` for comparing: without case, marks of quotation, dashes and spaces."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in folded if char.isalnum())


def _as_title(line: str) -> str:
    emphasised = line.strip().startswith(("*", "_")) and not re.match(r"\s*[*_] ", line)
    title = plain(line)
    if len(title) > _LONGEST_TITLE or (_BLOCK.match(line) and not emphasised):
        return ""
    return title if any(char.isalnum() for char in title) else ""


def _with_sections(text: str) -> str:
    """``text`` with the lines that stand as section headings marked as such."""
    source = scan(text)
    blocks = _blocks(source)
    lines = text.split("\n")
    shaped = [_is_shaped(source, block) for block in blocks]
    for place, block in enumerate(blocks[:-1]):
        # Several short lines in a row are a list, an address or verse; a heading has text below.
        run = shaped[max(place - 2, 0) : place + 1]
        if shaped[place] and not shaped[place + 1] and run != [True, True, True]:
            lines[block.start] = f"## {lines[block.start].strip()}"
    return "\n".join(lines)


def _blocks(source: Source) -> list[range]:
    """The runs of lines between blank lines; a code block is one, blank lines in it or not."""
    blocks: list[range] = []
    for number, line in enumerate(source.lines):
        if not line.strip() and number not in source.code:
            continue
        if blocks and blocks[-1].stop == number:
            blocks[-1] = range(blocks[-1].start, number + 1)
        else:
            blocks.append(range(number, number + 1))
    return blocks


def _is_shaped(source: Source, block: range) -> bool:
    """Whether a block has the look of a heading: one short line that is not a sentence."""
    line = source.lines[block.start]
    said = line.strip()
    if len(block) != 1 or block.start in source.code or _BLOCK.match(line):
        return False
    words = plain(said)
    first = next((char for char in words if char.isalnum()), "")
    return (
        2 <= len(words) <= _LONGEST_HEADING
        and len(words.split()) <= _MOST_WORDS
        and not said.rstrip(_CLOSERS).endswith(_CLOSED)
        and any(char.isalpha() for char in words)
        and not first.islower()
        and "](" not in said
        and said.count("*") % 2 == 0
        and not any(pattern.fullmatch(words) for pattern in (_ADDRESS, _DATE))
        and not _BYLINE.match(words)
        and not read_line(said)
    )
