"""Numbers as people write them: digits, English words and Roman numerals."""

from __future__ import annotations

import re

WORDS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen", "twenty"),
)
_ROMAN = re.compile(r"(?=[ivxlc])(?P<c>c{0,3})(?P<x>xc|xl|l?x{0,3})(?P<i>ix|iv|v?i{0,3})")
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def whole_number(text: str) -> int | None:
    """``text`` as a whole number from 0: digits, a word up to twenty, or Roman up to CCCXCIX."""
    word = text.strip().casefold()
    if word.isascii() and word.isdigit() and len(word) < 10:
        return int(word)
    if word in WORDS:
        return WORDS.index(word)
    return _roman(word) if _ROMAN.fullmatch(word) else None


def _roman(word: str) -> int:
    """A letter before a greater one counts against it (https://www.unicode.org/charts, U+2160)."""
    values = [_VALUES[letter] for letter in word]
    following = [*values[1:], 0]
    return sum(-one if one < after else one for one, after in zip(values, following, strict=True))
