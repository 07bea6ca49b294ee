"""The table of attempts: jobs that were begun and not finished, and those that were set aside."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table, Text

from dialogue.moments import Moment
from dialogue.schema import metadata

# ``job`` is the id of the job in its ``queue``. ``number`` counts attempts, each when it begins: one
# that ends with the process counts, too. Until ``due`` nobody begins another. ``aside`` is when the
# job was set aside for a moderator, ``reason`` what went wrong last.
attempts = Table(
    "attempts",
    metadata,
    Column("queue", String(16), primary_key=True),
    Column("job", Text, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("due", Moment, nullable=False),
    Column("aside", Moment, index=True),
)
