"""SQLite's write-ahead log is copied into the database beside the writers."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import PoolProxiedConnection
from sqlalchemy.exc import OperationalError

from dialogue import checkpoints, spent
from dialogue.database import Database
from dialogue.errors import DialogueError
from dialogue.migrate import migrate
from tests.waiting import PATIENCE, until

LATER = datetime(2030, 1, 1, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the database is."""
    return tmp_path / "x.sqlite3"


@pytest.fixture
def opened(file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A migrated SQLite database that makes a checkpoint after each commit."""
    monkeypatch.setattr(checkpoints, "_PAUSE", 0.0)
    made = Database(f"sqlite:///{file}")
    migrate(made)
    yield made
    made.close()


def store(database: Database, number: int) -> None:
    """Write something."""
    database.write(lambda connection: spent.spend(connection, f"{number}", LATER))


def copied(file: Path) -> bool:
    """Whether the database file itself holds what was written, without its log."""
    with (
        closing(sqlite3.connect(f"file:{file}?immutable=1", uri=True)) as alone,
        suppress(sqlite3.DatabaseError),  # looked at in the middle of a checkpoint
    ):
        return bool(alone.execute("SELECT count(*) FROM spent_tokens").fetchone()[0])
    return False


def test_what_was_written_is_copied_into_the_database(opened: Database, file: Path) -> None:
    """While the service runs, not only when it ends."""
    store(opened, 0)
    until(lambda: copied(file))


class Gate:
    """Stands before the connection of each checkpoint, and counts them."""

    def __init__(self, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count, self.open = 0, threading.Event()
        self.failure: Exception | None = None
        self._real = database.engine.raw_connection
        monkeypatch.setattr(database.engine, "raw_connection", self._connect)

    def _connect(self) -> PoolProxiedConnection:
        if threading.current_thread().name == "checkpoint":
            self.count += 1
            self.open.wait(PATIENCE)
            if self.failure is not None:
                raise self.failure
        return self._real()


def test_no_commit_waits_for_a_checkpoint(
    opened: Database, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Writers go on while one runs, which is the only one; closing lets it end."""
    gate = Gate(opened, monkeypatch)
    for number in range(20):
        store(opened, number)
    until(lambda: gate.count)
    assert gate.count == 1
    assert not copied(file)
    closing_it = threading.Thread(target=opened.close)
    closing_it.start()
    gate.open.set()
    closing_it.join(PATIENCE)
    assert not closing_it.is_alive()
    assert copied(file)


def test_a_checkpoint_that_fails_is_told_and_made_again(
    opened: Database, file: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Such as on a full disk: what was written stays in the log until then."""
    gate = Gate(opened, monkeypatch)
    gate.open.set()
    gate.failure = OperationalError("checkpoint", None, sqlite3.OperationalError("disk is full"))
    store(opened, 0)
    until(lambda: "no checkpoint was made" in caplog.messages)
    gate.failure = None

    def again() -> bool:
        store(opened, gate.count)
        return copied(file)

    until(again)


def test_commits_in_a_row_share_a_checkpoint(
    opened: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After one the disk belongs to the commits for a while."""
    monkeypatch.setattr(checkpoints, "_PAUSE", PATIENCE)
    gate = Gate(opened, monkeypatch)
    gate.open.set()
    for number in range(20):
        store(opened, number)
    until(lambda: gate.count)
    assert gate.count == 1


def test_a_long_log_is_copied_to_its_end_between_two_commits(
    opened: Database, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside writers who always go on none comes to the end, and the log would grow for ever."""
    monkeypatch.setattr(checkpoints, "_LONGEST", 20)
    made, log = list[str](), file.with_name(f"{file.name}-wal")
    copy = checkpoints.Checkpoints._copy

    def told(self: checkpoints.Checkpoints) -> int:
        made.append(threading.current_thread().name)
        pages = copy(self)
        with suppress(DialogueError):  # the end of the test
            if made[-1] == "checkpoint":  # somebody is always quicker
                store(opened, -len(made))
        return pages

    monkeypatch.setattr(checkpoints.Checkpoints, "_copy", told)
    for number in range(1, 300):
        store(opened, number)
    assert threading.current_thread().name in made
    assert log.stat().st_size < 299 * 4096
