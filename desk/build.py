"""The preview's builds, in a process of their own: ``python -m desk.build``.

Reads jobs from standard input and writes their outcomes to standard output, a line of JSON each. The
process keeps the site in memory from build to build, and ends where it cannot answer for the next:
after a fault in code, or where Pelican had to build. Only a new process makes changed plugins and
settings really new. The libraries, which do not change, are loaded before the first job is read: such
a process can be started ahead of time and wait, and ends by itself when nobody is left to ask it for
anything.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import logging
import os
import sys
from dataclasses import replace
from pathlib import Path

from desk import faults
from desk.errors import DeskError
from desk.job import Job, Outcome
from desk.jobs import Jobs
from desk.resident import Resident

_LIBRARIES = (
    "pelican.generators",
    "pelican.readers",
    "pelican.writers",
    "babel.dates",
    "feedgen.feed",
    "frontmatter",
    "jinja2",
    "lxml.etree",
    "markdown",
    "pygments.formatters.html",
    "markdown.extensions.footnotes",
)

# What builds leave behind in circles is little, and looking for it takes as long as a build.
_COLLECT_AFTER = 20


def main() -> int:
    """Answer jobs; nothing that a build prints gets between an answer and its reader."""
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answers:
        os.dup2(2, 1)
        logging.basicConfig(level=logging.WARNING, format="%(levelname)s: %(message)s")
        _load_libraries()
        jobs = Jobs(0)
        resident = Resident(jobs.is_waiting)
        # A search for garbage among all that is kept would come in the middle of a save.
        gc.disable()
        for number, job in enumerate(jobs, 1):
            outcome = replace(build(resident, job), number=job.number)
            sys.stdout.flush()  # what the site's code printed is shown now, not when the process ends
            answers.write(outcome.to_json() + "\n")
            answers.flush()
            if not outcome.going:
                break
            if number % _COLLECT_AFTER == 0 and not jobs.is_waiting():
                gc.collect()
    return 0


def _load_libraries() -> None:
    for name in _LIBRARIES:
        with contextlib.suppress(ImportError):  # the build will say what is missing, and where
            importlib.import_module(name)


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


if __name__ == "__main__":
    sys.exit(main())
