"""The table of webmentions: each pair of source and target once, and what is to be done about it."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text

from dialogue.moments import Moment
from dialogue.schema import TRACE, metadata

# ``digest`` is of source and post, ``host`` the source's, ``target`` the id of the post, ``url`` its
# address as the sender last wrote it. ``due`` is when to look at the source next (NULL: not until
# asked), ``lease`` until when somebody does. ``asked`` changes with each request, so that one that
# comes in the middle of a look is not lost. ``note`` is what everybody may read about it.
webmentions = Table(
    "webmentions",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("source", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("note", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("requests", Integer, nullable=False),
    Column("due", Moment),
    Column("lease", Moment),
    Column("asked", Moment, nullable=False),
    Column("address", String(64), info=TRACE),
    Column("created", Moment, nullable=False),
    Index("ix_webmentions_due", "due"),
    Index("ix_webmentions_host_asked", "host", "asked"),
    Index("ix_webmentions_address_asked", "address", "asked"),
)
