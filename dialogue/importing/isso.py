"""Isso's database, a SQLite file: https://isso-comments.de/docs/technical-docs/database/."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from dialogue.errors import DialogueError
from dialogue.importing.found import Found
from dialogue.replies import markup

_ACCEPTED, _PENDING = 1, 2
_COMMENTS = """
    SELECT comments.id, comments.parent, threads.uri, comments.author, comments.email,
           comments.website, comments.created, comments.text, comments.mode
    FROM comments JOIN threads ON threads.id = comments.tid
    ORDER BY comments.id
"""


def read(path: Path) -> Iterator[Found]:
    """Every comment that was not deleted; the file is only read. Raises DialogueError."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
            rows = database.execute(_COMMENTS).fetchall()
    except sqlite3.Error as error:
        raise DialogueError(f"{path} is no database of Isso: {error}; name its dbpath") from error
    for key, parent, place, author, email, website, created, text, mode in rows:
        if mode in (_ACCEPTED, _PENDING):
            yield Found(
                key=str(key),
                parent=str(parent or ""),
                place=str(place or ""),
                author=str(author or ""),
                email=str(email or ""),
                url=str(website or ""),
                date=datetime.fromtimestamp(float(created), UTC),
                text=str(text or ""),
                html=markup.html(str(text or "")),
                approved=mode == _ACCEPTED,
            )
