"""Rows from elsewhere into a database: all of them or none, each once, however often it is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any, TypeAlias

from sqlalchemy import Connection, Table, and_, exists, inspect, select, text, tuple_
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from dialogue.errors import DialogueError
from dialogue.tables import metadata
from dialogue.transfer.source import Row

_AT_ONCE = 200
_NUL, _INSTEAD = "\0", "\ufffd"

Values: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Merged:
    """How many rows are new, were there, were there with other values (which stay).

    ``mended`` counts texts with NUL, which PostgreSQL cannot hold: U+FFFD stands for it.
    """

    new: int = 0
    same: int = 0
    other: int = 0
    mended: int = 0

    def __add__(self, more: Merged) -> Merged:
        return Merged(
            self.new + more.new,
            self.same + more.same,
            self.other + more.other,
            self.mended + more.mended,
        )


def merge(connection: Connection, rows: Iterable[Row]) -> Merged:
    """Add ``rows`` to what is there, in the transaction of ``connection``; raises DialogueError.

    A row that is there, by its key or by what else must be unique, is left as it is.
    """
    total = Merged()
    with _deferred(connection):
        for table, found in groupby(rows, key=lambda row: row.table):
            while chunk := list(islice(found, _AT_ONCE)):
                total += _merge(connection, table, chunk)
        _check_references(connection)
    return total


def _merge(connection: Connection, table: Table, rows: Sequence[Row]) -> Merged:
    held = [_held(connection, row.values) for row in rows]
    mended = sum(
        was != row.values[name]
        for each, row in zip(held, rows, strict=True)
        for name, was in each.items()
    )
    wanted = {_key(table, values): values for values in held}
    there = _there(connection, table, list(wanted))
    new = [values for key, values in wanted.items() if key not in there]
    same = sum(there.get(key) == values for key, values in wanted.items())
    added = _insert(connection, table, new)
    return Merged(added, same, len(rows) - added - same, mended)


def _held(connection: Connection, values: Values) -> Values:
    """``values`` as this database can hold them."""
    if connection.dialect.name != "postgresql":
        return values
    return {
        name: value.replace(_NUL, _INSTEAD) if isinstance(value, str) else value
        for name, value in values.items()
    }


def _key(table: Table, values: Values) -> tuple[Any, ...]:
    return tuple(values[column.name] for column in table.primary_key)


def _there(
    connection: Connection, table: Table, keys: Sequence[tuple[Any, ...]]
) -> Mapping[tuple[Any, ...], Values]:
    """The rows with one of ``keys``, by it."""
    query = select(table).where(tuple_(*table.primary_key).in_(keys))
    found = [dict(row) for row in connection.execute(query).mappings()]
    return {_key(table, row): row for row in found}


def _insert(connection: Connection, table: Table, new: Sequence[Values]) -> int:
    if not new:
        return 0
    insert = insert_sqlite if connection.dialect.name == "sqlite" else insert_postgresql
    statement = insert(table).on_conflict_do_nothing().returning(*table.primary_key)
    return len(connection.execute(statement, [*new]).all())


@contextmanager
def _deferred(connection: Connection) -> Iterator[None]:
    """Let a row come before the one it refers to; SQLite does so in all maintenance."""
    if connection.dialect.name != "postgresql":
        yield
        return
    there = inspect(connection)
    quote = connection.dialect.identifier_preparer.quote
    changed = [
        f"ALTER TABLE {quote(table.name)} ALTER CONSTRAINT {quote(str(each['name']))}"
        for table in metadata.sorted_tables
        for each in there.get_foreign_keys(table.name)
    ]
    for each in changed:
        connection.execute(text(f"{each} DEFERRABLE INITIALLY DEFERRED"))
    yield
    connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    for each in changed:
        connection.execute(text(f"{each} NOT DEFERRABLE"))


def _check_references(connection: Connection) -> None:
    """Raise DialogueError with the name of a row that refers to one that is not there."""
    for table in metadata.sorted_tables:
        for key in table.foreign_key_constraints:
            other = key.referred_table.alias()
            pairs = [(part.parent, other.c[part.column.name]) for part in key.elements]
            found = exists().where(*(mine == theirs for mine, theirs in pairs))
            given = and_(*(mine.is_not(None) for mine, _ in pairs))
            query = select(*table.primary_key, *(mine for mine, _ in pairs)).where(given, ~found)
            if (row := connection.execute(query).first()) is not None:
                raise DialogueError(
                    f"{table.name}: {row[0]!r} refers to {row[-1]!r}, which is not there; "
                    "nothing was imported. Export again"
                )
