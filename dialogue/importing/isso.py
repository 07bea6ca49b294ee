"""Isso's database, a SQLite file: https://isso-comments.de/docs/technical-docs/database/."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from dialogue.errors import DialogueError, OutOfBoundsError
from dialogue.importing.found import Found, Refused, Row, gone, judged
from dialogue.replies import bounds, markup

_ACCEPTED, _PENDING = 1, 2
# A comment may be as large as the file; one character more than fits is enough to know.
_MOST = bounds.TEXT + 1
_COMMENTS = f"""
    SELECT comments.id, substr(comments.parent, 1, {_MOST}), substr(threads.uri, 1, {_MOST}),
           substr(comments.author, 1, {_MOST}), substr(comments.email, 1, {_MOST}),
           substr(comments.website, 1, {_MOST}), substr(comments.created, 1, {_MOST}),
           substr(comments.text, 1, {_MOST}), comments.mode
    FROM comments LEFT JOIN threads ON threads.id = comments.tid
    ORDER BY comments.id
"""  # noqa: S608 # a number of ours


def read(path: Path) -> Iterator[Found | Refused]:
    """Every comment of the database; the file is only read. Raises DialogueError."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
            database.text_factory = bytes  # texts need not be in the encoding they should have
            for row in database.execute(_COMMENTS):
                yield _found(tuple(map(_text, row)))
    except sqlite3.Error as error:
        raise DialogueError(f"{path} is no database of Isso: {error}; name its dbpath") from error


def _found(row: tuple[str, ...]) -> Found | Refused:
    key, parent, place, author, email, website, created, text, mode = row
    found = Row(
        key=key,
        parent=parent,
        place=place,
        author=author,
        email=email,
        url=website,
        dates=(_seconds(created),),
        text=text,
        approved=mode == str(_ACCEPTED),
    )
    if mode not in (str(_ACCEPTED), str(_PENDING)):
        return gone(found, "mode", "was deleted there")
    return judged(found, _html)


def _html(text: str) -> str:
    if markup.is_tangled(text):
        raise OutOfBoundsError("text", "has quotations and lists too deep in one another")
    return markup.html(text)


def _seconds(created: str) -> float | str:
    """When it was written; a text that is no number may still be a date."""
    try:
        return float(created)
    except ValueError:
        return created


def _text(value: object) -> str:
    """A value of whatever type SQLite found in the column."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return "" if value is None else str(value)
