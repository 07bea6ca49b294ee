"""The database: one transaction for one piece of work, on SQLite or PostgreSQL.

Work is a function of a connection. It does nothing but talk to the database: no file, mail or other
host is waited for while a transaction is open. It may run a second time after a conflict, so it has
no effects elsewhere.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from dialogue.batches import Batches
from dialogue.errors import DialogueError

Result = TypeVar("Result")

_BUSY_SECONDS = 30
_POOL = 8
_ATTEMPTS = 5
# PostgreSQL: a serialization failure, a deadlock. Both say: try again.
_CONFLICTS = frozenset({"40001", "40P01"})
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    f"PRAGMA busy_timeout = {_BUSY_SECONDS * 1000}",
    # For each connection, and the system keeps the pages of the file anyway: with the default of
    # 2 MB the process would grow by 16 times that, as the database does.
    "PRAGMA cache_size = -128",
)


class Database:
    """The engine and the two ways to use it: :meth:`read` and :meth:`write`; safe for threads."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite(self.url) if self.is_sqlite else _postgresql(self.url)
        self._reader = _reader(self.engine, self.is_sqlite)
        self._batches = Batches(self.engine) if self.is_sqlite else None
        self._idle = threading.Condition()
        self._working, self._closed = 0, False

    def read(self, work: Callable[[Connection], Result]) -> Result:
        """What ``work`` finds in one unchanging view of the data."""
        with self._at_work(), self._reader.connect() as connection, connection.begin():
            return work(connection)

    def write(self, work: Callable[[Connection], Result]) -> Result:
        """What ``work`` returns, once all it wrote is on the disk; if it raises, nothing is."""
        with self._at_work():
            if self._batches is not None:
                return self._batches.run(work)
            return self._attempt(work, _ATTEMPTS)

    def check(self) -> None:
        """Ask the database for the least it can say; raises DialogueError if it does not answer."""
        try:
            self.read(lambda connection: connection.execute(text("SELECT 1")).scalar_one())
        except SQLAlchemyError as error:
            raise DialogueError(f"the database does not answer: {_reason(error)}") from error

    def close(self) -> None:
        """Let the work at hand end, begin no more, and close every connection."""
        with self._idle:
            self._closed = True
            self._idle.wait_for(lambda: not self._working, _BUSY_SECONDS)
        self.engine.dispose()

    @contextlib.contextmanager
    def _at_work(self) -> Iterator[None]:
        """Count one piece of work; raises DialogueError where the database was closed."""
        with self._idle:
            if self._closed:
                raise DialogueError("the database is closed: the service is stopping")
            self._working += 1
        try:
            yield
        finally:
            with self._idle:
                self._working -= 1
                self._idle.notify_all()

    def _attempt(self, work: Callable[[Connection], Result], attempts: int) -> Result:
        try:
            return self._once(work)
        except OperationalError as error:
            if attempts <= 1 or getattr(error.orig, "sqlstate", None) not in _CONFLICTS:
                raise
        return self._attempt(work, attempts - 1)

    def _once(self, work: Callable[[Connection], Result]) -> Result:
        with self.engine.begin() as connection:
            return work(connection)


def _reader(engine: Engine, is_sqlite: bool) -> Engine:
    """The engine for reading: every statement of a transaction sees the same state of the data."""
    if is_sqlite:
        return engine.execution_options(parley_begin="BEGIN")
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _postgresql(url: URL) -> Engine:
    return create_engine(url, pool_size=_POOL, max_overflow=_POOL, pool_pre_ping=True)


def _sqlite(url: URL) -> Engine:
    """An engine whose transactions begin by our word, not by the driver's guess."""
    if not url.database or url.database == ":memory:":
        raise DialogueError("replies cannot be kept in memory; set DIALOGUE_DATABASE_URL to a file")
    _make_room(Path(url.database))
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=_POOL,
        max_overflow=_POOL,
        connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _make_room(path: Path) -> None:
    """The folder of the database and its file, for nobody but us to read, in whatever folder."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
    except OSError as error:
        raise DialogueError(
            f"cannot keep a database in {path.parent}: {error.strerror}; "
            "let the service write there, or set DIALOGUE_DATABASE_URL"
        ) from error


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma).close()


def _begin(connection: Connection) -> None:
    # A transaction that will write takes the write lock at once: it never has to give up halfway.
    how = connection.get_execution_options().get("parley_begin", "BEGIN IMMEDIATE")
    connection.exec_driver_sql(how)


def _reason(error: SQLAlchemyError) -> str:
    """The driver's own words in one line; SQLAlchemy's would show the statement and its values."""
    said = str(getattr(error, "orig", None) or error)
    return " ".join(said.split()) or type(error).__name__
