"""Writes of many threads in one transaction: they share the wait for the disk, and nothing else.

A commit waits for the disk, which takes longer than all the rest. While one is waited for, others
queue up; the next commit then holds all of theirs. Each gets its own result or error, and is
answered only when the commit that holds it is on the disk. Where one fails, the others are written
again without it.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

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
            values = self._transaction(jobs)
        except BaseException as error:  # noqa: BLE001 # each job raises its own, in its own thread
            self._one_by_one(jobs, error)
        else:
            for job, value in zip(jobs, values, strict=True):
                job.value = value
        for job in jobs:
            job.done = True

    def _transaction(self, jobs: list[_Job]) -> list[Any]:
        """What the jobs return, written all or none."""
        with self._engine.begin() as connection:
            return [job.work(connection) for job in jobs]

    def _one_by_one(self, jobs: list[_Job], error: BaseException) -> None:
        """After a failure nothing is written: find out whose it was, and write the others'."""
        if len(jobs) == 1:
            jobs[0].error = error
            return
        for job in jobs:
            try:
                (job.value,) = self._transaction([job])
            except BaseException as own:  # noqa: BLE001 # as above
                job.error = own
