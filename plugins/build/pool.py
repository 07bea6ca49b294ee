"""The worker processes of one build: a function applied to many items, in batches.

The processes are those of :class:`concurrent.futures.ProcessPoolExecutor`. Where the system can fork
and no other thread runs, they are forked for each piece of work and share what is in memory. Elsewhere
they are spawned, which takes each of them about a second: so only where there is enough to do. What
is raised in one of them is raised here.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, mkstemp
from types import TracebackType
from typing import Any, TypeVar

from plugins.build import worker
from plugins.build.gathering import Gathering, WorkerError
from plugins.build.worker import Job, Open, Parcel, UnsendableError, run_forked, run_spawned
from plugins.fastbuild.settings import Start

__all__ = ["Parcel", "UnsendableError", "WorkerError", "WorkerPool", "why_no_fork"]

Result = TypeVar("Result")
Pack = Callable[[Sequence[Any]], Parcel]

# So many texts or pages that spawned processes have repaid their start; measured, see docs/engine.md.
WORTH = 600


def why_no_fork() -> str:
    """Why a fork of this process would not be safe; nothing where it would.

    The fork has none of the other threads, but the locks that they held.
    """
    if not hasattr(os, "fork"):
        return "this system cannot fork processes"
    if sys.platform == "darwin":
        return "forks are not safe on macOS"
    others = [one for one in threading.enumerate() if one is not threading.current_thread()]
    named = ", ".join(f"“{one.name}”" for one in others)
    if len(others) > 1:
        return f"the threads {named} run in it, and no fork of it would be safe"
    return f"the thread {named} runs in it, and no fork of it would be safe" if named else ""


@dataclass
class _Spawned:
    """The spawned processes, and a folder for what they are sent; ``answered`` once one did work.

    ``because`` says why there are no forks; the threads of the pool are another reason.
    """

    executor: ProcessPoolExecutor
    folder: Path
    because: str
    answered: bool = False


class WorkerPool:
    """Up to ``workers`` processes; a context manager.

    ``start`` is how they come to be: "fork" forks or does without, "spawn" spawns however little there
    is to do, "" takes what is best. ``equip`` makes what spawned ones are opened with; without it there
    are none. ``notes`` say how the work was done, and ``alone`` why one process did much by itself.
    """

    def __init__(
        self, workers: int, start: Start = "", equip: Callable[[], Open] | None = None
    ) -> None:
        self.notes: dict[str, None] = {}
        self.alone = ""
        self._workers = workers
        self._start: Start = start
        self._equip = equip
        self._spawned: _Spawned | None = None
        self._stack = ExitStack()

    def __enter__(self) -> WorkerPool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def in_batches(
        self,
        work: Callable[[Sequence[Any]], Result],
        items: Sequence[Any],
        size: int,
        pack: Pack | None = None,
    ) -> Iterator[tuple[int, Result]]:
        """Apply ``work`` to ``items`` in batches of ``size``; yield each result as it comes.

        With it comes the place of the first item of its batch. ``pack`` makes of the items what
        spawned processes are sent; without it they get none. Raises what ``work`` raises as
        :class:`SiteError` (all problems of all batches together) or :class:`DamagedError`, and
        :class:`WorkerError` for every other end of a worker.
        """
        job = Job(work, items, size)
        workers = min(self._workers, len(job.starts))
        hindrance = self._spawned.because if self._spawned else why_no_fork()
        enough = self._start == "spawn" or len(items) >= WORTH or self._spawned is not None
        forks = self._start != "spawn" and not self._spawned and not hindrance
        if workers > 1 and forks:
            self._note(f"{workers} forked processes did the work")
            yield from self._forked(job, workers)
        elif workers > 1 and self._start != "fork" and enough and pack and self._equip:
            yield from self._in_spawned(job, pack, hindrance)
        else:
            if workers > 1 and not self._spawned:
                self._note(f"this process did the work alone{_because(hindrance)}")
                self.alone = hindrance if len(items) >= WORTH else self.alone
            yield from Gathering(job).here()

    def _forked(self, job: Job, workers: int) -> Iterator[tuple[int, Any]]:
        # The processes do not touch, and thereby copy, what is there; to look for garbage among it
        # first takes longer than a fork does.
        gc.freeze()
        try:
            with _executor(workers, "fork", worker.begin, job) as executor:
                yield from Gathering(job).collect(executor, run_forked)
        finally:
            gc.unfreeze()

    def _in_spawned(self, job: Job, pack: Pack, hindrance: str) -> Iterator[tuple[int, Any]]:
        gathering = Gathering(job)
        try:
            parcel = pack(job.items)
            spawned = self._spawned = self._spawned or self._spawn(hindrance)
        except UnsendableError as error:
            self._give_up(str(error))
            yield from gathering.here()
            return
        handle, name = mkstemp(dir=spawned.folder)
        with os.fdopen(handle, "wb") as file:
            file.write(parcel.data)
        gathering.shares = not self._asked_for_spawn
        gathering.answered = spawned.answered
        yield from gathering.collect(spawned.executor, run_spawned, parcel.here, name, job.size)
        spawned.answered = gathering.answered
        if gathering.unable:
            self._give_up(gathering.unable)
            return
        count = self._workers - 1
        who = f"{count} spawned" if self._asked_for_spawn else f"this process and {count} spawned"
        self._note(f"{who} did the work{_because(hindrance)}")

    @property
    def _asked_for_spawn(self) -> bool:
        """Whether all that can be is done by spawned processes, to see that it can."""
        return self._start == "spawn"

    def _spawn(self, because: str) -> _Spawned:
        if self._equip is None:
            raise UnsendableError("there is nothing to open it with")
        opening = self._equip()
        folder = Path(self._stack.enter_context(TemporaryDirectory(prefix="parley-")))
        count = self._workers - 1
        executor = _executor(count, "spawn", worker.begin, opening)
        return _Spawned(self._stack.enter_context(executor), folder, because)

    def _give_up(self, why: str) -> None:
        self._equip = None
        self.alone = f"spawned processes could not help: {why}"
        self._note(self.alone)

    def _note(self, note: str) -> None:
        self.notes[note] = None


@contextmanager
def _executor(
    workers: int, start: str, begin: Callable[..., None], *values: object
) -> Iterator[ProcessPoolExecutor]:
    """A pool that begins nothing more once it is left, by an error too."""
    context = multiprocessing.get_context(start)
    executor = ProcessPoolExecutor(workers, context, begin, values)
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)


def _because(hindrance: str) -> str:
    return f": {hindrance}" if hindrance else ""
