"""Answers one job after the other, in one process that keeps the site in memory."""

from __future__ import annotations

import gc
import sys
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from desk import faults
from desk.errors import DeskError
from desk.job import Job, Outcome
from desk.jobs import Jobs
from desk.resident import Resident

# What builds leave behind in circles is little, and looking for it takes as long as a build.
_COLLECT_AFTER = 20


def work(jobs: Jobs, answers: TextIO) -> None:
    """Take jobs and write their outcomes to ``answers``, a line of JSON each.

    It ends when nobody sends jobs any more, or only a new process can do the next.
    """
    resident = Resident(jobs.is_waiting)
    count = 0
    while job := jobs.next():
        outcome = build(resident, job)
        sys.stdout.flush()  # what the site's code printed is shown now, not when the process ends
        answers.write(replace(outcome, number=job.number).to_json() + "\n")
        answers.flush()
        if not outcome.going:
            return
        if not outcome.short and not jobs.is_waiting():
            count += 1
            resident.rehearse()
            if count % _COLLECT_AFTER == 0:
                gc.collect()


def build(resident: Resident, job: Job) -> Outcome:
    """Build the site with drafts and scheduled posts into ``job.output``."""
    try:
        return resident.build(job)
    except DeskError as error:
        told = faults.of(Path(job.settings).name, 1, "OUTPUT_PATH", *str(error).split("; "))
        return Outcome(ok=False, problems=(told,))
    except (Exception, SystemExit) as error:  # noqa: BLE001 - site code may raise anything; it is reported
        found, trace = faults.finding(error, Path(job.settings)), faults.trace(error)
        return Outcome(ok=False, problems=(found,), traceback=trace, **resident.facts())
