"""Which single-use tokens were used, for as long as they would be accepted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, Connection, String, Table, delete, select
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from dialogue.moments import Moment
from dialogue.schema import metadata

_AT_ONCE = 5000

tokens = Table(
    "spent_tokens",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("until", Moment, nullable=False, index=True),
)


def spend(connection: Connection, token: str, until: datetime) -> bool:
    """Mark the id ``token`` as used; False if it already was. ``until`` is when it expires anyway.

    Within the transaction of what the token allows: both happen or neither.
    """
    insert = insert_sqlite if connection.dialect.name == "sqlite" else insert_postgresql
    row = insert(tokens).values(id=token, until=until).on_conflict_do_nothing()
    return connection.execute(row.returning(tokens.c.id)).first() is not None


def forget(connection: Connection, now: datetime) -> None:
    """Drop those that have expired, some at a time: no statement may take long."""
    some = select(tokens.c.id).where(tokens.c.until < now).limit(_AT_ONCE)
    while connection.execute(delete(tokens).where(tokens.c.id.in_(some))).rowcount:
        pass
