"""Has each build done by a fresh process, the next of which is always waiting already."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path
from types import TracebackType

from desk import faults
from desk.job import Job, Outcome


class Builder:
    """Builds ``job``, one build at a time; leaving the context kills whatever still runs."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._waiting: Process | None = None

    async def __aenter__(self) -> Builder:
        self._waiting = await _start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._waiting is not None:
            await _kill(self._waiting)

    async def build(self) -> Outcome:
        """Build once."""
        process, self._waiting = self._waiting or await _start(), None
        try:
            answer, _ = await process.communicate(self._job.to_json().encode() + b"\n")
        finally:
            await _kill(process)
        self._waiting = await _start()
        return self._outcome(answer, process.returncode)

    def _outcome(self, answer: bytes, code: int | None) -> Outcome:
        try:
            return Outcome.from_json(answer)
        except (ValueError, TypeError, KeyError):
            name = Path(self._job.settings).name
            message = f"the build stopped without a result ({_exit(code)})"
            told = faults.of(name, 1, "build", message, "see what it printed above")
            return Outcome(ok=False, problems=(told,))


def _exit(code: int | None) -> str:
    with contextlib.suppress(ValueError):
        return signal.Signals(-(code or 0)).name
    return f"exit code {code}"


async def _start() -> Process:
    """A process that loads what it needs and waits for a job.

    It leads a session of its own: Ctrl-C in the terminal is the server's to handle, and the
    workers a build may start can be ended together with it.
    """
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "desk.build", stdin=PIPE, stdout=PIPE, start_new_session=True
    )


async def _kill(process: Process) -> None:
    """End ``process`` and what it started, if any of it still runs."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    await process.wait()
