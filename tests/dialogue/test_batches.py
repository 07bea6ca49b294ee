"""Group commit: every caller returns after its own job was committed or has failed."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, select
from sqlalchemy.exc import OperationalError

from dialogue import spent
from dialogue.batches import Batches
from dialogue.database import Database
from dialogue.errors import DialogueError
from dialogue.migrate import migrate
from tests.waiting import PATIENCE

LATER = datetime(2030, 1, 1, tzinfo=UTC)
WRITERS = 400


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the database is."""
    return tmp_path / "x.sqlite3"


@pytest.fixture
def opened(file: Path) -> Iterator[Database]:
    """A migrated SQLite database."""
    made = Database(f"sqlite:///{file}")
    migrate(made)
    yield made
    made.close()


def stored(database: Database) -> set[str]:
    """The tokens that are there."""
    return database.read(lambda at: set(at.execute(select(spent.tokens.c.id)).scalars()))


def write_together(database: Database, number: int, work: Callable[..., object]) -> list[object]:
    """What ``number`` writers that wait at the same time get: the result, or what was raised."""
    begun, go_on = threading.Event(), threading.Event()

    def slow(_: Connection) -> None:
        begun.set()
        go_on.wait(PATIENCE)

    def one(at: int) -> object:
        try:
            return database.write(partial(work, number=at))
        except BaseException as error:  # noqa: BLE001 # it is what the test looks at
            return error

    with ThreadPoolExecutor(number + 1) as pool:
        first = pool.submit(database.write, slow)
        assert begun.wait(PATIENCE)
        running = [pool.submit(one, at) for at in range(number)]
        while len(database._batches._waiting) < number:  # type: ignore[union-attr] # SQLite has them
            time.sleep(0.01)
        go_on.set()
        first.result(PATIENCE)
        return [each.result(PATIENCE) for each in running]


def spend(connection: Connection, number: int) -> int:
    """Store a row, and return what nobody else gets."""
    assert spent.spend(connection, f"token {number}", LATER)
    return number


def test_many_more_writers_than_ever_wait_are_all_stored(opened: Database) -> None:
    """Four hundred that queue up during one commit each get their own result, and are on disk."""
    assert write_together(opened, WRITERS, spend) == list(range(WRITERS))
    assert stored(opened) == {f"token {number}" for number in range(WRITERS)}


def test_every_return_is_after_its_own_commit(opened: Database, file: Path) -> None:
    """Four hundred that write again and again, in any order, never return before their row is there."""
    looking = threading.local()

    def there(number: int) -> bool:
        """Whether another connection sees the row."""
        if not hasattr(looking, "at"):
            looking.at = sqlite3.connect(file)
        found = looking.at.execute("SELECT 1 FROM spent_tokens WHERE id = ?", [f"token {number}"])
        return found.fetchone() is not None

    def one(number: int) -> bool:
        return opened.write(partial(spend, number=number)) == number and there(number)

    with ThreadPoolExecutor(WRITERS) as pool:
        assert all(pool.map(one, range(10 * WRITERS)))


@pytest.mark.parametrize("kind", [KeyError, KeyboardInterrupt, SystemExit])
def test_a_job_that_raises_takes_no_other_with_it(
    opened: Database, kind: type[BaseException]
) -> None:
    """Its caller gets what it raised; all others are stored, and nothing of it is."""

    def work(connection: Connection, number: int) -> int:
        spend(connection, number)
        if number % 7 == 3:
            raise kind(number)
        return number

    found = write_together(opened, WRITERS, work)
    for number, each in enumerate(found):
        if number % 7 == 3:
            assert isinstance(each, kind)
            assert each.args == (number,)
        else:
            assert each == number
    assert stored(opened) == {f"token {each}" for each in found if isinstance(each, int)}


def test_each_job_runs_a_bounded_number_of_times(opened: Database) -> None:
    """However many fail, no job is begun more than twice."""
    runs: list[int] = []

    def work(_: Connection, number: int) -> None:
        runs.append(number)
        if number % 2:
            raise KeyError(number)

    write_together(opened, WRITERS, work)
    assert max(runs.count(number) for number in range(WRITERS)) <= 2


def test_a_commit_that_fails_acknowledges_nobody(opened: Database) -> None:
    """What was in a commit that failed is written on its own; who is not stored gets the error."""
    size = len(str(WRITERS))

    def full(connection: Connection) -> None:
        poisoned = select(spent.tokens.c.id).where(spent.tokens.c.id.like("%poison%"))
        if connection.execute(poisoned).first() is not None:
            raise sqlite3.OperationalError("database or disk is full")

    def work(connection: Connection, number: int) -> int:
        name = "poison" if number % 100 == 50 else "token"
        assert spent.spend(connection, f"{name} {number:0{size}}", LATER)
        return number

    event.listen(opened.engine, "commit", full)
    found = write_together(opened, WRITERS, work)
    acknowledged = {each for each in found if isinstance(each, int)}
    assert acknowledged == {number for number in range(WRITERS) if number % 100 != 50}
    assert stored(opened) == {f"token {number:0{size}}" for number in acknowledged}


def test_a_lock_that_another_process_holds_is_waited_for_once(opened: Database, file: Path) -> None:
    """All who wait get an error within seconds, not one after the other; then it goes on."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with ThreadPoolExecutor(100) as pool:
            began = time.monotonic()
            running = [
                pool.submit(opened.write, partial(spend, number=number)) for number in range(100)
            ]
            errors = [each.exception(PATIENCE) for each in running]
            took = time.monotonic() - began
        other.execute("ROLLBACK")
    assert {type(each) for each in errors} == {OperationalError}
    assert len({id(each) for each in errors}) == 100  # each can be raised in a thread of its own
    assert took < 60  # twice the 3 s that a lock is waited for, and a slow machine
    assert stored(opened) == set()
    assert opened.write(partial(spend, number=1)) == 1


@pytest.mark.parametrize("step", ["_write_waiting", "_write"])
def test_an_interrupted_writer_acknowledges_nobody_and_blocks_nobody(
    opened: Database, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Where Ctrl-C ends the thread that writes for all, the others go on or get an error."""
    original, once = getattr(Batches, step), threading.Lock()

    def interrupted(self: Batches, *jobs: object) -> object:
        many = len(self._waiting) >= 20 or (jobs and len(jobs[0]) > 1)  # type: ignore[arg-type] # the jobs of a batch
        if many and once.acquire(blocking=False):
            raise KeyboardInterrupt
        return original(self, *jobs)

    monkeypatch.setattr(Batches, step, interrupted)
    found = write_together(opened, 50, spend)
    acknowledged = {each for each in found if isinstance(each, int)}
    assert {f"token {number}" for number in acknowledged} <= stored(opened)
    others = [each for each in found if not isinstance(each, int)]
    assert others
    assert all(isinstance(each, (DialogueError, KeyboardInterrupt)) for each in others)
