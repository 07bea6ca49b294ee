"""Words in the bundled font: which of them it can write, and how a title is broken to fit."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

from PIL import ImageFont

# Noto Serif Bold (SIL Open Font License 1.1, NotoSerif-OFL.txt): Latin, Greek, Cyrillic.
FONT = Path(__file__).parent / "NotoSerif-Bold.ttf"
_SIZES = range(88, 43, -4)
_LEADING = 1.22
# What a title can do without: symbols (emoji among them), and what joins and varies them.
_DISPENSABLE = ("So", "Sk", "Cf", "Mn", "Cc", "Co", "Cn")
_MISSING = "\U0010fffd"
# Widths are measured at one size and scaled; the font has no hints, which would round them.
_MEASURED = 88
# Pixels by which a scaled width may be wrong.
_DOUBT = 1
_PROBE = 32


@dataclass(frozen=True, slots=True)
class Fitted:
    """A title broken into lines; ``size`` and ``leading`` in pixels."""

    lines: tuple[str, ...]
    size: int
    leading: int


@lru_cache(maxsize=32)
def font(size: int) -> ImageFont.FreeTypeFont:
    """The font at ``size`` pixels."""
    return ImageFont.truetype(FONT, size)


def writable(text: str) -> str:
    """``text`` without symbols that the font lacks; empty where it lacks a letter."""
    kept = []
    for char in unicodedata.normalize("NFC", text):
        if char.isspace() or _has(char):
            kept.append(char)
        elif unicodedata.category(char) not in _DISPENSABLE:
            return ""
    return " ".join("".join(kept).split())


def places(text: str, size: int) -> list[float]:
    """Where each letter of a line begins, in pixels from its start, and where the last one ends."""
    steps = (_step(text[at : at + 2]) for at in range(len(text)))
    return list(accumulate((step * size / _MEASURED for step in steps), initial=0.0))


@lru_cache(maxsize=8192)
def _step(pair: str) -> float:
    """How far the next letter is from the first one: its width, and the kerning between them."""
    at = font(_MEASURED)
    return at.getlength(pair) - at.getlength(pair[1:])


def fit(text: str, width: int, height: int) -> Fitted:
    """``text`` as large as fits into ``width`` and ``height`` pixels, cut where nothing helps."""
    # Whatever fits in one size fits in all smaller ones.
    place = bisect_left(
        _SIZES, True, key=lambda size: _fitted(text, size, width, height) is not None
    )
    if place < len(_SIZES) and (fitted := _fitted(text, _SIZES[place], width, height)):
        return fitted
    size = _SIZES[-1]
    leading = round(size * _LEADING)
    kept = _broken(text, size, width)[: height // leading]
    return Fitted((*kept[:-1], shortened(f"{kept[-1]}…", font(size), width)), size, leading)


def shortened(text: str, at: ImageFont.FreeTypeFont, width: int) -> str:
    """``text`` in one line, with an ellipsis where it is too long."""
    if at.getlength(text) <= width:
        return text
    bare = text.rstrip("…")
    places = range(len(bare), 0, -1)
    first = bisect_left(places, True, key=lambda to: at.getlength(_cut(bare, to)) <= width)
    return _cut(bare, places[first] if first < len(places) else 0)


def _cut(text: str, to: int) -> str:
    return f"{text[:to].rstrip()}…"


def _fitted(text: str, size: int, width: int, height: int) -> Fitted | None:
    leading = round(size * _LEADING)
    lines = _broken(text, size, width)
    return Fitted(tuple(lines), size, leading) if len(lines) * leading <= height else None


def _broken(text: str, size: int, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if _width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines += _pieces(word, size, width)
    return [line for line in lines if line]


def _width(text: str, size: int) -> float:
    """How wide a line is, at most."""
    return places(text, size)[-1] + _DOUBT


def _pieces(word: str, size: int, width: int) -> list[str]:
    """A word, or its parts where it alone is wider than a line."""
    if _width(word, size) <= width:
        return [word]
    pieces = [""]
    for char in word:
        if _width(pieces[-1] + char, size) > width:
            pieces.append("")
        pieces[-1] += char
    return pieces


@lru_cache(maxsize=4096)
def _has(char: str) -> bool:
    """Whether the font has a picture of ``char``."""
    return _shape(char) != _shape(_MISSING)


def _shape(char: str) -> tuple[object, bytes]:
    mask = font(_PROBE).getmask(char, mode="1")
    return mask.size, bytes(mask)
