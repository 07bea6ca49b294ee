"""The tables of replies and of what was published of them."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from dialogue.moments import Moment
from dialogue.schema import TRACE, metadata

# ``target`` is the id of the post. ``text`` is what was typed, ``html`` the same sanitised.
# ``digest`` tells identical replies, ``reasons`` what the guard found, as JSON. ``verified`` is when
# the writer followed the link sent to ``email``. ``depth`` counts from 0, an answer to the post.
replies = Table(
    "replies",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("target", Text, nullable=False),
    Column("parent", String(80), ForeignKey("replies.id"), index=True),
    Column("depth", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("author", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("email", Text, index=True),
    Column("verified", Moment),
    Column("text", Text, nullable=False),
    Column("html", Text, nullable=False),
    Column("by_author", Boolean, nullable=False),
    Column("source", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("reasons", Text, nullable=False),
    Column("digest", String(64), unique=True),
    Column("address", String(64), index=True, info=TRACE),
    Column("created", Moment, nullable=False),
    Column("edited", Moment),
    Column("decided", Moment),
    Index("ix_replies_target_state", "target", "state"),
    Index("ix_replies_state_created", "state", "created"),
)

# ``version`` counts the changes of what is approved, ``published`` is the one that was published, and
# ``changed`` is since when a newer one waits.
threads = Table(
    "threads",
    metadata,
    Column("target", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("published", Integer, nullable=False),
    Column("changed", Moment),
)
