"""Everything that is kept as one file: gzipped lines of JSON, which any tool can read.

The first line names the format and the schema. Each table begins with a line of its name and its
columns, and has a line for each row. The last line says how many rows there were, so that a part of
a file is not taken for all of it. It has personal data in it: nobody but its owner can read it.
"""

from __future__ import annotations

import gzip
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Connection, Table, select

from dialogue.database import Database
from dialogue.migrate import newest
from dialogue.tables import metadata
from dialogue.transfer.values import encoded

FORMAT = "parley-dialogue/1"
AT_ONCE = 500
"""Rows that are in memory at a time."""


def export(database: Database, path: Path, mark: str) -> int:
    """Write all rows of ``database`` to ``path``, whole or not at all; returns how many.

    They are of one moment, also while the service runs. ``mark`` tells the secret that the service
    signs with from others. Raises OSError.
    """
    with database.maintenance() as patient, _replacing(path) as file:
        return patient.read(lambda connection: _write(connection, file, mark))


def rows(connection: Connection, table: Table) -> Iterator[tuple[Any, ...]]:
    """Every row of ``table``, a few in memory at a time."""
    streamed = connection.execution_options(stream_results=True, yield_per=AT_ONCE)
    order = table.primary_key.columns
    for row in streamed.execute(select(table).order_by(*order)):
        yield tuple(row)


def _write(connection: Connection, file: BinaryIO, mark: str) -> int:
    count = 0
    with gzip.GzipFile(filename="", fileobj=file, mode="wb", mtime=0) as packed:
        for line in _lines(connection, mark):
            count += isinstance(line, list)
            packed.write(_dumped(line))
        packed.write(_dumped({"end": count}))
    return count


def _lines(connection: Connection, mark: str) -> Iterator[Any]:
    yield {"format": FORMAT, "schema": newest(), "secret": mark}
    for table in metadata.sorted_tables:
        yield {"table": table.name, "columns": table.columns.keys()}
        for row in rows(connection, table):
            yield [encoded(value) for value in row]


def _dumped(line: Any) -> bytes:
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    """A file that only its owner may read, which takes the place of ``path`` once it is whole."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
