"""A database that is away, locked, slow or silent: an error within seconds, and then it goes on."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from dialogue.database import Database
from dialogue.engines import MOST, REQUESTS, Patience
from dialogue.replies.model import State
from dialogue.replies.store import Store
from dialogue.settings import Settings
from tests.dialogue.conftest import Published
from tests.dialogue.serving import Place

ENOUGH = 60
"""Seconds: every wait is bounded by a few; the rest is for a slow machine."""

THREADS = 60  # more than there are connections, and more than requests that wait at a time


class Line:
    """A connection to a Unix socket by TCP, on which everything can be made to stop."""

    def __init__(self, there: str) -> None:
        self._there = there
        self.open = threading.Event()
        self.open.set()
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=100)
        self.port = int(self._listening.getsockname()[1])
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._accepting.start()

    def close(self) -> None:
        """Take no more connections: no thread stays in the process of the tests."""
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._accepting.join(10)
        assert not self._accepting.is_alive()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                here, _ = self._listening.accept()
                threading.Thread(target=self._join, args=(here,), daemon=True).start()

    def _join(self, here: socket.socket) -> None:
        there = socket.socket(socket.AF_UNIX)
        there.connect(self._there)
        threading.Thread(target=self._pass, args=(there, here), daemon=True).start()
        self._pass(here, there)

    def _pass(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError), source, sink:
            while data := source.recv(65536):
                self.open.wait()
                sink.sendall(data)
            sink.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def line(database_url: str, database: Database) -> Iterator[Line]:
    """A line to the server of ``database``."""
    folder = database.url.query.get("host")
    if not isinstance(folder, str) or not folder.startswith("/"):
        pytest.skip("the server is not on a Unix socket of this machine")
    made = Line(f"{folder}/.s.PGSQL.5432")
    yield made
    made.open.set()
    made.close()


@pytest.fixture(
    params=[Patience(1, 1, 1, 2), pytest.param(REQUESTS, marks=pytest.mark.deep)],
    ids=["short", "real"],
)
def patience(request: pytest.FixtureRequest) -> Patience:
    """How long is waited: the times of the service, and shorter ones to be done sooner."""
    found: Patience = request.param
    return found


@pytest.fixture
def far(line: Line, database: Database, patience: Patience) -> Iterator[Database]:
    """The same database, reached by that line."""
    url = database.url.set(host="127.0.0.1", port=line.port).difference_update_query(["host"])
    made = Database(url, patience)
    yield made
    line.open.set()
    made.close()


def outcomes(work: Callable[[], object]) -> tuple[list[BaseException | None], float]:
    """What many threads that do it at once end with, and how long the slowest took."""
    began = time.monotonic()
    with ThreadPoolExecutor(THREADS) as pool:
        running = [pool.submit(work) for _ in range(THREADS)]
        found = [each.exception(2 * ENOUGH) for each in running]
    return found, time.monotonic() - began


def fails(work: Callable[[], object]) -> None:
    """All of many threads get an error of the database, and soon."""
    errors, took = outcomes(work)
    assert all(isinstance(each, SQLAlchemyError) for each in errors), errors
    assert took < ENOUGH


def execute(statement: str) -> Callable[[Connection], object]:
    """A piece of work that is one statement."""
    return lambda connection: connection.execute(text(statement)).all()


only_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@only_postgresql
def test_a_rush_waits_for_connections_and_is_served(database: Database) -> None:
    """More threads than connections, more than ever wait for answers: each gets its own."""
    assert THREADS > MOST
    errors, _ = outcomes(partial(database.read, execute("SELECT pg_sleep(0.02)")))
    assert errors == [None] * THREADS


@only_postgresql
def test_a_server_that_falls_silent_is_given_up_and_found_again(far: Database, line: Line) -> None:
    """Connected and not: reads and writes end, and succeed as soon as there are answers again."""
    assert outcomes(partial(far.read, execute("SELECT 1")))[0] == [None] * THREADS
    line.open.clear()
    fails(partial(far.read, execute("SELECT 1")))
    fails(partial(far.write, execute("SELECT 1")))
    line.open.set()
    assert outcomes(partial(far.write, execute("SELECT 1")))[0] == [None] * THREADS


@only_postgresql
def test_a_statement_that_does_not_end_is_ended(database: Database, patience: Patience) -> None:
    """It is cancelled on the server; the connection can be used again."""
    with contextlib.closing(Database(database.url, patience)) as opened:
        fails(partial(opened.read, execute("SELECT pg_sleep(300)")))
        assert outcomes(partial(opened.read, execute("SELECT 1")))[0] == [None] * THREADS


@only_postgresql
def test_a_lock_is_not_waited_for_without_end(database: Database, patience: Patience) -> None:
    """Who waits for a table that somebody holds gets an error; later ones succeed."""
    work = execute("DELETE FROM spent_tokens RETURNING id")
    with contextlib.closing(Database(database.url, patience)) as opened:
        with database.engine.connect() as other:
            other.execute(text("LOCK TABLE spent_tokens"))
            fails(partial(opened.write, work))
            other.rollback()
        assert opened.write(work) == []


@only_postgresql
def test_maintenance_is_not_hurried(database: Database) -> None:
    """A migration may take longer than a request; the limits of requests do not hold for it."""
    with database.maintenance() as patient:
        shown = patient.read(execute("SHOW statement_timeout"))
    assert [tuple(row) for row in shown] == [("0",)]  # type: ignore[attr-defined] # rows
    with database.engine.connect() as other:
        assert other.execute(text("SHOW statement_timeout")).scalar_one() == "5s"
        assert other.execute(text("SHOW lock_timeout")).scalar_one() == "3s"


@only_postgresql
def test_what_the_address_says_wins(database: Database) -> None:
    """Whoever sets limits in DIALOGUE_DATABASE_URL gets those, and ours beside them."""
    url = database.url.update_query_dict({"options": "-c lock_timeout=700"})
    own = Database(url)
    with own.engine.connect() as connection:
        assert connection.execute(text("SHOW lock_timeout")).scalar_one() == "700ms"
        assert connection.execute(text("SHOW statement_timeout")).scalar_one() == "5s"
    own.close()


@contextlib.contextmanager
def locked(database: Database) -> Iterator[None]:
    """Somebody else holds the database, as a repair by hand would: nothing can be written."""
    held = Database(database.url)
    statement = "SELECT 1" if database.is_sqlite else "LOCK TABLE replies IN EXCLUSIVE MODE"
    with held.engine.connect() as connection:  # SQLite: the lock is taken at BEGIN
        connection.execute(text(statement))
        yield
        connection.rollback()
    held.close()


def test_requests_end_with_503_and_succeed_afterwards(
    settings: Settings, database: Database, tmp_path: Path
) -> None:
    """More senders than threads, all at once: an honest answer within seconds, and later a reply."""
    room = {"DIALOGUE_MAX_BLOCK_REQUESTS": "500", "DIALOGUE_MAX_BLOCK_CONNECTIONS": "500"}
    with Place(settings, tmp_path / "log").serve(**room) as running:

        def send(_: int) -> int:
            with httpx.Client(timeout=ENOUGH) as client:
                return running.send(client, "Hello").status_code

        with ThreadPoolExecutor(THREADS) as pool:
            with locked(database):
                assert list(pool.map(send, range(THREADS))) == [503] * THREADS
                shown = httpx.get(f"{running.url}/dialogue/contact", timeout=ENOUGH)
                assert shown.status_code == 200
            assert send(0) == 201
    assert Store(database, Published()).counts() == {State.HELD: 1}
