"""Lists of replies as files: JSON for programs, CSV that a spreadsheet does not run."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable

from dialogue.replies.model import Stored

_FIELDS = ("id", "state", "kind", "target", "parent", "author", "email", "url", "source", "text",
           "note", "created", "edited", "decided")  # fmt: skip
# What makes spreadsheets take a cell for a formula, also after spaces they skip (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def as_csv(found: Iterable[Stored]) -> bytes:
    """One line for each reply, with a mark that says UTF-8 to spreadsheets."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(_FIELDS)
    for reply in found:
        writer.writerow([_cell(value) for value in _values(reply).values()])
    return text.getvalue().encode("utf-8-sig")


def as_json(found: Iterable[Stored]) -> bytes:
    """A list of objects; markup in them is escaped, should somebody open it as a page."""
    text = json.dumps([_values(reply) for reply in found], ensure_ascii=False, indent=1)
    for char in "<>&":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text.encode()


def _values(reply: Stored) -> dict[str, str]:
    return {name: _text(getattr(reply, name)) for name in _FIELDS}


def _text(value: object) -> str:
    if value is None:
        return ""
    isoformat = getattr(value, "isoformat", None)
    return str(isoformat(timespec="seconds")) if isoformat else str(value)


def _cell(text: str) -> str:
    """``text`` with an apostrophe before it where it would be a formula."""
    return f"'{text}" if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA) else text
