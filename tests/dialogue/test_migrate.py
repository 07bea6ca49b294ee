"""Migrations: they make the schema that the code has, on both databases, also all at once."""

from __future__ import annotations

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Connection, MetaData, Table, inspect, text

from dialogue import migrations
from dialogue.database import Database, check_references
from dialogue.errors import DialogueError
from dialogue.migrate import change, is_current, known, migrate, newest, revisions
from dialogue.replies.model import State
from dialogue.replies.store import Store
from dialogue.services import Unpublished
from dialogue.tables import metadata
from tests.dialogue.replies_made import reply
from tests.dialogue.rows_made import contents, fill


def differences(connection: Connection) -> object:
    """What Alembic would change to come from the database to the tables of the code."""
    options = {"compare_type": True, "compare_server_default": True}
    return compare_metadata(MigrationContext.configure(connection, opts=options), metadata)


def test_the_migrations_make_the_schema_of_the_code(database: Database) -> None:
    """What the migrations make and what the tables say differ in nothing."""
    assert database.read(differences) == []
    now, head = revisions(database)
    assert now == head is not None
    assert is_current(database)


def test_the_newest_revision_is_the_one_that_alembic_finds() -> None:
    """Reading the files comes to what Alembic, which is not loaded for it, would say."""
    folder = Path(migrations.__file__).parent
    scripts = ScriptDirectory(str(folder))
    assert newest() == scripts.get_current_head()
    assert known() == tuple(each.revision for each in scripts.walk_revisions())[::-1]


def test_many_may_start_at_once(database: Database) -> None:
    """Several processes that migrate an empty database at the same time all succeed."""
    empty(database)
    assert not is_current(database)
    opened = [Database(database.url.render_as_string(hide_password=False)) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(migrate, opened))
    assert "replies" in database.read(lambda found: inspect(found).get_table_names())
    for each in opened:
        each.close()


def test_a_migration_can_be_taken_back(database: Database) -> None:
    """To what the release before has, with its replies, and forth again."""
    store = Store(database, Unpublished())
    held = store.hold(reply(state=State.APPROVED)).reply

    def back(connection: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(Path(migrations.__file__).parent))
        config.attributes["connection"] = connection
        command.downgrade(config, "0005")

    database.write(back)
    assert revisions(database)[0] == "0005"
    assert "attempts" not in database.read(lambda found: inspect(found).get_table_names())
    migrate(database)
    assert is_current(database)
    assert [each.id for each in store.approved("tea")] == [held.id]
    assert store.unpublished() == ("tea",)


def test_a_database_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    """A file that is no database is an error that says which setting to look at."""
    path = tmp_path / "x.sqlite3"
    path.write_bytes(b"no database at all" * 100)
    with pytest.raises(DialogueError, match=r"not a database.*DIALOGUE_DATABASE_URL"):
        migrate(Database(f"sqlite:///{path}"))


def empty(database: Database) -> None:
    """Take everything out of it, the tables as well."""

    def work(connection: Connection) -> None:
        there = MetaData()
        there.reflect(connection)
        there.drop_all(connection)

    database.write(work)


def reflected(connection: Connection) -> MetaData:
    """The tables that are there."""
    there = MetaData()
    there.reflect(connection)
    return there


def shared(first: MetaData, second: MetaData) -> MetaData:
    """The tables and columns of ``first`` that ``second`` has, too."""
    both = MetaData()
    for table in first.sorted_tables:
        there = second.tables.get(table.name)
        if there is not None:
            columns = [each for each in table.columns if each.name in there.c]
            kept = [Column(each.name, each.type, primary_key=each.primary_key) for each in columns]
            Table(table.name, both, *kept)
    return both


@pytest.mark.parametrize("old", known())
def test_up_and_down_again_loses_no_row(database: Database, old: str) -> None:
    """Rows in every table of each schema survive the way to the newest, and the way back."""
    newest_shape = database.read(reflected)
    empty(database)
    change(database, old)
    shape = database.read(reflected)
    both = shared(shape, newest_shape)
    database.write(lambda at: fill(at, shape))
    before = database.read(lambda at: contents(at, both))
    assert all(before.values())
    migrate(database)
    up = database.read(lambda at: contents(at, both))
    assert change(database, old, may_delete=True).after == old
    assert database.read(lambda at: contents(at, both)) == before == up
    assert database.read(reflected).tables.keys() == shape.tables.keys()


@pytest.mark.parametrize("old", known()[:-1])
def test_down_and_up_again_loses_only_what_is_named(database: Database, old: str) -> None:
    """Going down is refused where rows would go; with --yes they are named, all others stay."""
    everything = database.read(reflected)
    database.write(lambda at: fill(at, everything))
    before = database.read(lambda at: contents(at, everything))
    with pytest.raises(DialogueError, match=r"no place for .*; nothing was changed.*--yes"):
        change(database, old)
    assert database.read(lambda at: contents(at, everything)) == before
    done = change(database, old, may_delete=True)
    both = shared(everything, database.read(reflected))
    gone = {
        name: int(count) for count, name in re.findall(r"(\d+) rows of (\w+)", str(done.deleted))
    }
    migrate(database)
    after = database.read(lambda at: contents(at, both))
    for name, rows in after.items():
        columns = sorted(everything.tables[name].c.keys())
        places = [columns.index(each) for each in sorted(both.tables[name].c.keys())]
        there = Counter(tuple(row[each] for each in places) for row in before[name])
        assert Counter(rows) <= there
        assert len(rows) == len(before[name]) - gone.get(name, 0)
    assert {name for name in before if name not in after} <= gone.keys()
    assert database.read(differences) == []


def test_a_newer_database_is_refused(database: Database) -> None:
    """What a newer release left is not touched; the message says how to go on."""
    database.write(lambda at: at.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    with pytest.raises(DialogueError, match=rf"9999 of a newer.*migrate --to {newest()}"):
        migrate(database)
    assert not is_current(database)


def test_a_schema_that_there_is_not_is_named(database: Database) -> None:
    """With those that there are."""
    with pytest.raises(DialogueError, match=r"no schema 12; this release knows 0001, "):
        change(database, "12")


def test_a_migration_leaves_no_reference_to_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite checks no reference while a table is made anew, so all are checked at the end."""
    database = Database(f"sqlite:///{tmp_path}/x.sqlite3")
    change(database, known()[0])

    def broken(connection: Connection, way: str, to: str) -> None:
        shape = reflected(connection)
        fill(connection, shape, rows=2)
        connection.execute(text("UPDATE replies SET parent = 'nobody'"))
        check_references(connection)

    monkeypatch.setattr("dialogue.migrate._run", broken)
    with pytest.raises(DialogueError, match="a row of replies refers to one of replies"):
        migrate(database)
    database.close()
