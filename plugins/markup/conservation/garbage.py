"""Characters that no page may have: a converter's placeholders, and control characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plugins.errors import Problem
from plugins.markup.conservation.signs import stream, tokens

# python-markdown's own placeholders; other characters are none of Unicode's text.
_PLACEHOLDERS = ("klzzwxh", "wzxhzdk")
_PLACEHOLDER = re.compile("(?:klzzwxh|wzxhzdk):?\\d*")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
_REPLACEMENT = "\ufffd"


def find(page: str, written: str, text: str, first_line: int, path: str) -> Iterator[Problem]:
    """A problem for each such character in ``page``, at the line of ``text`` it comes from.

    ``page`` is the text of the HTML, ``written`` that of the source.
    """
    found = _CONTROL.search(page)
    if any(sign in page and sign not in text for sign in _PLACEHOLDERS):
        yield _left(_PLACEHOLDER, page, written, first_line, path)
    elif found and (place := text.find(found[0])) >= 0:
        message = f"the control character U+{ord(found[0]):04X} is in the text; browsers drop it"
        line = first_line + text.count("\n", 0, place)
        yield Problem(path, line, "body", message, "delete it", "control-character")
    elif found:
        yield _left(_CONTROL, page, written, first_line, path)
    if page.count(_REPLACEMENT) > written.count(_REPLACEMENT):
        yield _left(re.compile(_REPLACEMENT), page, written, first_line, path)


def _left(form: re.Pattern[str], page: str, written: str, first_line: int, path: str) -> Problem:
    """What a converter left in the page, at the line with the words before it."""
    found = form.search(page)
    before = tokens(page[: found.start()])[-3:] if found else []
    number = _line_of(before, written)
    message = "the converter leaves a placeholder in the page in place of what is written here"
    hint = "write it another way, such as with a space between two marks"
    return Problem(path, first_line + number, "body", message, hint, "placeholder-printed")


def _line_of(words: list[str], written: str) -> int:
    """The first line, from 0, that has these words in a row, or as many of the last as can be."""
    lines = [stream(line) for line in written.split("\n")]
    for first in range(len(words)):
        said = stream("".join(words[first:]))
        number = next((number for number, line in enumerate(lines) if said in line), None)
        if number is not None:
            return number
    return 0
