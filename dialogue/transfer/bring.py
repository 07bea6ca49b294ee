"""Everything from an exported file, or from another database, into ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from dialogue.database import Database
from dialogue.engines import MAINTENANCE
from dialogue.errors import DialogueError
from dialogue.migrate import revisions
from dialogue.tables import metadata
from dialogue.tokens import Tokens
from dialogue.transfer.export import rows
from dialogue.transfer.merge import Merged, merge
from dialogue.transfer.source import File, Row, check_schema
from dialogue.transfer.values import checked


def secret_mark(tokens: Tokens) -> str:
    """What tells the secret of these tokens from others, and nothing else about it."""
    return tokens.key("mark of the secret").hex()[:16]


def from_file(database: Database, file: File) -> Merged:
    """Add all that is in ``file``; raises DialogueError, and has changed nothing then."""
    with _whole(database) as patient:
        return patient.write(lambda connection: merge(connection, file.rows()))


def from_database(database: Database, url: str) -> Merged:
    """Add all that is in the database at ``url``, which is only read; raises as above."""
    with closing(_opened(url)) as other, _whole(database) as patient:
        _check_other(database, other)
        return other.read(lambda source: patient.write(lambda target: merge(target, _rows(source))))


@contextmanager
def _whole(database: Database) -> Iterator[Database]:
    """The database for one long transaction; what a database says is wrong is a DialogueError."""
    try:
        with database.maintenance() as patient:
            yield patient
    except SQLAlchemyError as error:
        said = " ".join(str(getattr(error, "orig", None) or error).split())
        raise DialogueError(f"nothing was imported: {said}") from error


def _opened(url: str) -> Database:
    if url.startswith("sqlite") and not Path(url.partition(":///")[2]).is_file():
        raise DialogueError(f"{url}: there is no such file; name a database of the service")
    return Database(url, MAINTENANCE)


def _check_other(database: Database, other: Database) -> None:
    where = other.url.render_as_string()
    if _place(database) == _place(other):
        raise DialogueError(f"{where} is the database that DIALOGUE_DATABASE_URL names already")
    check_schema(where, revisions(other)[0])


def _place(database: Database) -> object:
    """What is the same for the same database, in whatever way its address is written."""
    if database.is_sqlite:
        return Path(str(database.url.database)).resolve()
    return database.url.set(drivername="postgresql", password=None)


def _rows(connection: Connection) -> Iterator[Row]:
    """Every row there, held to what a column can keep: SQLite keeps anything."""
    for table in metadata.sorted_tables:
        for number, row in enumerate(rows(connection, table), 1):
            where = f"row {number} of {table.name}"
            values = {}
            for column, value in zip(table.columns, row, strict=True):
                try:
                    values[column.name] = checked(column, value)
                except ValueError as error:
                    raise DialogueError(
                        f"{where}: {column.name}: {error}; correct it there"
                    ) from error
            yield Row(where, table, values)
