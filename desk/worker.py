"""Answers one job after the other, and hands over to the copy that built in the background."""

from __future__ import annotations

import gc
import os
import select
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from desk import faults
from desk.background import Copy, Link, start
from desk.errors import DeskError
from desk.guardian import Announce
from desk.job import Job, Outcome
from desk.jobs import Jobs
from desk.resident import Resident

# What builds leave behind in circles is little, and looking for it takes as long as a build. That
# matters only where no copy can do it.
_COLLECT_AFTER = 20


class Worker:
    """Takes jobs and writes their outcomes to ``answers``, a line of JSON each.

    ``announce`` is there where a copy of this process may take its place.
    """

    def __init__(self, jobs: Jobs, answers: TextIO, announce: Announce | None) -> None:
        self._jobs = jobs
        self._answers = answers
        self._announce = announce
        self._copy: Copy | None = None
        self._resident = Resident(jobs.is_waiting, self._end_copy)

    def run(self) -> None:
        """Work until nobody sends jobs any more, or only a new process can do the next."""
        count = 0
        while job := self._next():
            count += 1
            if job.background and self._can_copy():
                self._work_in_copy(job)
            elif not self._tell(job.number, outcome := build(self._resident, job)):
                return
            elif not outcome.short and not self._jobs.is_waiting():
                self._resident.rehearse()
                if job.background and count % _COLLECT_AFTER == 0:
                    gc.collect()
        self._end_copy()

    def _next(self) -> Job | None:
        """The next job; whatever is done in the background then is out of date."""
        while (job := self._jobs.take()) is None:
            ready = self._ready()
            if self._copy and self._copy.has_ended():
                self._copy = None
            if self._jobs.descriptor in ready:
                if not self._jobs.receive():
                    break
            elif self._copy and not self._heard(self._copy):
                return None
        if self._copy:
            self._copy.stop()
        return job

    def _ready(self) -> list[int]:
        files = [self._jobs.descriptor]
        if self._copy and not self._copy.stopped:
            files.append(self._copy.link.fileno())
        return select.select(files, [], [])[0]

    def _heard(self, copy: Copy) -> bool:
        """Listen to a copy that asks or has ended; whether this process is to go on."""
        report = copy.answer(self._jobs.rest)
        if report is None:
            os._exit(0)  # all that is here, the copy has too; it goes on
        self._copy = None
        status = copy.wait()
        if self._announce:
            self._announce()
        outcome = Outcome.from_json(report) if report else _died(self._resident, status)
        self._resident.forget()
        return self._tell(copy.number, outcome)

    def _work_in_copy(self, job: Job) -> None:
        self._end_copy()
        if self._announce is None:
            return
        done = start(job.number, lambda link: self._in_background(job, link), self._announce)
        if isinstance(done, Copy):
            self._copy = done
            return
        self._jobs.rest = done.rest
        self._tell(job.number, done.outcome)

    def _in_background(self, job: Job, link: Link) -> Outcome:
        gc.collect()  # nobody waits for it here
        return build(self._resident, job, link.ask)

    def _can_copy(self) -> bool:
        from plugins.build.pool import why_no_fork

        return self._announce is not None and not why_no_fork()

    def _end_copy(self) -> None:
        """Wait until nobody else has the cache."""
        if self._copy:
            copy, self._copy = self._copy, None
            copy.stop()
            copy.wait()

    def _tell(self, number: int, outcome: Outcome) -> bool:
        """Write an answer; whether there may be another."""
        sys.stdout.flush()  # what the site's code printed is shown now, not when the process ends
        self._answers.write(replace(outcome, number=number).to_json() + "\n")
        self._answers.flush()
        return outcome.going


def build(resident: Resident, job: Job, asking: Callable[[], None] | None = None) -> Outcome:
    """Build the site with drafts and scheduled posts into ``job.output``.

    ``asking`` is called before anything reaches the output, and may stop the build.
    """
    try:
        return resident.build(job, asking)
    except DeskError as error:
        told = faults.of(Path(job.settings).name, 1, "OUTPUT_PATH", *str(error).split("; "))
        return Outcome(ok=False, problems=(told,))
    except (Exception, SystemExit) as error:  # noqa: BLE001 - site code may raise anything; it is reported
        found, trace = faults.finding(error, Path(job.settings)), faults.trace(error)
        return Outcome(ok=False, problems=(found,), traceback=trace, **resident.facts())


def _died(resident: Resident, status: int) -> Outcome:
    message = f"the build in the background stopped without a result ({faults.end_of(os.waitstatus_to_exitcode(status))})"
    told = faults.of("pelicanconf.py", 1, "build", message, "see what it printed above")
    return Outcome(ok=False, problems=(told,), going=True, **resident.facts())
