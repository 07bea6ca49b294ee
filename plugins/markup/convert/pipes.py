"""Tables as kramdown and many writers have them, as GitHub's Markdown has them.

Without a row of titles, with a row of dashes that is too short or too long, or right below a
paragraph. An empty row of titles is written for the parser, and never shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from plugins.markup.convert.lines import Line, code_of

_PREFIX = re.compile(r"(?:[ \t]*>)*[ \t]*")
_DASHES = re.compile(r"\|?[ \t]*+:?-++:?[ \t]*+(?:[|+][ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+")
_RULES = re.compile(r"\|?[ \t]*+:?[-=]++:?[ \t]*+(?:[|+][ \t]*+:?[-=]++:?[ \t]*+)*+\|?[ \t]*+")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d+[.)])[ \t]")
_ROW = re.compile(r"\|.*\|[ \t]*")
_PIPE = re.compile(r"(?<!\\)(?:\\\\)*\|")


def pipes(lines: Sequence[Line]) -> list[Line]:
    """The lines with every table as the parser wants it."""
    code: frozenset[int] | None = None
    out: list[Line] = []
    place = 0
    while place < len(lines):
        line = lines[place]
        if "|" not in line.text:
            out.append(line)
            place += 1
            continue
        prefix = _prefix(line)
        end = place + 1
        while end < len(lines) and _goes_on(lines[end], prefix):
            end += 1
        made = _table(lines[place:end], prefix)
        if made is not None:
            # Most tables are fine, and to know what is code takes longer than to look at them.
            code = code_of(lines) if code is None else code
            made = made if place not in code else None
        out += lines[place:end] if made is None else [*_gap(out, prefix, line), *made]
        place = end
    return out


def _gap(before: Sequence[Line], prefix: str, line: Line) -> list[Line]:
    """A blank line, where the table would be taken for a part of the paragraph above it."""
    above = before[-1] if before else None
    if above is None or not above.text.strip(" \t>") or _ITEM.match(above.text):
        return []
    return [Line(prefix.rstrip(), line.number)]


def _prefix(line: Line) -> str:
    found = _PREFIX.match(line.text)
    return found[0] if found else ""


def _goes_on(line: Line, prefix: str) -> bool:
    said = line.text[len(prefix) :]
    return line.text.startswith(prefix.rstrip()) and "|" in said and bool(said.strip())


def _table(lines: Sequence[Line], prefix: str) -> list[Line] | None:
    """The rows as a table for the parser; None where they are none, or one already."""
    said = [line.text[len(prefix) :].strip() for line in lines]
    number = lines[0].number
    if len(said) > 1 and _DASHES.fullmatch(said[1]) and not _RULES.fullmatch(said[0]):
        columns = _cells(said[0])
        dashes = _cells(said[1])
        if columns == dashes:
            return None if said[0].startswith("|") else list(lines)
        most = max(columns, dashes)
        head = _padded(said[0], columns, most, " ")
        rule = _padded(said[1], dashes, most, " --- ")
        return [Line(prefix + head, number), Line(prefix + rule, lines[1].number), *lines[2:]]
    if _RULES.fullmatch(said[0]) and "|" in said[0]:
        rows = list(lines[1:])
        rule = said[0] if _DASHES.fullmatch(said[0]) else ""
    elif all(map(_ROW.fullmatch, said)) and _cells(said[0]) > 1:
        rows, rule = list(lines), ""
    else:
        return None
    rows = [row for row in rows if not _RULES.fullmatch(row.text[len(prefix) :].strip())]
    if not rows:
        return None
    most = max(_cells(row.text[len(prefix) :].strip()) for row in rows)
    given = _cells(rule) if rule else 0
    rule = _padded(rule, given, most, " --- ") if rule else "|" + " --- |" * most
    head = "|" + " |" * max(most, given)
    return [Line(prefix + head, number), Line(prefix + rule.replace("+", "|"), number), *rows]


def _cells(row: str) -> int:
    inner = row.removeprefix("|")
    cells = _PIPE.split(inner)
    return len(cells) - (not cells[-1].strip() and len(cells) > 1)


def _padded(row: str, has: int, wants: int, cell: str) -> str:
    """``row`` with empty cells up to ``wants``."""
    if has >= wants:
        return row
    closed = row if row.endswith("|") and not row.endswith("\\|") else f"{row} |"
    return closed + f"{cell}|" * (wants - has)
