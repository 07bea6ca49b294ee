"""Engines for SQLite and PostgreSQL, and how long each may keep somebody waiting.

A reader waits for an answer, so every wait has an end: for a free connection, to connect, for a
lock, for a statement, for a server that says nothing more. What comes after it is an error, which
is answered with 503. Maintenance (a migration, an import) may take as long as it takes.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.pool import QueuePool

from dialogue.errors import DialogueError

_POOL = 8
MOST = 2 * _POOL
"""Connections that a process opens; half of them stay open. Who finds none waits for one."""

# Bytes that the write-ahead log keeps of a time when it was longer.
_LOG_LEFT = "journal_size_limit = 67108864"
_PRAGMAS = (
    "synchronous = FULL",
    "secure_delete = ON",
    # For each connection, and the system keeps the pages of the file anyway: with the default of
    # 2 MB the process would grow by 16 times that, as the database does.
    "cache_size = -128",
)


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to wait for each; ``statement`` and ``silence`` are PostgreSQL's, 0 is no limit.

    ``silence`` is how long a server that is connected may say nothing: it covers a network that
    loses everything and a server that hangs, which no limit of the server's own can. ``deferred``
    leaves references to be checked at the end of a transaction by whoever needs that.
    """

    connection: int = 3
    lock: int = 3
    statement: int = 5
    silence: int = 6
    deferred: bool = False


REQUESTS = Patience()
MAINTENANCE = Patience(connection=10, lock=300, statement=0, silence=0, deferred=True)


def engine(url: URL, patience: Patience) -> Engine:
    """An engine for ``url``; connects to nothing yet. Raises DialogueError."""
    make = _sqlite if url.get_backend_name() == "sqlite" else _postgresql
    return make(url, patience)


def reader(writer: Engine) -> Engine:
    """The engine for reading: every statement of a transaction sees the same state of the data."""
    if writer.dialect.name == "sqlite":
        return writer.execution_options(parley_begin="BEGIN")
    return writer.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _postgresql(url: URL, patience: Patience) -> Engine:
    made = create_engine(
        url,
        pool_size=_POOL,
        max_overflow=MOST - _POOL,
        pool_timeout=patience.connection,
        pool_pre_ping=True,
        connect_args=_parameters(url, patience),
    )
    event.listen(made, "do_connect", partial(_connected, patience.silence))
    return made


def session(url: URL, seconds: int) -> Engine:
    """An engine for single sessions of PostgreSQL, which nothing else shares; each step has an end."""
    options = {"connect_timeout": seconds}
    made = create_engine(url, poolclass=NullPool, connect_args=options)
    event.listen(made, "do_connect", partial(_connected, seconds))
    return made


def _parameters(url: URL, patience: Patience) -> dict[str, str]:
    """Parameters of a connection; what the URL itself says wins."""
    limits = {"lock_timeout": patience.lock, "statement_timeout": patience.statement}
    options = [f"-c {name}={seconds * 1000}" for name, seconds in limits.items()]
    given = url.query.get("options", ())
    options += [given] if isinstance(given, str) else given
    found = {"connect_timeout": str(patience.connection), "options": " ".join(options)}
    return {name: value for name, value in found.items() if name not in {*url.query} - {"options"}}


def _connected(silence: int, _dialect: object, _record: object, words: Any, named: Any) -> object:
    from dialogue.postgresql import connect  # loaded for PostgreSQL only

    return connect(silence, *words, **named)


def _sqlite(url: URL, patience: Patience) -> Engine:
    """An engine whose transactions begin by our word, not by the driver's guess."""
    if not url.database or url.database == ":memory:":
        raise DialogueError("replies cannot be kept in memory; set DIALOGUE_DATABASE_URL to a file")
    _make_room(Path(url.database))
    made = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=_POOL,
        max_overflow=MOST - _POOL,
        pool_timeout=patience.connection,
        connect_args={"timeout": patience.lock, "check_same_thread": False},
    )
    event.listen(made, "connect", partial(_prepare, patience))
    event.listen(made, "begin", _begin)
    return made


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


def _prepare(patience: Patience, connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    # A file stays in the mode once set. Maintenance leaves it: it may only be here to read.
    own = (
        ("foreign_keys = OFF",)
        if patience.deferred
        else ("journal_mode = WAL", "foreign_keys = ON", "wal_autocheckpoint = 0", _LOG_LEFT)
    )
    for pragma in (f"busy_timeout = {patience.lock * 1000}", *_PRAGMAS, *own):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    # A transaction that will write takes the write lock at once: it never has to give up halfway.
    how = connection.get_execution_options().get("parley_begin", "BEGIN IMMEDIATE")
    connection.exec_driver_sql(how)
