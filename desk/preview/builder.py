"""Has builds done by a process that keeps the site in memory, and by a new one where code changed."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from desk import faults
from desk.job import Job, Outcome
from thread.site_folder import KIT

# The longest answer, in bytes: every notice of a site is in it.
_LONGEST = 64 * 1024 * 1024


class Builder:
    """Builds ``job``, one build at a time; leaving the context kills whatever still runs.

    A process is taken for one build after another as long as nothing but data has changed. Another
    one is always waiting to take its place, with the libraries loaded.
    """

    def __init__(self, job: Job) -> None:
        self._job = job
        self._number = 0
        self._process: Process | None = None
        self._waiting: Process | None = None
        self._data: tuple[Path, ...] = ()
        self._ended: int | None = None

    async def __aenter__(self) -> Builder:
        self._waiting = await _start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for process in (self._process, self._waiting):
            if process is not None:
                await _kill(process)

    async def build(self, changed: Collection[Path] = ()) -> Outcome:
        """Build once; ``changed`` are the files saved since the last build, none for all of them."""
        if not changed or not all(map(self._is_data, changed)):
            await self._end()
        going = self._process is not None
        outcome = await self._ask(replace(self._job, changed=tuple(map(str, changed))))
        if outcome is None and going:
            outcome = await self._ask(self._job)  # it may have died since; a new one tells
        return outcome or self._none()

    async def settle(self) -> Outcome:
        """Bring everything up to date, and the cache; may be cancelled for the next build."""
        return await self._ask(replace(self._job, background=True)) or self._none()

    async def _ask(self, job: Job) -> Outcome | None:
        """The outcome of a build; None where its process ended without one."""
        self._number += 1
        process = await self._ready()
        asked = replace(job, number=self._number)
        with contextlib.suppress(
            ConnectionError
        ):  # then it gives no answer, and we say how it ended
            stream = process.stdin
            if stream is not None:
                stream.write(asked.to_json().encode() + b"\n")
                await stream.drain()
        outcome = await self._answer(process, asked.number)
        self._data = tuple(map(Path, outcome.data)) if outcome else ()
        if outcome is None:
            self._ended = await process.wait()
        if outcome is None or not outcome.going:
            await self._end()
        return outcome

    async def _answer(self, process: Process, number: int) -> Outcome | None:
        """The answer to the job of this number; those to builds that were cancelled are passed over."""
        while process.stdout is not None:
            line = await process.stdout.readline()
            try:
                outcome = Outcome.from_json(line)
            except (ValueError, TypeError, KeyError):
                break
            if outcome.number == number:
                return outcome
        return None

    def _none(self) -> Outcome:
        name = Path(self._job.settings).name
        message = f"the build stopped without a result ({faults.end_of(self._ended)})"
        told = faults.of(name, 1, "build", message, "see what it printed above")
        return Outcome(ok=False, problems=(told,))

    def _is_data(self, path: Path) -> bool:
        """Whether a change of this file cannot change what the process has loaded."""
        return path.suffix != ".py" and any(path.is_relative_to(folder) for folder in self._data)

    async def _ready(self) -> Process:
        """The process that goes on, or the one that waits."""
        if self._process is None:
            self._process, self._waiting = self._waiting or await _start(), None
            self._waiting = await _start()
        return self._process

    async def _end(self) -> None:
        """Let the next build have a new process."""
        if self._process is not None:
            process, self._process = self._process, None
            await _kill(process)


async def _start() -> Process:
    """A process that loads what it needs and waits for a job.

    It leads a session of its own: Ctrl-C in the terminal is the server's to handle, and the
    workers a build may start can be ended together with it. The kit is where it is found, whatever
    the folder of the site has.
    """
    path = os.pathsep.join(filter(None, (str(KIT), os.environ.get("PYTHONPATH", ""))))
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "desk.build"),
        stdin=PIPE,
        stdout=PIPE,
        env={**os.environ, "PYTHONPATH": path},
        start_new_session=True,
        limit=_LONGEST,
    )


async def _kill(process: Process) -> None:
    """End ``process`` and all that it started: they are one group."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    await process.wait()
