"""Where letters wait: one row for each, kept a while after it was sent so that none is doubled."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text

from dialogue.moments import Moment
from dialogue.schema import PERSON, TRACE, metadata

# ``key`` is what the letter is about. ``state`` is waiting, sent or failed. ``due`` is when it may
# be taken next; while a worker has it (``lease``), that is when the lease ends. Limits count by
# ``cause``, ``inbox`` (a mark, no address) and ``network``; letters of before have none of them.
outbox = Table(
    "outbox",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("key", String(200), nullable=False, unique=True),
    Column("recipient", String(254), nullable=False, info=PERSON),
    Column("subject", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("reply_to", String(254), nullable=False, info=PERSON),
    Column("unsubscribe", Text, nullable=False),
    Column("message_id", String(320), nullable=False),
    Column("state", String(8), nullable=False),
    Column("created", Moment, nullable=False),
    Column("due", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("lease", String(16), nullable=False),
    Column("finished", Moment, index=True),
    Column("problem", Text, nullable=False),
    Column("cause", String(16)),
    Column("inbox", String(64), info=TRACE),
    Column("network", String(64), info=TRACE),
    Index("ix_outbox_state_due", "state", "due"),
    Index("ix_outbox_cause_finished", "cause", "finished"),
    Index("ix_outbox_inbox_cause", "inbox", "cause"),
)
