"""The table of messages to the people behind the site."""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table, Text

from dialogue.moments import Moment
from dialogue.schema import PERSON, TRACE, metadata

# ``target`` is the id of a post whose author is asked, or empty. ``digest`` tells identical
# messages, ``reasons`` is what the guard found, as JSON. ``mailed`` is when it was put
# into the outbox, alone or in a digest, or was stored with nobody to mail it to; empty while it waits.
messages = Table(
    "messages",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("target", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False, index=True, info=PERSON),
    Column("text", Text, nullable=False),
    Column("reasons", Text, nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
    Column("address", String(64), index=True, info=TRACE),
    Column("created", Moment, nullable=False),
    Column("mailed", Moment),
    Index("ix_messages_state_mailed", "state", "mailed"),
    Index("ix_messages_state_created", "state", "created"),
)
