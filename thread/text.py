"""Text made fit for feeds: only characters XML can carry, and plain text that stays plain.

RSS never said whether a title is plain text or HTML, so readers differ, and the W3C validator
warns about whatever looks like HTML. A word joiner (U+2060: no width, no meaning) after the ``<`` or
``&`` makes it look like neither: shown as written by readers of both kinds.
"""

from __future__ import annotations

import re
from html import unescape
from html.entities import name2codepoint

# What XML 1.0 forbids (section 2.2), what it discourages, and the mark of text damaged before:
# C0 and C1 controls, lone surrogates, non-characters, U+FFFD.
_NO_CHARACTER = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff]"
)
_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32), 127])
_LIKE_A_TAG = re.compile(r"<(?=[/!?a-zA-Z])")
_REFERENCE = re.compile(r"&(#?\w+;?)")
_WORD_JOINER = "\u2060"


def clean(text: str) -> str:
    """``text`` without what is no character, or none that XML can carry."""
    return text if text.isascii() and text.isprintable() else _NO_CHARACTER.sub("", text)


def parsable(text: str) -> bytes:
    """``text`` in UTF-8 without what confuses parsers: the quick first half of cleaning HTML."""
    return text.encode("utf-8", "ignore").translate(None, _CONTROLS)


def one_line(text: str) -> str:
    """``text`` cleaned, with single spaces."""
    return " ".join(clean(text).split())


def is_like_html(text: str) -> bool:
    """Whether a reader that expects HTML would take a part of the plain ``text`` for HTML."""
    return bool(_LIKE_A_TAG.search(text) or any(map(_is_reference, _REFERENCE.finditer(text))))


def unlike_html(text: str) -> str:
    """The plain ``text`` so that nobody takes a part of it for HTML."""
    joined = _LIKE_A_TAG.sub(f"<{_WORD_JOINER}", text)
    return _REFERENCE.sub(_disarmed, joined)


def _disarmed(found: re.Match[str]) -> str:
    return f"&{_WORD_JOINER}{found[1]}" if _is_reference(found) else found[0]


def _is_reference(found: re.Match[str]) -> bool:
    """Whether browsers read it as a character, or the validator expects that some reader does.

    "AT&T" and "R&D" are neither.
    """
    name = found[1].removesuffix(";")
    known = name in name2codepoint or name == "apos"
    return known or unescape(found[0]) != found[0] or not name.isalpha()
