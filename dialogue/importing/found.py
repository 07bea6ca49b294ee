"""A reply as another system had it, before it is one of ours. All of it is hostile.

Each is judged alone: it can be stored as it is, or it is refused with the reason. Nothing is cut.
"""

from __future__ import annotations

import dataclasses
import html as html_text
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import nh3

from dialogue import boundary, moments
from dialogue.errors import OutOfBoundsError
from dialogue.replies import bounds, foreign
from dialogue.web import typed
from thread.reading import is_web_address

_BLANK = re.compile(r"\n\s*\n")
_BLOCK = re.compile(r"<(?:p|ul|ol|blockquote|pre)\b", re.IGNORECASE)
# Characters; addresses as mail (RFC 5321) and browsers take them.
_KEY, _PLACE, _NAME, _EMAIL, _URL = 200, 2_000, 1_000, 254, 2_000


@dataclass(frozen=True, slots=True)
class Found:
    """``key`` is its id there, ``place`` the URL or path of the post, ``date`` is aware.

    ``html`` was sanitised; ``text`` is what can be edited.
    """

    key: str
    parent: str
    place: str
    author: str
    email: str
    url: str
    date: datetime
    text: str
    html: str
    approved: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """A reply that is left out: its id there, the field that is to blame, and why.

    ``by_rule`` is true where nothing is wrong with it: spam, what was deleted, what is no reply.
    The others say where it stood, so that answers to it keep their place below an empty one.
    """

    key: str
    field: str
    why: str
    by_rule: bool = False
    parent: str = dataclasses.field(default="", compare=False)
    place: str = dataclasses.field(default="", compare=False)
    date: datetime | None = dataclasses.field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A reply as it was read, with nothing checked; ``dates`` are texts or seconds, the best first."""

    key: str
    parent: str
    place: str
    author: str
    email: str
    url: str
    dates: Sequence[object]
    text: str
    approved: bool


def judged(row: Row, html: Callable[[str], str]) -> Found | Refused:
    """What ``row`` is, its text made sanitised HTML by ``html``, which raises OutOfBoundsError."""
    try:
        return _found(row, html)
    except OutOfBoundsError as error:
        return _left_out(row, error.field, str(error).removeprefix(f"{error.field}: "))


def gone(row: Row, field: str, why: str) -> Refused:
    """``row`` left out by a rule."""
    return replace(_left_out(row, field, why), by_rule=True)


def _left_out(row: Row, field: str, why: str) -> Refused:
    try:
        date = _date(row.dates)
    except OutOfBoundsError:
        date = None
    place = row.place if len(row.place) <= _PLACE else ""
    return Refused(
        typed.line(row.key[:_KEY]), field, why, parent=row.parent[:_KEY], place=place, date=date
    )


def paragraphs(text: str) -> str:
    """The sanitised HTML of a comment that has lines, tags or both; raises OutOfBoundsError."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if _BLOCK.search(lines):
        return foreign.cleaned(lines)
    parts = (part.replace("\n", "<br>") for part in _BLANK.split(lines) if part.strip())
    return foreign.cleaned("".join(f"<p>{part}</p>" for part in parts))


def _found(row: Row, html: Callable[[str], str]) -> Found:
    key = _received("id", row.key, _KEY)
    if not key:
        raise OutOfBoundsError("id", "is missing")
    text = _received("text", row.text, bounds.TEXT)
    url = html_text.unescape(_received("url", row.url, _URL)).strip()
    email = _received("email", row.email, _EMAIL).strip()
    return Found(
        key=key,
        parent=_received("parent", row.parent, _KEY),
        place=_received("address", row.place, _PLACE),
        # All these systems keep names with their references: "Tom &amp; Ann".
        author=typed.line(html_text.unescape(_received("author", row.author, _NAME))),
        email=typed.mailbox(email) or "",
        url=url if is_web_address(url) else "",
        date=_date(row.dates),
        text=text,
        html=_shown(html(text)),
        approved=row.approved,
    )


def _received(field: str, text: str, most: int) -> str:
    try:
        return boundary.received(text, most)
    except boundary.TooLongError as error:
        raise OutOfBoundsError(field, str(error)) from error


def _shown(html: str) -> str:
    if not nh3.clean(html, tags=set()).strip():
        raise OutOfBoundsError("text", "has no words that can be shown")
    return html


def _date(dates: Sequence[object]) -> datetime:
    """The first of ``dates`` at which somebody can have written it; else what is wrong with one."""
    faults: list[OutOfBoundsError] = []
    for value in filter(None, dates):
        try:
            found = _moment(value)
            bounds.check_date(found, moments.now())
        except OutOfBoundsError as error:
            faults.append(error)
        else:
            return found
    raise next(iter(faults), OutOfBoundsError("date", "is missing"))


def _moment(value: object) -> datetime:
    """``value`` in seconds or as ISO 8601 has it, without an offset UTC."""
    try:
        if isinstance(value, int | float):
            return datetime.fromtimestamp(value, UTC)
        found = datetime.fromisoformat(str(value)[:_KEY])
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise OutOfBoundsError("date", f"{str(value)[:40]!r} is no date") from error
