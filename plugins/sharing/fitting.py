"""Words in the bundled font: which of them it can write, and how a title is broken to fit."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path

from PIL import ImageFont

# Noto Serif Bold (SIL Open Font License 1.1, NotoSerif-OFL.txt): Latin, Greek, Cyrillic.
FONT = Path(__file__).parent / "NotoSerif-Bold.ttf"
_SIZES = range(88, 43, -4)
_LEADING = 1.22
# What a title can do without: symbols (emoji among them), and what joins and varies them.
_DISPENSABLE = ("So", "Sk", "Cf", "Mn", "Cc", "Co", "Cn")
_MISSING = "\U0010fffd"


@dataclass(frozen=True, slots=True)
class Fitted:
    """A title broken into lines; ``size`` and ``leading`` in pixels."""

    lines: tuple[str, ...]
    size: int
    leading: int


def font(size: int) -> ImageFont.FreeTypeFont:
    """The font at ``size`` pixels."""
    return ImageFont.truetype(FONT, size)


def writable(text: str) -> str:
    """``text`` without symbols that the font lacks; empty where it lacks a letter."""
    probe = font(32)
    missing = _shape(probe, _MISSING)
    kept = []
    for char in unicodedata.normalize("NFC", text):
        if char.isspace() or _shape(probe, char) != missing:
            kept.append(char)
        elif unicodedata.category(char) not in _DISPENSABLE:
            return ""
    return " ".join("".join(kept).split())


def fit(text: str, width: int, height: int) -> Fitted:
    """``text`` as large as fits into ``width`` and ``height`` pixels, cut where nothing helps."""
    for size in _SIZES:
        lines = _broken(text, font(size), width)
        leading = round(size * _LEADING)
        if len(lines) * leading <= height:
            return Fitted(tuple(lines), size, leading)
    size = _SIZES[-1]
    leading = round(size * _LEADING)
    kept = _broken(text, font(size), width)[: height // leading]
    return Fitted((*kept[:-1], shortened(f"{kept[-1]}…", font(size), width)), size, leading)


def shortened(text: str, at: ImageFont.FreeTypeFont, width: int) -> str:
    """``text`` in one line, with an ellipsis where it is too long."""
    if at.getlength(text) <= width:
        return text
    bare = text.rstrip("…")
    while bare and at.getlength(f"{bare.rstrip()}…") > width:
        bare = bare[:-1]
    return f"{bare.rstrip()}…"


def _broken(text: str, at: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        for piece in _pieces(word, at, width):
            longer = f"{lines[-1]} {piece}".strip()
            if at.getlength(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(piece)
    return [line for line in lines if line]


def _pieces(word: str, at: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """A word, or its parts where it alone is wider than a line."""
    pieces = [""]
    for char in word:
        if at.getlength(pieces[-1] + char) > width:
            pieces.append("")
        pieces[-1] += char
    return pieces


def _shape(at: ImageFont.FreeTypeFont, char: str) -> tuple[object, bytes]:
    mask = at.getmask(char, mode="1")
    return mask.size, bytes(mask)
