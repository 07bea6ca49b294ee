"""``python -m dialogue migrate``: what it says, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dialogue.cli import main
from dialogue.database import Database
from dialogue.migrate import known, newest, revisions
from dialogue.tables import metadata
from tests.dialogue.rows_made import fill

Run = Callable[..., int]


@pytest.fixture
def run(database_url: str) -> Run:
    """Runs the command on the fresh database."""
    return lambda *words: main(["migrate", *words], {"DIALOGUE_DATABASE_URL": database_url})


def test_it_goes_down_and_up(
    run: Run, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    """By name to an older schema, and without one to the newest."""
    older = known()[-2]
    assert run() == 0
    assert run("--to", older) == 0
    assert revisions(database)[0] == older
    assert run() == 0
    assert revisions(database)[0] == newest()
    assert capsys.readouterr().out.splitlines() == [
        f"the schema is {newest()} already",
        f"the schema was {newest()} and is {older} now",
        f"the schema was {older} and is {newest()} now",
    ]


def test_it_deletes_only_what_it_was_told_to(
    run: Run, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    """Rows without a place in the older schema are named, and kept until --yes."""
    database.write(lambda at: fill(at, metadata, rows=3))
    assert run("--to", known()[0]) == 1
    assert "3 rows of messages" in capsys.readouterr().err
    assert revisions(database)[0] == newest()
    assert run("--to", known()[0], "--yes") == 0
    assert "deleted: 3 rows of messages" in capsys.readouterr().out
