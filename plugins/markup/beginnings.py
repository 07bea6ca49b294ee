"""Which characters a match of a regular expression can begin with.

Read from what the standard library's parser makes of the expression. Where that says nothing
certain the answer is "any": it is never too narrow, so whoever leaves out expressions that cannot
match at a character finds what they would have found anyway.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from re import _constants as codes  # type: ignore[attr-defined]  # nothing public parses
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

ASCII = frozenset(map(chr, range(128)))
_CATEGORIES = {
    codes.CATEGORY_DIGIT: frozenset(char for char in ASCII if re.match(r"\d", char)),
    codes.CATEGORY_SPACE: frozenset(char for char in ASCII if re.match(r"\s", char)),
    codes.CATEGORY_WORD: frozenset(char for char in ASCII if re.match(r"\w", char)),
    codes.CATEGORY_NOT_DIGIT: frozenset(char for char in ASCII if re.match(r"\D", char)),
    codes.CATEGORY_NOT_SPACE: frozenset(char for char in ASCII if re.match(r"\S", char)),
    codes.CATEGORY_NOT_WORD: frozenset(char for char in ASCII if re.match(r"\W", char)),
}
_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
_NO_WIDTH = (codes.AT, codes.ASSERT, codes.ASSERT_NOT)
# The characters, and whether there may be none.
_First = tuple[frozenset[str], bool]
_ANY: _First = (ASCII, True)


def beginnings(pattern: re.Pattern[str]) -> frozenset[str]:
    """The ASCII characters that a match of ``pattern`` can begin with; all if it can be empty."""
    parsed = parser.parse(pattern.pattern, pattern.flags)
    first, empty = _sequence(parsed, pattern.flags)
    return ASCII if empty else first


def _sequence(items: Iterable[tuple[Any, Any]], flags: int) -> _First:
    found: frozenset[str] = frozenset()
    for code, value in items:
        first, empty = _item(code, value, flags)
        found |= first
        if not empty:
            return found, False
    return found, True


def _item(code: Any, value: Any, flags: int) -> _First:
    if code is codes.LITERAL:
        return _either_case({chr(value)}, flags), False
    if code is codes.NOT_LITERAL:
        return (ASCII if flags & re.IGNORECASE else ASCII - {chr(value)}), False
    if code is codes.IN:
        return _set(value, flags), False
    if code is codes.ANY:
        return ASCII, False
    if code is codes.BRANCH:
        branches = [_sequence(branch, flags) for branch in value[1]]
        return frozenset().union(*(first for first, _ in branches)), any(e for _, e in branches)
    if code is codes.SUBPATTERN:
        _, more, fewer, inner = value
        return _sequence(inner, (flags | more) & ~fewer)
    if code in _REPEATS:
        least, _, inner = value
        first, empty = _sequence(inner, flags)
        return first, empty or least == 0
    return (frozenset(), True) if code in _NO_WIDTH else _ANY


def _set(items: Iterable[tuple[Any, Any]], flags: int) -> frozenset[str]:
    """The characters of a set such as ``[^a-z]``."""
    found: set[str] = set()
    negated = False
    for code, value in items:
        if code is codes.NEGATE:
            negated = True
        elif code is codes.LITERAL:
            found.add(chr(value))
        elif code is codes.RANGE:
            found.update(map(chr, range(value[0], min(value[1], 128) + 1)))
        else:
            found |= _CATEGORIES[value]
    if negated:
        return ASCII if flags & re.IGNORECASE else ASCII - found
    return _either_case(found, flags)


def _either_case(found: Iterable[str], flags: int) -> frozenset[str]:
    """``found``; where case does not matter, some letters beyond ASCII equal one of it."""
    chars = frozenset(found)
    if not flags & re.IGNORECASE:
        return chars & ASCII
    if not chars <= ASCII:
        return ASCII
    return frozenset(case for char in chars for case in (char.lower(), char.upper()))
