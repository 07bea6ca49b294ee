"""Whether a reply can be stored: tried for real, as an answer of the database alone says nothing.

A database on a full disk, or one that can only be read, still answers questions.
"""

from __future__ import annotations

from sqlalchemy import Connection, delete

from dialogue import ids, moments
from dialogue.database import Database
from dialogue.replies import writing
from dialogue.replies.model import NewReply, State
from dialogue.replies.tables import replies

_TEXT = "x" * 4000
"""Longer than most replies."""


def store_and_forget(database: Database) -> None:
    """Store a reply and delete it within one transaction that is committed to the disk.

    It is in nobody's sight at any moment. Raises what storing a reply raises.
    """
    new = NewReply(
        id=f"probe-{ids.new()}",
        target="",
        author="",
        text=_TEXT,
        html=_TEXT,
        created=moments.now(),
        state=State.ERASED,
    )

    def work(connection: Connection) -> None:
        writing.add(connection, new, deepest=0)
        connection.execute(delete(replies).where(replies.c.id == new.id))

    database.write(work)
