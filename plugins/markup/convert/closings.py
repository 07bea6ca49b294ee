"""Which end tag closes which start tag, for all elements of a name in one pass."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from plugins.markup.convert.lines import Line

_CODE = re.compile(r"(?<!`)(`++)(?:[^`\n]++|(?!\1(?!`))`++)*+\1(?!`)")


@dataclass(frozen=True, slots=True)
class Closing:
    """An end tag: the place of its line, and where in that it begins and ends."""

    place: int
    start: int
    end: int


class Closings:
    """The end tags in ``lines``, those in code (``fences`` are the lines of fenced code) aside."""

    def __init__(self, lines: Sequence[Line], fences: frozenset[int]) -> None:
        self._lines = lines
        self._fences = fences
        self._by_name: dict[str, dict[tuple[int, int], Closing]] = {}

    def of(self, place: int, column: int, name: str) -> Closing | None:
        """What closes the element whose tag begins at ``column`` of the line at ``place``."""
        name = name.lower()
        if name not in self._by_name:
            self._by_name[name] = self._paired(name)
        return self._by_name[name].get((place, column))

    def _paired(self, name: str) -> dict[tuple[int, int], Closing]:
        form = re.compile(
            rf"<(?P<close>/?){re.escape(name)}\b[^<>]*?(?P<itself>/?)>", re.IGNORECASE
        )
        open_at: list[tuple[int, int]] = []
        found: dict[tuple[int, int], Closing] = {}
        for place, line in enumerate(self._lines):
            if place in self._fences or "<" not in line.text:
                continue
            for tag in form.finditer(_without_code(line.text)):
                if not tag["close"]:
                    open_at += [] if tag["itself"] else [(place, tag.start())]
                elif open_at:
                    found[open_at.pop()] = Closing(place, tag.start(), tag.end())
        return found


def _without_code(text: str) -> str:
    """``text`` with code in it blanked out."""
    return _CODE.sub(lambda found: " " * len(found[0]), text) if "`" in text else text
