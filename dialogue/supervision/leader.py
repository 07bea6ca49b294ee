"""The leader: of all processes that share one database, the one that publishes and cleans.

It holds a lock that goes with it, however it ends: on PostgreSQL an advisory lock of a session that
is used for nothing else, on SQLite a lock on a file beside the database. The others ask for it
again and again, so one of them leads a moment after the leader is gone.
"""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

from dialogue import engines
from dialogue.database import Database
from thread.locking import open_file, take

# Any number, as long as nothing else in the database uses it: "parlead" in ASCII.
_KEY = 0x7061726C656164
# A leader whose machine is gone is noticed after about ten seconds, not after two hours.
_SESSION = (
    "SET tcp_keepalives_idle = 4",
    "SET tcp_keepalives_interval = 2",
    "SET tcp_keepalives_count = 3",
)
_SECONDS = 5
_FRESH_SECONDS = 0.25
"""For so long an answer holds: several workers ask, and each in every round."""


class Leader(Protocol):
    """Whether this process leads."""

    def leads(self) -> bool:
        """Whether the lock is held, taken now if it is free. Raises what the database raises."""

    def resign(self) -> None:
        """Let go of the lock."""


def leader_of(database: Database) -> Leader:
    """How processes on ``database`` find out which of them leads."""
    if database.is_sqlite:
        return _FileLeader(Path(f"{database.url.database}.leader"))
    return _SessionLeader(database.url)


class _FileLeader:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None
        self._lock = threading.Lock()

    def leads(self) -> bool:
        """Lock the file, if nobody has."""
        with self._lock:
            if self._handle is None:
                handle = open_file(self._path, 0o600)
                if take(handle):
                    self._handle = handle
                else:
                    os.close(handle)
            return self._handle is not None

    def resign(self) -> None:
        """Close the file."""
        with self._lock:
            if self._handle is not None:
                os.close(self._handle)
            self._handle = None


class _SessionLeader:
    def __init__(self, url: URL) -> None:
        self._engine = engines.session(url, _SECONDS)
        self._session: Connection | None = None
        self._leads, self._asked = False, 0.0
        self._lock = threading.Lock()

    def leads(self) -> bool:
        """Ask the session, which also says that it is still there."""
        with self._lock:
            if self._session is None or time.monotonic() - self._asked > _FRESH_SECONDS:
                self._leads = self._ask()
                self._asked = time.monotonic()
            return self._leads

    def resign(self) -> None:
        """End the session."""
        with self._lock:
            self._drop()

    def _ask(self) -> bool:
        """Whether the lock is ours; a session that broke is replaced in the next round."""
        session = self._session = self._session or self._opened()
        query = "SELECT 1" if self._leads else f"SELECT pg_try_advisory_lock({_KEY})::int"
        try:
            return bool(session.execute(text(query)).scalar_one())
        except BaseException:
            self._drop()
            raise

    def _opened(self) -> Connection:
        session = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        try:
            for statement in _SESSION:
                session.execute(text(statement))
        except SQLAlchemyError:
            session.close()
            raise
        return session

    def _drop(self) -> None:
        session, self._session, self._leads = self._session, None, False
        if session is not None:
            session.invalidate()
            session.close()
