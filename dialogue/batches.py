"""Writes of many threads in one transaction (group commit): they share the wait for the disk only.

A commit waits for the disk, which takes longer than all the rest. While one is waited for, others
queue up; the next commit then holds all of them, however many there are. Each job gets its own
result or error, and its caller returns only when the transaction that holds it was committed. A job
counts as failed until then, so nothing that happens in between can turn into an acknowledgement.
"""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from dialogue.checkpoints import Checkpoints
from dialogue.errors import DialogueError

Result = TypeVar("Result")
Work = Callable[[Connection], Any]


def _interrupted() -> BaseException:
    return DialogueError("the writer was interrupted; whether this was stored is not known")


@dataclass(slots=True, eq=False)
class _Job:
    """One piece of work; ``error`` is None only after the commit that holds it."""

    work: Work = field(repr=False)
    value: Any = None
    error: BaseException | None = field(default_factory=_interrupted)
    done: bool = False


class Batches:
    """Runs work on SQLite, which has one writer: the first who waits for none writes for all."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._checkpoints = Checkpoints(engine)
        self._changed = threading.Condition()
        self._waiting: list[_Job] = []
        self._writer: _Job | None = None

    def run(self, work: Callable[[Connection], Result]) -> Result:
        """What ``work`` returns, once it is on the disk; if it raises, nothing of it is."""
        job = _Job(work)
        try:
            self._join(job)
            if self._writer is job:
                self._write_waiting()
        finally:
            self._leave(job)
        if job.error is not None:
            raise job.error
        value: Result = job.value
        return value

    def close(self) -> None:
        """Let what runs beside the writers end."""
        self._checkpoints.close()

    def _join(self, job: _Job) -> None:
        """Wait until the job is done, or else be the writer."""
        with self._changed:
            self._waiting.append(job)
            self._changed.wait_for(lambda: job.done or self._writer is None)
            if not job.done:
                self._writer = job

    def _leave(self, job: _Job) -> None:
        """Let those go whose jobs are done, and one of the others write."""
        with self._changed:
            if self._writer is job:
                self._writer = None
                self._changed.notify_all()

    def _write_waiting(self) -> None:
        """Write every job that waits now; each of them is done afterwards, one way or the other."""
        with self._changed:
            jobs, self._waiting = self._waiting, []
        try:
            parts: list[Sequence[_Job]] = [jobs]
            while parts:
                parts.extend(reversed(self._write(parts.pop())))
        finally:
            for job in jobs:
                job.done = True
            self._checkpoints.after_commit()

    def _write(self, jobs: Sequence[_Job]) -> Sequence[Sequence[_Job]]:
        """Write ``jobs`` in one transaction; returns those that are still to be written, in parts.

        After a failure nothing of the transaction is stored. Where it was one job's, those before
        it, which went well, are written again without it.
        """
        at = None
        try:
            with self._engine.begin() as connection:
                for at, job in enumerate(jobs):  # noqa: B007 # read where one raises
                    job.value = job.work(connection)
                at = len(jobs)
        except BaseException as error:  # noqa: BLE001 # each job raises its own, in its own thread
            return _after(error, jobs, at)
        for job in jobs:
            job.error = None
        return ()


def _after(error: BaseException, jobs: Sequence[_Job], at: int | None) -> Sequence[Sequence[_Job]]:
    """Give ``error`` to the jobs it concerns, and return the others in parts.

    ``at`` is the place of the job that raised it, None if the transaction could not begin (that is
    everybody's, and waiting for the lock again for each would take for ever), and the number of
    jobs if the commit failed: one that is too large then must not take the others with it.
    """
    if at is not None and at < len(jobs):
        jobs[at].error = error
        return [part for part in (jobs[:at], jobs[at + 1 :]) if part]
    if at is not None and len(jobs) > 1 and isinstance(error, Exception):
        return [[job] for job in jobs]
    for job in jobs:
        job.error = copy.copy(error)  # its own: what raises one adds to its traceback
    return ()
