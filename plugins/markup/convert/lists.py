"""Attribute lists of blocks: on a line of their own before or after one, or at its end."""

from __future__ import annotations

import html
import re

from plugins.markup.convert import attributes
from plugins.markup.convert.page import Page, Span

_LIST = rf"(?:{attributes.COLON.pattern}|{attributes.BARE.pattern.replace('said', 'bare')})"
# A line with attributes that is not indented, also in a quote.
_LEFT = re.compile(rb"(?:>[ ]?)*+\{")
_ALONE = re.compile(rf"\s*{_LIST}\s*")
_AT_END = re.compile(rf"(?<![ \t])[ \t]*+{_LIST}\s*+\Z")
_AT_START = re.compile(rf"\s*{attributes.COLON.pattern}[ \t]+")


def alone(page: Page, piece: str) -> attributes.Attributes | None:
    """The attributes where ``piece`` is nothing but a list."""
    found = _ALONE.fullmatch(piece) if "{" in piece else None
    return None if found is None else _read(page, found)


def take_at_end(page: Page, block: Span) -> None:
    """Give ``block``, a heading or a cell, the list its text ends with."""
    if not page.lists or len(page.out) <= block.place + 1:
        return
    found = _AT_END.search(page.out[-1]) if page.out[-1].endswith("}") else None
    if found:
        page.out[-1] = page.out[-1][: found.start()]
        block.add(_read(page, found))


def take_at_start(page: Page, block: Span) -> None:
    """Give ``block``, an item, kramdown's list at its beginning."""
    first = block.place + 1
    if page.lists and len(page.out) > first and (found := _AT_START.match(page.out[first])):
        page.out[first] = page.out[first][found.end() :]
        block.add(_read(page, found))


def take_lines(page: Page, block: Span, end: int) -> bool:
    """Give ``block``, a paragraph or item that ends at ``end``, the lists on lines of their own.

    Whether nothing is left of it, as the list was its whole text.
    """
    if not page.lists:
        return False
    out = page.out
    first, last = block.place + 1, len(out)
    # What is taken becomes empty: the places of other pieces are known already.
    while last > first + 2 and out[first + 1] == "\n" and (found := alone(page, out[first])):
        block.add(found)
        out[first] = out[first + 1] = ""
        first += 2
    while last > first + 2 and out[last - 2] == "\n" and (found := alone(page, out[last - 1])):
        _holder(page, block, end).add(found)
        out[last - 1] = out[last - 2] = ""
        last -= 2
    found = alone(page, out[first]) if last == first + 1 and block.name == "p" else None
    if found is None:
        return False
    _place(page, block, found)
    return True


def _holder(page: Page, block: Span, end: int) -> Span:
    """What a list below ``block`` is for: left of an item's text it is for the whole list."""
    data = page.parsed.data
    end = len(data[:end].rstrip())
    begins = data.rfind(b"\n", 0, end) + 1
    if not _LEFT.match(data, begins, end):
        return block
    at = page.blocks.index(block)
    while at and page.blocks[at].name in ("p", "li"):
        at -= 1
    return page.blocks[at] if page.blocks[at].name in ("ul", "ol") else block


def _place(page: Page, block: Span, found: attributes.Attributes) -> None:
    """Attributes alone in a paragraph are for the block above, if no blank line is between."""
    del page.out[block.place :]
    if "toc" in found:
        page.contents.append((page.out, len(page.out)))
        page.out.append("")
        return
    above = page.block
    if above is not None and above.out is page.out and block.attributes is not None:
        between = page.parsed.data[: page.start].rstrip(b" \t")
        if not between.endswith(b"\n\n") and above.end >= len(between) - 1:
            above.add(found)
            return
    page.pending = found


def _read(page: Page, found: re.Match[str]) -> attributes.Attributes:
    said = found["said"] if found["said"] is not None else found.groupdict().get("bare") or ""
    given = attributes.read(html.unescape(said), page.parsed.lists)
    if "id" in given:
        page.ids.add(given["id"])
    return given
