"""A block of text to HTML, where it is a paragraph, heading, list, quote, table or rule as usual.

A block is what stands between blank lines. As everywhere in our Markdown a heading may be in the
middle of one, and a list may follow a paragraph in the next line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from plugins.markup.quick.inline import IntricateError, image, inline

# How a line of a paragraph may not begin; a list may begin with some of it.
_NO_TEXT = re.compile(r"[\s#>+:=|-]|\*(?: |[* ]*$)|!!!|\?\?\?|\d+[.)](?:\s|$)")
_HEADING = re.compile(r"(?P<marks>#{1,6}) +(?P<text>[^#\s](?:[^#]*[^#\s])?) *")
_ITEM = re.compile(r"(?:(?P<mark>[-*+])|(?P<number>\d{1,9})\.) {1,4}(?P<text>\S.*)")
_RULES = ("---", "***", "___", "* * *", "- - -", "-----")
_DELIMITER = re.compile(r":?-+:?")


class Piece(NamedTuple):
    """One element: its kind and its HTML, or for a heading what is in it.

    ``level`` is that of a heading, from 1. A table's HTML has no element around it that scrolls.
    """

    kind: Literal["text", "heading", "list", "table"]
    html: str
    level: int = 0


def pieces(block: str) -> Iterator[Piece]:
    """The elements of ``block``; raises :class:`IntricateError`."""
    if "\t" in block:
        raise IntricateError
    if block[0].isalpha() and "\n" not in block:
        yield Piece("text", _paragraph(block))
        return
    if block in _RULES:
        yield Piece("text", "<hr>")
        return
    lines = block.split("\n")
    place = 0
    while place < len(lines):
        piece, place = _next(lines, place)
        yield piece


def _next(lines: Sequence[str], place: int) -> tuple[Piece, int]:
    """The element that begins at line ``place``, and the line behind it."""
    line = lines[place]
    if line[0] == "#":
        return _heading(line, alone=place + 1 == len(lines)), place + 1
    if line[0] == "|":
        return Piece("table", _table(lines[place:])), len(lines)
    if line[0] == ">":
        return _quote(lines, place)
    if _ITEM.fullmatch(line):
        return _list(lines, place)
    end = place
    while end < len(lines) and not _NO_TEXT.match(lines[end]):
        end += 1
    if end == place or (end < len(lines) and not _interrupts(lines[end])):
        raise IntricateError
    return Piece("text", _paragraph("\n".join(lines[place:end]))), end


def _interrupts(line: str) -> bool:
    """Whether a line may follow text without a blank line: a heading, or a list from 1."""
    item = _ITEM.fullmatch(line)
    return line[0] == "#" or bool(item and item["number"] in (None, "1"))


def _check_below(lines: Sequence[str], end: int) -> None:
    """Only a heading may follow a list or a quote at once; other lines would go on with it."""
    if end < len(lines) and lines[end][0] != "#":
        raise IntricateError


def _heading(line: str, *, alone: bool) -> Piece:
    found = _HEADING.fullmatch(line)
    if not found or ("|" in line and not alone):
        raise IntricateError
    return Piece("heading", inline(found["text"]), len(found["marks"]))


def _paragraph(text: str) -> str:
    if "|" in text and "\n" in text:
        raise IntricateError
    if figure := image(text.rstrip()):
        if text[-1].isspace():
            raise IntricateError
        return f"<figure>{figure[0]}<figcaption>{figure[1]}</figcaption></figure>"
    return f"<p>{inline(text)}</p>"


def _quote(lines: Sequence[str], place: int) -> tuple[Piece, int]:
    end = place
    while end < len(lines) and lines[end][0] == ">":
        end += 1
    _check_below(lines, end)
    quoted = lines[place:end]
    inner = "\n".join(line[2 if line[1:2] == " " else 1 :].rstrip() for line in quoted)
    paragraphs = []
    for block in inner.split("\n\n"):
        if any(_NO_TEXT.match(line or " ") for line in block.split("\n")):
            raise IntricateError
        paragraphs.append(_paragraph(block))
    return Piece("text", "\n".join(("<blockquote>", *paragraphs, "</blockquote>"))), end


def _list(lines: Sequence[str], place: int) -> tuple[Piece, int]:
    if place and not _interrupts(lines[place]):
        raise IntricateError
    items: list[re.Match[str]] = []
    end = place
    while end < len(lines) and (item := _ITEM.fullmatch(lines[end])):
        if items and bool(item["number"]) != bool(items[0]["number"]):
            raise IntricateError
        items.append(item)
        end += 1
    _check_below(lines, end)
    first = items[0]["number"]
    tag = "ul" if first is None else "ol"
    start = "" if first in (None, "1") else f' start="{first}"'
    return Piece("list", "\n".join((f"<{tag}{start}>", *map(_item, items), f"</{tag}>"))), end


def _item(item: re.Match[str]) -> str:
    text = item["text"]
    if _NO_TEXT.match(text) or text[-1].isspace():
        raise IntricateError
    return f"<li>{inline(text)}</li>"


def _table(lines: Sequence[str]) -> str:
    rows = [_cells(line) for line in lines]
    if len(rows) < 2 or len(rows[0]) < 2 or any(len(row) != len(rows[0]) for row in rows):
        raise IntricateError
    classes = [_alignment(cell) for cell in rows[1]]
    head = _row(rows[0], [f'<th{one} scope="col">' for one in classes], "</th>")
    cells = [f"<td{one}>" for one in classes]
    body = [_row(row, cells, "</td>") for row in rows[2:]]
    if not body:
        raise IntricateError
    lines = ("<table>\n<thead>", head, "</thead>\n<tbody>", *body, "</tbody>\n</table>")
    return "\n".join(lines)


def _cells(line: str) -> list[str]:
    if len(line) < 2 or line[0] != "|" or line[-1] != "|" or "\\" in line or "`" in line:
        raise IntricateError
    return [cell.strip(" ") for cell in line[1:-1].split("|")]


def _alignment(cell: str) -> str:
    if not _DELIMITER.fullmatch(cell):
        raise IntricateError
    side = {(True, True): "center", (True, False): "left", (False, True): "right"}.get(
        (cell[0] == ":", cell[-1] == ":")
    )
    return f' class="align-{side}"' if side else ""


def _row(cells: Sequence[str], openings: Sequence[str], closing: str) -> str:
    written = (
        f"{opening}{inline(cell)}{closing}" for opening, cell in zip(openings, cells, strict=True)
    )
    return "\n".join(("<tr>", *written, "</tr>"))
