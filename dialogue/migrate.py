"""Bring a database to another schema, also when several processes start at once.

Alembic is imported where there is something to do, and only there: it is seldom, and takes 10 MB.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, column, func, inspect, select, table, text
from sqlalchemy.exc import SQLAlchemyError

from dialogue.database import Database, check_references
from dialogue.errors import DialogueError

_FOLDER = Path(__file__).parent / "migrations"
# Any number, as long as nothing else in the database uses it: "parley" in ASCII.
_LOCK = 0x7061726C6579
_REVISION = re.compile(r'^(down_)?revision = (?:"([^"]+)"|None)$', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Migrated:
    """From which revision to which, and what the older schema has no place for."""

    before: str | None
    after: str
    deleted: tuple[str, ...]


def migrate(database: Database) -> None:
    """Run the migrations that ``database`` lacks, all or none; raises DialogueError."""
    change(database, newest())


def change(database: Database, to: str, *, may_delete: bool = False) -> Migrated:
    """Bring ``database`` to the revision ``to``, up or down, wholly or not at all.

    Raises DialogueError, also where that would delete something and ``may_delete`` is False.
    """
    if to not in known():
        raise DialogueError(f"there is no schema {to}; this release knows {', '.join(known())}")
    try:
        if database.read(_current) == to:
            return Migrated(to, to, ())
        with database.maintenance() as patient:
            return patient.write(lambda connection: _change(connection, to, may_delete))
    except SQLAlchemyError as error:
        said = " ".join(str(getattr(error, "orig", None) or error).split())
        raise DialogueError(
            f"the database cannot be used: {said}; correct DIALOGUE_DATABASE_URL, "
            "or give its user the right to create tables"
        ) from error


def revisions(database: Database) -> tuple[str | None, str | None]:
    """The revision that ``database`` has, and the newest there is."""
    return database.read(_current), newest()


def is_current(database: Database) -> bool:
    """Whether ``database`` lacks nothing; False too where it does not answer."""
    try:
        now, head = revisions(database)
    except SQLAlchemyError:
        return False
    return now == head


@cache
def known() -> tuple[str, ...]:
    """Every revision, oldest first; as in Alembic, each file says what it builds upon."""
    upon: dict[str | None, str] = {}
    for path in (_FOLDER / "versions").glob("r*.py"):
        found = _REVISION.finditer(path.read_text(encoding="utf-8"))
        named = {"down" if match[1] else "own": match[2] for match in found}
        upon[named["down"]] = named["own"]
    chain: list[str] = []
    while (last := chain[-1] if chain else None) in upon:
        chain.append(upon[last])
    return tuple(chain)


def newest() -> str:
    """The revision that no other builds upon."""
    return known()[-1]


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version"))
    return found.scalar_one_or_none()


def _change(connection: Connection, to: str, may_delete: bool) -> Migrated:
    if connection.dialect.name == "postgresql":
        # Released with the transaction. On SQLite, BEGIN IMMEDIATE is the lock.
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    before = _current(connection)
    if before is not None and before not in known():
        raise DialogueError(
            f"the database has the schema {before} of a newer release, and this one knows none "
            f"after {newest()}; start the newer release again, or stop it and let it take the "
            f"database back: python -m dialogue migrate --to {newest()}"
        )
    if before is None or known().index(before) < known().index(to):
        _run(connection, "upgrade", to)
        return Migrated(before, to, ())
    deleted = _downgrade(connection, to)
    if deleted and not may_delete:
        raise DialogueError(
            f"the schema {to} has no place for {', '.join(deleted)}; nothing was changed. "
            "Make a backup, then add --yes to delete them"
        )
    return Migrated(before, to, deleted)


def _downgrade(connection: Connection, to: str) -> tuple[str, ...]:
    before = _counts(connection)
    _run(connection, "downgrade", to)
    return tuple(_lost(before, _counts(connection)))


def _run(connection: Connection, way: str, to: str) -> None:
    from alembic import command  # loaded when it is needed
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    getattr(command, way)(config, to)
    check_references(connection)


def _counts(connection: Connection) -> Mapping[str, Mapping[str, int]]:
    """For each table the number of its rows, as that of "*", and of values in each column."""
    found: dict[str, Mapping[str, int]] = {}
    there = inspect(connection)
    for name in there.get_table_names():
        columns = [each["name"] for each in there.get_columns(name)]
        counted = [func.count().label("*"), *(func.count(column(each)) for each in columns)]
        row = connection.execute(select(*counted).select_from(table(name))).one()
        found[name] = dict(zip(["*", *columns], row, strict=True))
    return found


def _lost(
    before: Mapping[str, Mapping[str, int]], after: Mapping[str, Mapping[str, int]]
) -> Iterator[str]:
    """What was there and is no more, as "12 rows of messages"."""
    for name, counts in before.items():
        left = after.get(name, {"*": 0})
        if counts["*"] > left["*"]:
            yield f"{counts['*'] - left['*']} rows of {name}"
        for each in sorted(counts.keys() - left.keys() if name in after else ()):
            if counts[each]:
                yield f"{counts[each]} values of {name}.{each}"
