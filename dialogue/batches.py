"""Writes of many threads in one transaction: they share the wait for the disk, and nothing else.

A commit waits for the disk, which takes longer than all the rest. While one is waited for, others
queue up; the next commit then holds all of theirs. Each keeps its own result or error, and is
answered only when the commit that holds it is on the disk.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

Result = TypeVar("Result")
Work = Callable[[Connection], Any]

_MOST = 64


@dataclass(slots=True, eq=False)
class _Job:
    work: Work = field(repr=False)
    done: bool = False
    value: Any = None
    error: BaseException | None = None


class Batches:
    """Runs work on SQLite, which has one writer: whoever gets the turn writes for all who wait."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._turn = threading.Lock()
        self._waiting: deque[_Job] = deque()

    def run(self, work: Callable[[Connection], Result]) -> Result:
        """What ``work`` returns, once it is on the disk; if it raises, nothing of it is."""
        job = _Job(work)
        self._waiting.append(job)
        with self._turn:
            if not job.done:
                self._write()
        if job.error is not None:
            raise job.error
        value: Result = job.value
        return value

    def _write(self) -> None:
        jobs = [self._waiting.popleft() for _ in range(min(_MOST, len(self._waiting)))]
        try:
            with self._engine.begin() as connection:
                _together(connection, jobs)
        except BaseException as error:  # noqa: BLE001 # each job raises it, in its own thread
            for job in jobs:
                job.error = error
        for job in jobs:
            job.done = True


def _together(connection: Connection, jobs: list[_Job]) -> None:
    """Run the jobs, each in a savepoint: one that fails takes back its own writes only."""
    if len(jobs) == 1:
        jobs[0].value = jobs[0].work(connection)
        return
    for job in jobs:
        try:
            with connection.begin_nested():
                job.value = job.work(connection)
        except OperationalError:
            raise  # the database, not the job: a full disk, a lock
        except Exception as error:  # noqa: BLE001 # raised again in the thread that it belongs to
            job.error = error
        _still_open(connection)


def _still_open(connection: Connection) -> None:
    """Raise if SQLite gave up the transaction, as it may on errors: no job before was written."""
    if not getattr(connection.connection.dbapi_connection, "in_transaction", True):
        raise RuntimeError("the transaction was given up")
