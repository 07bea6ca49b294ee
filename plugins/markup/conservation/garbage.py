"""Characters that no page may have: a converter's placeholders, and control characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plugins.errors import Problem
from plugins.markup.conservation.shown import decoded, without_tags
from plugins.markup.conservation.signs import stream, tokens

# How python-markdown's placeholders begin and end, and the letters in them.
_STASH = ("\x02", "\x03")
_LETTERS = ("klzzwxh", "wzxhzdk")
# No HTML may have these (HTML standard, section 13.2.3.5).
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
_REPLACEMENT = "\ufffd"


def is_stashed(html: str) -> bool:
    """Whether ``html`` has the marks of a placeholder anywhere, in an attribute, too."""
    return _STASH[0] in html or _STASH[1] in html


def find(
    html: str, page: str, written: str, text: str, first_line: int, path: str
) -> Iterator[Problem]:
    """A problem for each kind of such character, at the line of ``text`` it comes from.

    ``page`` is the text of the HTML, ``written`` that of the source.
    """
    found = _CONTROL.search(page)
    if found and (place := text.find(found[0])) >= 0:
        message = f"the control character U+{ord(found[0]):04X} is in the text; browsers drop it"
        line = first_line + text.count("\n", 0, place)
        yield Problem(path, line, "body", message, "delete it", "control-character")
    elif before := _before_placeholder(html, page, written, text):
        line = first_line + _line_of(tokens(before[0])[-3:], written)
        message = "the converter leaves a placeholder in the page in place of what is written here"
        hint = "write it another way, such as with a space between two marks"
        yield Problem(path, line, "body", message, hint, "placeholder-printed")


def _before_placeholder(html: str, page: str, written: str, text: str) -> tuple[str] | None:
    """What the page says before the first thing in it that only a converter can have left."""
    letters = [sign for sign in _LETTERS if sign in page and sign not in text]
    if letters:
        return (page[: min(map(page.find, letters))],)
    if found := _CONTROL.search(page):
        return (page[: found.start()],)
    if is_stashed(html):
        place = min(html.find(sign) for sign in _STASH if sign in html)
        return (decoded(without_tags(html[:place])),)
    if page.count(_REPLACEMENT) > written.count(_REPLACEMENT):
        return (page[: page.find(_REPLACEMENT)],)
    return None


def _line_of(words: list[str], written: str) -> int:
    """The first line, from 0, that has these words in a row, or as many of the last as can be."""
    lines = [stream(line) for line in written.split("\n")]
    for first in range(len(words)):
        said = stream("".join(words[first:]))
        number = next((number for number, line in enumerate(lines) if said in line), None)
        if number is not None:
            return number
    return 0
