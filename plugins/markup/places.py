"""Where a text has an address, for those who know what was made of it only."""

from __future__ import annotations

import html
import re

_PART_OF_PATH = re.compile(r"[\w/%.-]").fullmatch


def line_of(address: str, text: str, first_line: int = 1) -> int:
    """The line of the file where ``text``, which begins at ``first_line``, has ``address``.

    That is ``first_line`` where it is nowhere, as with an address that HTML made of several parts.
    """
    return first_line + text.count("\n", 0, max(place_of(text, address, 0), 0))


def place_of(text: str, target: str, position: int) -> int:
    """Where ``text`` has ``target`` as a whole, from ``position`` on or anywhere; -1: nowhere."""
    if not target:
        return -1
    for spelling in dict.fromkeys((target, html.escape(target, quote=False))):
        for start in (position, 0):
            found = text.find(spelling, start)
            while found >= 0:
                end = found + len(spelling)
                before, after = text[found - 1 : found], text[end : end + 1]
                if not (_PART_OF_PATH(before) or _PART_OF_PATH(after)):
                    return found
                found = text.find(spelling, found + 1)
    return -1
