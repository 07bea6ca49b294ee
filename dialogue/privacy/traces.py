"""Traces of addresses are kept for some days and then emptied, in every table that has any."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Table, update

from dialogue.schema import TRACE
from dialogue.tables import metadata


def purge(connection: Connection, before: datetime) -> int:
    """Empty the traces of rows made before ``before``; return how many there were.

    A column with a trace says so by its ``info``, and stands beside a column ``created``.
    """
    return sum(_emptied(connection, table, before) for table in metadata.sorted_tables)


def _emptied(connection: Connection, table: Table, before: datetime) -> int:
    found = 0
    for column in table.columns:
        if column.info == TRACE:
            empty = None if column.nullable else ""
            old = (table.c.created < before) & column.is_not(None) & (column != "")
            changed = connection.execute(update(table).where(old).values({column.name: empty}))
            found += changed.rowcount
    return found
