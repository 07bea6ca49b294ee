"""Traces of addresses are kept for some days and then emptied, in every table that has any."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, select, tuple_, update

from dialogue.schema import TRACE
from dialogue.tables import metadata

_AT_ONCE = 5000


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
            found += _set(connection, table, old, {column.name: empty})
    return found


def _set(
    connection: Connection, table: Table, which: ColumnElement[bool], values: dict[str, Any]
) -> int:
    """Set ``values`` in all rows, some at a time: no statement may take long, however many."""
    key = table.primary_key.columns
    some = select(*key).where(which).limit(_AT_ONCE)
    change = update(table).where(tuple_(*key).in_(some)).values(values)
    found = 0
    while changed := connection.execute(change).rowcount:
        found += changed
    return found
