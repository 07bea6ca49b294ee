"""The marks of a text: so few of its characters that looking for many things in them costs little."""

from __future__ import annotations

_NO_MARKS = bytes(code for code in range(256) if code > 127 or chr(code).isalnum()) + b" \n.,'\""


def marks(text: str) -> bytes:
    """``text`` without letters, digits, white space, and the usual punctuation.

    What is part of a text has its marks in those of the text: where they are not, it is not.
    """
    return text.encode("utf-8", "surrogatepass").translate(None, _NO_MARKS)
