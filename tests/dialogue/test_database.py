"""Transactions: whole or not at all, safe for many threads, durable on SQLite."""

from __future__ import annotations

import sqlite3
import stat
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, func, select
from sqlalchemy.exc import OperationalError

from dialogue import spent
from dialogue.database import Database
from dialogue.errors import DialogueError
from dialogue.migrate import migrate
from tests.waiting import PATIENCE

_LATER = datetime(2030, 1, 1, tzinfo=UTC)


def _count(database: Database) -> int:
    query = select(func.count()).select_from(spent.tokens)
    return database.read(lambda found: int(found.execute(query).scalar_one()))


def test_work_that_fails_leaves_nothing(database: Database) -> None:
    """An exception in the middle takes back what was written before it, and is not hidden."""

    def work(connection: Connection) -> None:
        spent.spend(connection, "one", _LATER)
        raise KeyError("midway")

    with pytest.raises(KeyError, match="midway"):
        database.write(work)
    assert _count(database) == 0


def test_writers_wait_for_each_other(database: Database) -> None:
    """Of many threads that write at once, none fails and none is lost."""
    with ThreadPoolExecutor(16) as pool:
        list(
            pool.map(
                lambda number: database.write(
                    lambda found: spent.spend(found, f"token {number}", _LATER)
                ),
                range(100),
            )
        )
    assert _count(database) == 100


def test_a_token_is_spent_once(database: Database) -> None:
    """Of twenty who spend one token at the same time, one may."""
    with ThreadPoolExecutor(10) as pool:
        done = pool.map(
            lambda _: database.write(lambda found: spent.spend(found, "token", _LATER)), range(20)
        )
    assert sum(done) == 1
    database.write(lambda found: spent.forget(found, _LATER + timedelta(seconds=1)))
    assert _count(database) == 0


def test_times_come_back_as_they_went(database: Database) -> None:
    """A time with any zone comes back as the same moment, aware and in UTC."""
    there = datetime(2026, 5, 1, 12, 30, 1, 250_000, timezone(timedelta(hours=5, minutes=30)))
    database.write(lambda found: spent.spend(found, "x", there))
    back = database.read(lambda found: found.execute(select(spent.tokens.c.until)).scalar_one())
    assert back == there
    assert back.tzinfo is UTC


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    """A naive time would be another moment on another machine."""
    with pytest.raises(Exception, match="has no time zone"):
        database.write(lambda found: spent.spend(found, "x", datetime(2026, 1, 1)))  # noqa: DTZ001 # the mistake itself


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("busy_timeout", 3_000),
    ],
)
def test_sqlite_is_set_up_to_lose_nothing(tmp_path: Path, pragma: str, value: object) -> None:
    """Every connection of SQLite is durable, checks references and overwrites what it deletes."""
    database = Database(f"sqlite:///{tmp_path}/new/folder/x.sqlite3")
    found = database.read(lambda each: each.exec_driver_sql(f"PRAGMA {pragma}").scalar_one())
    assert found == value
    assert stat.S_IMODE((tmp_path / "new" / "folder").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "new" / "folder" / "x.sqlite3").stat().st_mode) == 0o600
    database.close()


def test_sqlite_in_memory_is_refused() -> None:
    """Replies that vanish with the process are not kept."""
    with pytest.raises(DialogueError, match="DIALOGUE_DATABASE_URL"):
        Database("sqlite:///:memory:")


def test_a_database_that_is_away_is_named() -> None:
    """A server that does not answer is an error without the password that was used for it."""
    database = Database("postgresql+psycopg://me:word@127.0.0.1:1/x?connect_timeout=2")
    with pytest.raises(DialogueError, match="does not answer") as caught:
        database.check()
    assert "word" not in str(caught.value)


def test_closing_lets_the_work_at_hand_end(database: Database) -> None:
    """Work that has begun is written; what comes after is refused, and no connection is left."""
    begun, go_on = threading.Event(), threading.Event()

    def work(connection: Connection) -> bool:
        begun.set()
        go_on.wait(PATIENCE)
        return spent.spend(connection, "last", _LATER)

    with ThreadPoolExecutor(2) as pool:
        last = pool.submit(database.write, work)
        begun.wait(PATIENCE)
        closing = pool.submit(database.close)
        while not database._closed:
            time.sleep(0.01)
        with pytest.raises(DialogueError, match="is closed"):
            database.write(lambda found: spent.spend(found, "too late", _LATER))
        go_on.set()
        assert last.result(PATIENCE)
        closing.result(PATIENCE)
    assert database.engine.pool.checkedin() == 0  # type: ignore[attr-defined] # a QueuePool


def test_each_of_many_writers_has_its_own_end(database: Database) -> None:
    """Written together or not, who fails gets the error and leaves nothing; the others are stored."""

    def work(number: int) -> bool:
        def one(connection: Connection) -> bool:
            done = spent.spend(connection, f"token {number}", _LATER)
            if number % 3 == 0:
                raise KeyError(number)
            return done

        try:
            return database.write(one)
        except KeyError as error:
            return error.args != (number,)

    with ThreadPoolExecutor(24) as pool:
        done = list(pool.map(work, range(120)))
    assert done == [number % 3 != 0 for number in range(120)]
    assert _count(database) == 80


def test_writers_share_the_wait_for_the_disk(tmp_path: Path) -> None:
    """On SQLite, what queued up during one commit is in the next one, all of it."""
    database = Database(f"sqlite:///{tmp_path}/x.sqlite3")
    migrate(database)
    commits: list[object] = []
    event.listen(database.engine, "commit", commits.append)
    first, go_on = threading.Event(), threading.Event()

    def slow(connection: Connection) -> bool:
        first.set()
        go_on.wait(PATIENCE)
        return spent.spend(connection, "slow", _LATER)

    with ThreadPoolExecutor(21) as pool:
        running = [pool.submit(database.write, slow)]
        first.wait(PATIENCE)
        for number in range(20):
            work = partial(spent.spend, token=f"token {number}", until=_LATER)
            running.append(pool.submit(database.write, work))
        while len(database._batches._waiting) < 20:  # type: ignore[union-attr] # SQLite has them
            time.sleep(0.01)
        go_on.set()
        assert all(each.result(PATIENCE) for each in running)
    assert len(commits) == 2
    assert _count(database) == 21
    database.close()


def test_a_full_database_is_an_error_for_all_and_harms_nothing(tmp_path: Path) -> None:
    """No writer whose words are not stored is told that they are; later ones are stored again."""
    database = Database(f"sqlite:///{tmp_path}/x.sqlite3")
    migrate(database)

    def limit(pages: int) -> Callable[[sqlite3.Connection, object, object], None]:
        def set_limit(connection: sqlite3.Connection, *_: object) -> None:
            connection.execute(f"PRAGMA max_page_count = {pages}").close()

        return set_limit

    event.listen(database.engine, "checkout", limit(1))  # never less than what is there

    def work(number: int) -> bool:
        try:
            return database.write(
                lambda found: spent.spend(found, f"{number:05}" + "x" * 70, _LATER)
            )
        except OperationalError:
            return False

    with ThreadPoolExecutor(16) as pool:
        done = list(pool.map(work, range(3000)))
    assert 0 < sum(done) < 3000
    assert _count(database) == sum(done)
    event.listen(database.engine, "checkout", limit(100_000))
    assert work(3001)
    database.close()
