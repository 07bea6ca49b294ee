"""Outages: failures of what is around us, which end by themselves, apart from faults of one job."""

from __future__ import annotations

import errno
import sqlite3

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from dialogue.errors import DialogueError, OutOfBoundsError, UnknownReplyError

# Descriptors, memory and disk: whatever the job, it could not be done now.
_RESOURCES = frozenset(
    {
        *(errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN),
        *(errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO),
    }
)
# PostgreSQL's classes of SQLSTATE: connection, conflict, insufficient resources, object in use,
# operator intervention, system error (PostgreSQL documentation, appendix A).
_CLASSES = frozenset({"08", "40", "53", "55", "57", "58"})
_SQLITE = frozenset(
    {
        *(
            sqlite3.SQLITE_BUSY,
            sqlite3.SQLITE_LOCKED,
            sqlite3.SQLITE_NOMEM,
            sqlite3.SQLITE_READONLY,
        ),
        *(sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FULL),
        *(sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_NOTADB),
    }
)
_LONGEST = 200


class OutageError(Exception):
    """Something that the work needs is away; the message says what, for the log."""


def is_outage(error: BaseException) -> bool:
    """Whether ``error`` says nothing about the job at hand: every other would fail, too."""
    match error:
        case OutageError() | MemoryError() | PoolTimeoutError():
            return True
        case DBAPIError():
            return error.connection_invalidated or _is_database_away(error.orig)
        case DialogueError():
            return not isinstance(error, UnknownReplyError | OutOfBoundsError)
        case OSError():
            return error.errno in _RESOURCES
        case RuntimeError():
            return "can't start new thread" in str(error)
    return False


def is_panic(error: BaseException) -> bool:
    """Whether a library written in Rust broke: that is no :class:`Exception`, but ends nothing."""
    return type(error).__name__ == "PanicException"


def reason(error: BaseException) -> str:
    """What went wrong in one printable line, without the statement and the values it was about."""
    said = str(getattr(error, "orig", None) or error) if _is_terse(error) else ""
    line = " ".join("".join(c if c.isprintable() else " " for c in said).split())
    return f"{type(error).__name__}: {line}"[:_LONGEST] if line else type(error).__name__


def _is_terse(error: BaseException) -> bool:
    return not isinstance(error, SQLAlchemyError) or getattr(error, "orig", None) is not None


def _is_database_away(error: object) -> bool:
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", -1) & 0xFF in _SQLITE
    state = getattr(error, "sqlstate", None)
    if state is not None:
        return state[:2] in _CLASSES
    # psycopg names no state where there was no connection to ask.
    return type(error).__name__ in ("OperationalError", "ConnectionTimeout")
