"""What is compared: words, and the signs that carry meaning beside them.

Left out are signs that Markdown reads as markup (``*``, ``_``, ``[``, ``|``) and those that
typography changes (quotation marks, dashes, dots).
"""

from __future__ import annotations

import re

SIGNS = "!?%$#+=&@§€£¥°©®™"
_TOKEN = re.compile(rf"[^\W_]+|[{re.escape(SIGNS)}]")
_DROPPED = bytes(code for code in range(128) if not chr(code).isalnum() and chr(code) not in SIGNS)


def tokens(text: str) -> list[str]:
    """The words and signs of plain ``text`` in order: runs of letters and digits, single signs."""
    return _TOKEN.findall(text)


def spans(text: str) -> list[tuple[str, int, int]]:
    """The same, each with the positions where it begins and ends."""
    return [(found[0], *found.span()) for found in _TOKEN.finditer(text)]


def stream(text: str) -> bytes:
    """``text`` without white space and ASCII punctuation: equal where all tokens are."""
    return text.encode("utf-8", "surrogatepass").translate(None, _DROPPED)
