"""What is compared: words, and the signs that carry meaning beside them.

Left out are signs that Markdown reads as markup (``*``, ``_``, ``[``, ``|``) and those that
typography changes (quotation marks, dashes, dots).
"""

from __future__ import annotations

import re

SIGNS = "!?%$#+=&@§€£¥°©®™"
_TOKEN = re.compile(rf"[^\W_]+|[{re.escape(SIGNS)}]")
_SPACE_AND_MARKS = " \t\n\f\r\"'()*,-./:;<>[\\]^_`{|}~"
_DROPPED = _SPACE_AND_MARKS.encode()
_USUAL = bytes(code for code in range(256) if code > 127 or chr(code).isprintable())


def tokens(text: str) -> list[str]:
    """The words and signs of plain ``text`` in order: runs of letters and digits, single signs."""
    return _TOKEN.findall(text)


def spans(text: str) -> list[tuple[str, int, int]]:
    """The same, each with the positions where it begins and ends."""
    return [(found[0], *found.span()) for found in _TOKEN.finditer(text)]


def stream(text: str) -> bytes:
    """``text`` without white space and ASCII punctuation: equal where all tokens are."""
    return text.encode("utf-8", "surrogatepass").translate(None, _DROPPED)


def has_control(stream: bytes) -> bool:
    """Whether a stream has control characters of ASCII in it."""
    return bool(stream.translate(None, _USUAL))
