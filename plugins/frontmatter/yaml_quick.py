"""YAML front matter as nearly everybody writes it, read line by line; the rest is for the parser.

A line is ``name: value``, where the value is one line of text, plain or in quotes, or a list in
brackets; or ``name:`` with the items of a list below it. The result is that of the parser: tests
compare the two. Where a line is anything else, or anything is wrong, nothing is read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from plugins.frontmatter.fields import match
from plugins.frontmatter.table import Table
from plugins.frontmatter.values import Fault
from plugins.frontmatter.yaml_scalars import plain_value, text_value

# Printable characters that mean nothing to YAML inside a line of text, but for quotes.
_FAR = "\u00a1-\u2027\u202a-\ud7ff"
_DOUBLE = rf"\"[ !#-\[\]-~{_FAR}]*+\""
_SINGLE = rf"'[ -&(-~{_FAR}]*+'"
_PLAIN = rf"[A-Za-z0-9(/$\u00c0-\u024f](?:[ !\"$-9;-~{_FAR}]|:(?=[!-~{_FAR}]))*+"
_ITEM = rf"{_DOUBLE}|{_SINGLE}|[A-Za-z0-9\u00c0-\u024f][A-Za-z0-9 _./+&\u00c0-\u024f-]*+"
_FIELD = re.compile(
    rf"(?P<name>[A-Za-z_][A-Za-z0-9_-]*+):(?: *+| ++(?P<text>{_DOUBLE}|{_SINGLE}|{_PLAIN}) *+"
    rf"| ++\[(?P<list> *+(?:(?:{_ITEM}) *+(?:, *+(?:{_ITEM}) *+)*+)?+)\] *+)"
)
_ITEMS = re.compile(_ITEM)
_BELOW = re.compile(rf"(?P<indent> *+)- ++(?P<text>{_DOUBLE}|{_SINGLE}|{_PLAIN}) *+")
# So long that there cannot be more values than the parser's reader takes.
_LONGEST = 10_000
_QUOTES = ('"', "'")


class _IntricateError(Exception):
    """A line is of another form."""


def read_quickly(text: str) -> Table | None:
    """The fields in ``text``; None: the parser must read it."""
    table = Table()
    try:
        for name, written, line in _fields(text):
            as_text = match(name) is not None
            value: Any = None
            if isinstance(written, list):
                value = [_said(item, line, as_text=as_text, whole=False) for item in written]
            elif written:
                value = _said(written, line, as_text=as_text, whole=True)
            quoted = isinstance(written, str) and written.startswith(_QUOTES)
            table.add(name, value, line, quoted=quoted)
    except (Fault, _IntricateError):
        return None
    return table


def _fields(text: str) -> Iterator[tuple[str, str | list[str], int]]:
    """Name, value and line of each field; the value as written, empty where there is none."""
    if len(text) > _LONGEST:
        raise _IntricateError
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        if not line:
            continue
        found = _FIELD.fullmatch(line)
        if found is None:
            raise _IntricateError
        name, value, listed = found.group("name", "text", "list")
        if listed is not None:
            yield name, _ITEMS.findall(listed), number
        elif value is not None:
            yield name, value, number
        else:
            below = list(_below(lines[number:]))
            yield name, below or "", number
            number += len(below)


def _below(lines: Sequence[str]) -> Iterator[str]:
    """The items that ``lines`` begin with, all at one column."""
    column = None
    for line in lines:
        item = _BELOW.fullmatch(line)
        if item is None or column not in (None, item.end("indent")):
            return
        column = item.end("indent")
        yield item["text"]


def _said(written: str, line: int, *, as_text: bool, whole: bool) -> Any:
    if written[0] in _QUOTES:
        return written[1:-1]
    text = written.rstrip(" ")
    return text_value(text, whole=whole) if as_text else plain_value(text, line)
