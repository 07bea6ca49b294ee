"""The boundary: every text from outside passes here first, whoever sent it.

Its length is bounded before anything else looks at it; what is longer is refused, never cut. Then
it is made well-formed: no control characters but tab and line ends, no NUL, no lone surrogates, no
non-characters; NFC. They are removed, not refused: people paste them, and every check that follows
sees exactly what is stored. So what is stored is text to SQLite, PostgreSQL, UTF-8 and XML alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

# A field is one line of a form, a parameter, a header or a token; the longest are tokens.
LINE = 8_000
# Words that somebody wrote, in whatever form: five times the longest that settings allow.
TEXT = 500_000
# Form fields that are more than a line. A password may be anything; it is only hashed.
_LONG = MappingProxyType(dict.fromkeys(("text", "answer", "password"), TEXT))

# C0 and C1 controls, lone surrogates, non-characters (Unicode, section 23.7).
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# Stream-Safe Text Format (UAX #15, section 13): so many combining marks in a row, then a joiner.
# Without it, normalising takes the square of the length of a run of marks.
_MARKS, _JOINER = 30, "\u034f"


class TooLongError(ValueError):
    """A text is longer than its bound; the message continues the name of what it is."""

    def __init__(self, most: int) -> None:
        self.most = most
        super().__init__(f"is longer than {most:,} characters")


def received(text: str, most: int = LINE) -> str:
    """``text`` from outside, well-formed; raises TooLongError where it has over ``most`` characters."""
    if len(text) > most:
        raise TooLongError(most)
    return wellformed(text)


def characters(text: str) -> str:
    """``text`` without what is no text: of a document whose texts are made well-formed one by one."""
    return text if text.isascii() and text.isprintable() else _NO_TEXT.sub("", text)


def wellformed(text: str) -> str:
    """``text`` without what is no text, in NFC; doing it again changes nothing."""
    kept = characters(text)
    return kept if kept.isascii() else unicodedata.normalize("NFC", _stream_safe(kept))


def limit_of(field: str, limits: Mapping[str, int] = _LONG) -> int:
    """How many characters the form field ``field`` may have."""
    return limits.get(field, LINE)


def _stream_safe(text: str) -> str:
    if not any(map(unicodedata.combining, text)):
        return text
    kept: list[str] = []
    run = 0
    for char in text:
        marks = len(unicodedata.normalize("NFD", char)) if unicodedata.combining(char) else 0
        run = run + marks if marks else 0
        if run > _MARKS:
            kept.append(_JOINER)
            run = marks
        kept.append(char)
    return "".join(kept)
