"""What is an outage, and what is the fault of one job."""

from __future__ import annotations

import errno
import sqlite3

import psycopg
import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError, OperationalError

from dialogue.database import Database
from dialogue.errors import DialogueError, OutOfBoundsError, UnknownReplyError
from dialogue.supervision.outage import OutageError, is_outage, is_panic, reason
from dialogue.supervision.tables import attempts


@pytest.mark.parametrize(
    "error",
    [
        *(OSError(number, "no") for number in (errno.EMFILE, errno.ENFILE, errno.ENOSPC)),
        MemoryError(),
        RuntimeError("can't start new thread"),
        OutageError("no mail server"),
        DialogueError("the site is not built"),
        OperationalError("SELECT 1", None, psycopg.OperationalError("connection refused")),
        OperationalError("SELECT 1", None, psycopg.errors.AdminShutdown("going down")),
        OperationalError("SELECT 1", None, psycopg.errors.DiskFull("no space")),
    ],
)
def test_these_say_nothing_about_a_job(error: Exception) -> None:
    """Every other would fail, too."""
    assert is_outage(error)


@pytest.mark.parametrize(
    "error",
    [
        ValueError("no"),
        OSError(errno.EACCES, "no"),
        UnknownReplyError("x"),
        OutOfBoundsError("date", "is not between 1970 and tomorrow"),
        RuntimeError("a bug"),
        OperationalError("INSERT", None, psycopg.errors.ProgramLimitExceeded("row too large")),
        DBAPIError("INSERT", None, psycopg.DataError("NUL")),
    ],
)
def test_these_are_verdicts(error: Exception) -> None:
    """Another job may do better."""
    assert not is_outage(error)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_full_sqlite_is_an_outage(database: Database) -> None:
    """Too many variables in one statement are not."""
    with pytest.raises(DBAPIError) as full, database.engine.connect() as connection:
        connection.execute(text("PRAGMA max_page_count = 1"))
        row = {"queue": "q", "number": 1, "reason": "x" * 100_000, "due": None}
        for number in range(1000):
            connection.exec_driver_sql(
                "INSERT INTO attempts VALUES (?, ?, 1, ?, '2026-01-01', NULL)",
                ("q", str(number), row["reason"]),
            )
    assert is_outage(full.value)
    many = [{"queue": "q", "job": str(n), "number": 1, "reason": "", "due": None} for n in range(9)]
    with pytest.raises(DBAPIError) as wrong:
        database.write(lambda at: at.execute(insert(attempts).values(many)))
    assert not is_outage(wrong.value)
    assert not is_outage(OperationalError("x", None, sqlite3.OperationalError("no such table")))


def test_a_reason_is_one_line_that_any_database_takes() -> None:
    """Neither the statement and its values nor characters that are none."""
    error = OperationalError("SELECT secret", {"x": "private"}, Exception("a\nb\x00c\ud800"))
    assert reason(error) == "OperationalError: a b c"
    assert len(reason(ValueError("x" * 1000))) <= 200
    assert reason(ValueError()) == "ValueError"


def test_a_panic_is_known() -> None:
    """By its name: libraries in Rust do not export the class."""
    panic = type("PanicException", (BaseException,), {})
    assert is_panic(panic("index out of bounds"))
    assert not is_panic(SystemExit())
