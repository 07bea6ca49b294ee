"""How large, how deep and how old a reply may be, whoever brings it: the store keeps no other.

What comes in is checked field by field before, with words for whoever sent it. This holds for every
way into the store, so that publishing can render whatever is in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

from dialogue.boundary import LINE, characters
from dialogue.errors import OutOfBoundsError
from dialogue.replies.model import NewReply

# How deep elements may lie in one another. A list in a list counts two, a quotation one. Deeper than
# that nobody can read, and renderers take their time.
DEEPEST = 24
# The longest text that settings allow, in characters; its HTML can be as much longer as Markdown gets.
TEXT = 100_000
LIMITS: Mapping[str, int] = MappingProxyType(
    {
        **dict.fromkeys(("target", "author", "email", "url", "source"), LINE),
        "text": TEXT,
        "html": 10 * TEXT,
    }
)
_EARLIEST, _AHEAD = datetime(1970, 1, 1, tzinfo=UTC), timedelta(days=1)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)")
_VOID = frozenset({"br", "hr"})


def bounded(new: NewReply, now: datetime) -> NewReply:
    """``new`` as every database can store it and every page show it; raises OutOfBoundsError."""
    check_date(new.created, now)
    return replace(new, **texts({name: getattr(new, name, None) for name in LIMITS}))


def texts(values: Mapping[str, Any]) -> dict[str, Any]:
    """The same for some fields of a reply by their names; what is no text stays as it is."""
    check_depth(values.get("html") or "")
    return {name: _text(name, value) for name, value in values.items()}


def check_date(date: datetime, now: datetime) -> None:
    """Raise OutOfBoundsError where nobody can have written a reply at ``date``, which is aware."""
    if not _EARLIEST <= date <= now + _AHEAD:
        raise OutOfBoundsError("date", f"{date.isoformat()} is not between 1970 and tomorrow")


def check_depth(html: str) -> None:
    """Raise OutOfBoundsError where elements of sanitised ``html`` lie too deep in one another.

    One more than :data:`DEEPEST` is a line break or a piece of code in the deepest place.
    """
    depth = 0
    for end, name in _TAG.findall(html):
        if name not in _VOID:
            depth += -1 if end else 1
        if depth > DEEPEST + 1:
            raise OutOfBoundsError("text", f"has more than {DEEPEST} levels in one another")


def _text(name: str, value: Any) -> Any:
    if not isinstance(value, str) or name not in LIMITS:
        return value
    if len(value) > LIMITS[name]:
        raise OutOfBoundsError(name, f"is longer than {LIMITS[name]:,} characters")
    return characters(value)
