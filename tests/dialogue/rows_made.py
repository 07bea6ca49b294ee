"""Rows for every table there is, made of the types of its columns: a new table needs no new code."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

from sqlalchemy import Column, Connection, DateTime, MetaData, Table, insert, select
from sqlalchemy.types import TypeDecorator

Contents: TypeAlias = Mapping[str, list[tuple[Any, ...]]]

_HARD = "Zoë 🫖 'quoted' \"twice\" \\n % ; -- \n\ttab \u202e \u0301 "
_MOMENT = datetime(2026, 2, 28, 23, 59, 59, 123456, tzinfo=UTC)


def fill(connection: Connection, metadata: MetaData, rows: int = 7, first: int = 0) -> None:
    """Put ``rows`` rows into every table, numbered from ``first``; every other value is NULL."""
    for table in metadata.sorted_tables:
        if table.name != "alembic_version":
            made = [_row(table, number) for number in range(first, first + rows)]
            for each in made:
                connection.execute(insert(table).values(each))


def contents(connection: Connection, metadata: MetaData) -> Contents:
    """Every row of every table, with its columns in the order of their names."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for table in metadata.sorted_tables:
        if table.name != "alembic_version":
            columns = [table.c[name] for name in sorted(table.c.keys())]
            rows = connection.execute(select(*columns).order_by(*table.primary_key))
            found[table.name] = sorted((tuple(row) for row in rows), key=repr)
    return found


def _row(table: Table, number: int) -> dict[str, Any]:
    return {column.name: _value(column, number) for column in table.columns}


def _value(column: Column[Any], number: int) -> Any:
    if column.foreign_keys:
        # Each refers to the first row; that one refers to itself: every order has to work.
        (key,) = column.foreign_keys
        return _value(key.column, number - number % 7) if number % 2 == 0 else None
    if column.nullable and number % 2:
        return None
    return _known(column, number)


def _known(column: Column[Any], number: int) -> Any:
    own = column.type if isinstance(column.type, TypeDecorator) else None
    stored = own.impl_instance if own else column.type
    kind = stored.python_type
    if isinstance(stored, DateTime):
        when = _MOMENT - timedelta(days=number, microseconds=number)
        return when if own or stored.timezone else when.replace(tzinfo=None)
    made: Mapping[type, Any] = {
        str: f"{number} {column.name} {_HARD}",
        int: number * 1000,
        bool: number % 2 == 0,
        float: number / 3,
        bytes: bytes(range(number, 256)),
        dict: {"number": number, "text": _HARD},
    }
    value = made[kind]
    size = getattr(column.type, "length", None)
    return _special(column, number, value[:size] if kind is str and size else value)


def _special(column: Column[Any], number: int, value: Any) -> Any:
    """What the service reads of these columns has a form; others may hold anything."""
    forms = {
        ("replies", "kind"): "mention",
        ("replies", "state"): ("approved", "held", "rejected", "spam", "erased")[number % 5],
        ("replies", "id"): f"reply_{number}",
        ("replies", "reasons"): '["few \\u00fc"]',
        ("replies", "url"): "https://zoë.example/",
        ("replies", "source"): f"https://zoë.example/{number}",
        ("replies", "html"): "<p>Zoë &lt;b&gt; \U0001fad6</p>",
    }
    return forms.get((column.table.name, column.name), value)
