"""Migrations: they make the schema that the code has, on both databases, also all at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from dialogue import migrations
from dialogue.database import Database
from dialogue.errors import DialogueError
from dialogue.migrate import is_current, migrate, newest, revisions
from dialogue.tables import metadata


def test_the_migrations_make_the_schema_of_the_code(database: Database) -> None:
    """What the migrations make and what the tables say differ in nothing."""

    def differences(connection: Connection) -> object:
        options = {"compare_type": True, "compare_server_default": True}
        return compare_metadata(MigrationContext.configure(connection, opts=options), metadata)

    assert database.read(differences) == []
    now, head = revisions(database)
    assert now == head is not None
    assert is_current(database)


def test_the_newest_revision_is_the_one_that_alembic_finds() -> None:
    """Reading the files comes to what Alembic, which is not loaded for it, would say."""
    folder = Path(migrations.__file__).parent
    assert newest() == ScriptDirectory(str(folder)).get_current_head()


def test_many_may_start_at_once(database: Database) -> None:
    """Several processes that migrate an empty database at the same time all succeed."""

    def empty(connection: Connection) -> None:
        metadata.drop_all(connection)
        connection.execute(text("DROP TABLE alembic_version"))

    database.write(empty)
    assert not is_current(database)
    opened = [Database(database.url.render_as_string(hide_password=False)) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(migrate, opened))
    assert "replies" in database.read(lambda found: inspect(found).get_table_names())
    for each in opened:
        each.close()


def test_a_database_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    """A file that is no database is an error that says which setting to look at."""
    path = tmp_path / "x.sqlite3"
    path.write_bytes(b"no database at all" * 100)
    with pytest.raises(DialogueError, match=r"not a database.*DIALOGUE_DATABASE_URL"):
        migrate(Database(f"sqlite:///{path}"))
