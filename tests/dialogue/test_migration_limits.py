"""The migration to limits of mail: what there was is kept, and the way back works."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, inspect, text

from dialogue import migrations
from dialogue.database import Database

_BEFORE = "0006"
_COLUMNS = "id, target, state, name, email, text, reasons, digest, created"


def moved(database: Database, revision: str, way: str) -> None:
    """Bring the schema up or down to ``revision``."""

    def work(connection: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(Path(migrations.__file__).parent))
        config.attributes["connection"] = connection
        getattr(command, way)(config, revision)

    database.write(work)


def filled(connection: Connection) -> None:
    """A message that was mailed, one that was suspicious, a letter, a try to sign in."""
    for name, state in (("a", "new"), ("b", "held"), ("c", "done")):
        values = f"'{name}', '', '{state}', 'Ada', 'a@b.example', 't', '[]', '{name}', '2026-05-01 10:00:00'"
        connection.execute(text(f"INSERT INTO messages ({_COLUMNS}) VALUES ({values})"))
    connection.execute(
        text(
            "INSERT INTO outbox (id, key, recipient, subject, text, reply_to, unsubscribe, "
            "message_id, state, created, due, attempts, lease, problem) VALUES ('x', 'confirm/x', "
            "'a@b.example', 's', 't', '', '', '<x@b>', 'waiting', '2026-05-01 10:00:00', "
            "'2026-05-01 10:00:00', 0, '', '')"
        )
    )
    connection.execute(
        text(
            "INSERT INTO sign_ins (id, address, created) VALUES ('s', 'net', '2026-05-01 10:00:00')"
        )
    )


@pytest.fixture
def before(database: Database) -> Database:
    """A database as the release before left it."""
    moved(database, _BEFORE, "downgrade")
    database.write(filled)
    return database


def test_nothing_is_lost_on_the_way_up_and_down(before: Database) -> None:
    """Letters wait as before; only what was suspicious is not mailed yet."""

    def rows(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
        return {
            name: [tuple(row) for row in connection.execute(text(query))]
            for name, query in (
                ("outbox", "SELECT id, state, recipient FROM outbox"),
                ("messages", "SELECT id, state, text FROM messages ORDER BY id"),
                ("sign_ins", "SELECT id, address FROM sign_ins"),
            )
        }

    there = before.read(rows)
    moved(before, "head", "upgrade")
    assert before.read(rows) == there
    query = text("SELECT id FROM messages WHERE mailed IS NULL")
    assert before.read(lambda found: found.execute(query).scalars().all()) == ["b"]
    cause = text("SELECT cause, inbox, network FROM outbox")
    assert before.read(lambda found: tuple(found.execute(cause).one())) == (None, None, None)
    moved(before, _BEFORE, "downgrade")
    assert before.read(rows) == there
    assert "confirmations" in before.read(lambda found: inspect(found).get_table_names())
    moved(before, "head", "upgrade")
    assert before.read(rows) == there
