"""Bring a database to the newest schema, also when several processes start at once."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from dialogue.database import Database
from dialogue.errors import DialogueError

_FOLDER = Path(__file__).parent / "migrations"
# Any number, as long as nothing else in the database uses it: "parley" in ASCII.
_LOCK = 0x7061726C6579


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
    head = ScriptDirectory(str(_FOLDER)).get_current_head()
    return database.read(_current), head


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        # Released with the transaction. On SQLite, BEGIN IMMEDIATE is the lock.
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    if _current(connection) == ScriptDirectory(str(_FOLDER)).get_current_head():
        return
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
