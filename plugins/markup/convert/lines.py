"""Lines of a text with the numbers they had, for what changes them before they are parsed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from plugins.markup.source import scan


class Line(NamedTuple):
    """A line, and the line of the file that it was or was made for."""

    text: str
    number: int

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return not self.text.strip()

    @property
    def indent(self) -> int:
        """The width of the white space it begins with."""
        expanded = self.text.expandtabs(4)
        return len(expanded) - len(expanded.lstrip(" "))


def joined(lines: Iterable[Line]) -> str:
    """The text of the lines."""
    return "\n".join(line.text for line in lines)


def code_of(lines: Sequence[Line]) -> frozenset[int]:
    """The places of the lines that are code."""
    return scan(joined(lines)).code


def fences_of(lines: Sequence[Line]) -> frozenset[int]:
    """The places of the lines of fenced code; what is indented may be no code at all."""
    found = scan(joined(lines)).fences
    return frozenset(place for fence in found for place in range(fence.first, fence.last + 1))


def dedented(lines: Sequence[Line], width: int) -> list[Line]:
    """The lines without ``width`` columns of white space, or what they have of it."""
    return [_without(line, width) for line in lines]


def _without(line: Line, width: int) -> Line:
    if not width or line.is_blank:
        return Line("", line.number) if line.is_blank else line
    text = line.text.expandtabs(4) if line.text[:width].count("\t") else line.text
    return Line(text[min(width, len(text) - len(text.lstrip(" "))) :], line.number)


def indented(lines: Sequence[Line], width: int) -> list[Line]:
    """The lines with ``width`` more spaces before them."""
    if not width:
        return list(lines)
    return [line if line.is_blank else Line(" " * width + line.text, line.number) for line in lines]


def apart(before: Sequence[Line], made: Sequence[Line]) -> list[Line]:
    """``made`` with blank lines around it, where ``before`` does not end with one."""
    number = made[0].number
    gap = [] if not before or before[-1].is_blank else [Line("", number)]
    return [*gap, *made, Line("", made[-1].number)]
