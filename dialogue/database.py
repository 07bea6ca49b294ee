"""The database: one transaction for one piece of work, on SQLite or PostgreSQL.

Work is a function of a connection. It does nothing but talk to the database: no file, mail or other
host is waited for while a transaction is open. It may run a second time after a conflict, so it has
no effects elsewhere.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from typing import Self, TypeVar

from sqlalchemy import Connection, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from dialogue import engines
from dialogue.batches import Batches
from dialogue.engines import MAINTENANCE, REQUESTS, Patience
from dialogue.errors import DialogueError

Result = TypeVar("Result")

_CLOSING_SECONDS = 30
_ATTEMPTS = 5
# PostgreSQL: a serialization failure, a deadlock. Both say: try again.
_CONFLICTS = frozenset({"40001", "40P01"})


class Database:
    """The engine and the two ways to use it: :meth:`read` and :meth:`write`; safe for threads."""

    def __init__(self, url: str | URL, patience: Patience = REQUESTS) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = engines.engine(self.url, patience)
        self._reader = engines.reader(self.engine)
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

    @contextlib.contextmanager
    def maintenance(self) -> Iterator[Self]:
        """The same database for work that takes as long as it takes, such as a migration.

        SQLite does not check references there: call :func:`check_references` before the end.
        """
        opened = type(self)(self.url, MAINTENANCE)
        try:
            yield opened
        finally:
            opened.close()

    def close(self) -> None:
        """Let the work at hand end, begin no more, and close every connection."""
        with self._idle:
            self._closed = True
            self._idle.wait_for(lambda: not self._working, _CLOSING_SECONDS)
        if self._batches is not None:
            self._batches.close()
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


def check_references(connection: Connection) -> None:
    """Raise DialogueError where a row refers to one that is not there; SQLite only.

    PostgreSQL checks each statement, whoever works on it.
    """
    if connection.dialect.name != "sqlite":
        return
    found = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if found is not None:
        raise DialogueError(f"a row of {found[0]} refers to one of {found[2]} that is not there")


def _reason(error: SQLAlchemyError) -> str:
    """The driver's own words in one line; SQLAlchemy's would show the statement and its values."""
    said = str(getattr(error, "orig", None) or error)
    return " ".join(said.split()) or type(error).__name__
