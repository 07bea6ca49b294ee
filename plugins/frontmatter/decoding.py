"""Bytes of a file made into text, or a problem that says which bytes are wrong and why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from plugins.errors import Problem, SiteError
from plugins.frontmatter.values import show

_BOM = b"\xef\xbb\xbf"
# What is left at the beginning of a line where files were joined.
_LATER_BOM = re.compile("^\ufeff+", re.MULTILINE)
# A byte order mark of UTF-16 or UTF-32, or Latin text in it: every other byte is zero.
_WIDE = re.compile(rb"\xff\xfe|\xfe\xff|\x00\x00\xfe\xff|[\x01-\x7f]\x00(?:[\x01-\x7f]\x00){2}")
_WIDE_BIG = re.compile(rb"(?:\x00[\x01-\x7f]){3}")
# No XML file may hold these, so no feed could carry them: control characters, non-characters.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
# All bytes but those of control characters in ASCII.
_PRINTABLE = bytes((9, 10, 13, *range(32, 127), *range(128, 256)))
_TOLD_AT_MOST = 10
_NAMES = {"\x00": "NUL", "\x0b": "vertical tab", "\x0c": "form feed", "\x1b": "escape"}
_SAVE = "save the file as UTF-8"


def decode(data: bytes, path: str) -> str:
    r"""The text in ``data``: UTF-8, byte order marks dropped, every line end a ``\n``.

    Raises `SiteError` where ``data`` is empty, not UTF-8, or holds characters that are no text.
    """
    if _WIDE.match(data) or _WIDE_BIG.match(data):
        raise SiteError([_problem(path, 1, "the file is UTF-16 or UTF-32, not UTF-8", _SAVE)])
    try:
        text = data.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        raise SiteError([_not_utf8(data.removeprefix(_BOM), error, path)]) from error
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\ufeff" in text:
        text = _LATER_BOM.sub("", text)
    problems = list(_unprintable(text, path)) if _may_have_unprintable(data) else []
    if not text.strip() and not problems:
        hint = "write a title and a text, or delete the file"
        problems.append(_problem(path, 1, "the file is empty", hint))
    if problems:
        raise SiteError(problems)
    return text


def _not_utf8(data: bytes, error: UnicodeDecodeError, path: str) -> Problem:
    before = data[: error.start].replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    message = f"the byte {data[error.start]:#04x} is not UTF-8"
    try:
        after = re.split(rb"\s", data[error.start : error.start + 20], maxsplit=1)[0]
        word = before[-1].decode("utf-8").rpartition(" ")[2] + after.decode("cp1252")
        message += f" (in Windows-1252 the word would be {show(word)})"
    except UnicodeDecodeError:
        pass  # not Windows-1252 either: nothing better to say
    return _problem(path, len(before), message, _SAVE)


def _may_have_unprintable(data: bytes) -> bool:
    """Whether there is a control character of ASCII in UTF-8, or a byte that others begin with."""
    return bool(data.translate(None, _PRINTABLE)) or b"\xc2" in data or b"\xef\xbf" in data


def _unprintable(text: str, path: str) -> Iterator[Problem]:
    """One problem for each line with a character that is no text; the first few will do."""
    if not _UNPRINTABLE.search(text):
        return
    numbered = enumerate(text.split("\n"), 1)
    found = ((line, one) for line, words in numbered if (one := _UNPRINTABLE.search(words)))
    for line, one in islice(found, _TOLD_AT_MOST):
        char = one[0]
        name = f"U+{ord(char):04X}" + (f" ({_NAMES[char]})" if char in _NAMES else "")
        hint = _SAVE if "\x80" <= char <= "\x9f" else "delete it"
        yield _problem(path, line, f"the character {name} is not text", hint)


def _problem(path: str, line: int, message: str, hint: str) -> Problem:
    return Problem(path, line, "file", message, hint, "unreadable-file")
