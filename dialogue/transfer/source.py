"""Where rows come from: a file that was exported, or another database. Both are only read."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn, cast

from sqlalchemy import RowMapping, Table

from dialogue.errors import DialogueError
from dialogue.migrate import newest
from dialogue.replies import rows as replies
from dialogue.tables import metadata
from dialogue.transfer.export import FORMAT
from dialogue.transfer.values import decoded
from thread.model import ID

_LONGEST = 64 * 1024 * 1024
"""Bytes of a line: more than any row that the service takes."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row, checked; ``where`` says in which line of which file or table it was found."""

    where: str
    table: Table
    values: Mapping[str, Any] = field(hash=False)


@dataclass(frozen=True, slots=True)
class File:
    """An exported file; gzipped, or as it is when unpacked."""

    path: Path

    def mark(self) -> str:
        """The mark of the secret of the service that wrote it."""
        with self._lines() as lines:
            return str(_header(self.path, lines)["secret"])

    def rows(self) -> Iterator[Row]:
        """Every row in it; raises DialogueError, also after many rows: keep none of them then."""
        with self._lines() as lines:
            _header(self.path, lines)
            yield from _rows(self.path, lines)

    @contextmanager
    def _lines(self) -> Iterator[Iterator[tuple[int, Any]]]:
        try:
            with self.path.open("rb") as raw:
                packed = raw.peek(2)[:2] == b"\x1f\x8b"
                yield _parsed(self.path, gzip.GzipFile(fileobj=raw) if packed else raw)
        except OSError as error:
            reason = error.strerror or str(error)
            raise DialogueError(f"{self.path} cannot be read: {reason}") from error


def _parsed(path: Path, file: io.BufferedIOBase) -> Iterator[tuple[int, Any]]:
    number = 0
    while True:
        number += 1
        try:
            line = file.readline(_LONGEST + 1)
            if not line:
                return
            if len(line) > _LONGEST:
                _refuse(path, number, "is longer than any row")
            yield number, json.loads(line, parse_constant=_no_number)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise _refusal(path, number, "the file is damaged or not complete") from error
        except (ValueError, RecursionError) as error:
            raise _refusal(path, number, "is no line of JSON") from error


def _header(path: Path, lines: Iterator[tuple[int, Any]]) -> Mapping[str, Any]:
    _, found = next(lines, (1, None))
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        _refuse(path, 1, f"this is no {FORMAT}", "write one with python -m dialogue export --all")
    check_schema(f"{path}:1", found.get("schema"))
    return {"secret": found.get("secret", "")}


def check_schema(where: str, schema: object) -> None:
    """Raise DialogueError where rows have another schema than this release."""
    if schema != newest():
        raise DialogueError(
            f"{where}: schema: it is {schema}, and here it is {newest()}; run the same release on "
            "both sides (python -m dialogue migrate there), and export again"
        )


def _rows(path: Path, lines: Iterator[tuple[int, Any]]) -> Iterator[Row]:
    missing = {table.name: table for table in metadata.sorted_tables}
    table: Table | None = None
    columns: list[str] = []
    count, number = 0, 1
    for number, line in lines:
        if isinstance(line, list) and table is not None:
            yield _row(path, number, table, columns, line)
            count += 1
        elif isinstance(line, dict) and line.get("table") in missing:
            table = missing.pop(line["table"])
            columns = _columns(path, number, table, line.get("columns"))
        elif isinstance(line, dict) and "end" in line:
            _end(path, number, line["end"] == count, missing)
            if next(lines, None) is not None:
                _refuse(path, number + 1, "there is something after the end")
            return
        else:
            _refuse(path, number, "is neither a table that is known here, nor a row of one")
    _refuse(path, number + 1, "the file ends too early")


def _columns(path: Path, number: int, table: Table, found: object) -> list[str]:
    wanted = table.columns.keys()
    if not isinstance(found, list) or sorted(map(str, found)) != sorted(wanted):
        _refuse(path, number, f"{table.name}: its columns have to be {', '.join(wanted)}")
    return [*map(str, found)]


def _end(path: Path, number: int, complete: bool, missing: Mapping[str, Table]) -> None:
    if not complete:
        _refuse(path, number, "there are rows missing before it, or too many")
    if missing:
        _refuse(path, number, f"tables are missing: {', '.join(missing)}")


def _row(path: Path, number: int, table: Table, columns: list[str], line: list[Any]) -> Row:
    if len(line) != len(columns):
        _refuse(path, number, f"{table.name}: a row has {len(columns)} values, not {len(line)}")
    values: dict[str, Any] = {}
    for name, value in zip(columns, line, strict=True):
        try:
            values[name] = decoded(table.c[name], value)
        except ValueError as error:
            _refuse(path, number, f"{table.name}.{name}: {error}", "export again")
    if table.name == "replies":
        _check_reply(path, number, values)
    return Row(f"{path}:{number}", table, values)


def _check_reply(path: Path, number: int, values: Mapping[str, Any]) -> None:
    """Refuse what would keep every list with this reply in it from being read."""
    try:
        replies.shown(replies.stored(cast("RowMapping", values)))
    except (ValueError, TypeError) as error:
        raise _refusal(path, number, f"replies: {error}") from error
    if not ID.fullmatch(values["id"]):
        _refuse(path, number, f"replies.id: {values['id']!r} is no id of a reply")


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _refusal(path: Path, number: int, what: str, advice: str = "export again") -> DialogueError:
    return DialogueError(f"{path}:{number}: {what}; {advice}")


def _refuse(path: Path, number: int, what: str, advice: str = "export again") -> NoReturn:
    raise _refusal(path, number, what, advice)
