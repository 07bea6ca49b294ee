"""Bring a database to the newest schema, also when several processes start at once.

Alembic is imported where there is something to do, and only there: it is seldom, and takes 10 MB.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from dialogue.database import Database
from dialogue.errors import DialogueError

_FOLDER = Path(__file__).parent / "migrations"
# Any number, as long as nothing else in the database uses it: "parley" in ASCII.
_LOCK = 0x7061726C6579
_REVISION = re.compile(r'^(down_)?revision = (?:"([^"]+)"|None)$', re.MULTILINE)


def migrate(database: Database) -> None:
    """Run the migrations that ``database`` lacks, all or none; raises DialogueError."""
    try:
        database.write(_upgrade)
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
def newest() -> str:
    """The revision that no other builds upon; as in Alembic, each file says what it builds upon."""
    found = [
        match
        for path in sorted((_FOLDER / "versions").glob("r*.py"))
        for match in _REVISION.finditer(path.read_text(encoding="utf-8"))
    ]
    upon = {match[2] for match in found if match[1]}
    (head,) = [match[2] for match in found if not match[1] and match[2] not in upon]
    return head


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version"))
    return found.scalar_one_or_none()


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        # Released with the transaction. On SQLite, BEGIN IMMEDIATE is the lock.
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    if _current(connection) == newest():
        return
    from alembic import command  # loaded when it is needed
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
