"""The results of batches that worker processes are given, and this one, as they come."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from queue import SimpleQueue
from typing import Any

from plugins.build.worker import Job, UnsendableError
from plugins.errors import Problem, SiteError
from plugins.fastbuild.store import DamagedError


class WorkerError(RuntimeError):
    """A worker process failed or was killed; the message says how."""


class Gathering:
    """The results of one job as they come.

    With ``shares`` this process works along from the end of the list. ``answered`` says that a worker
    has done something before: one that ends without that could not work at all, and ``unable`` says
    why then; its batches are done here.
    """

    def __init__(self, job: Job) -> None:
        self._job = job
        self.shares = False
        self.answered = True
        self.unable = ""
        self._problems: list[Problem] = []
        self._notices: list[Problem] = []

    def here(self) -> Iterator[tuple[int, Any]]:
        """All of it in this process."""
        for start in self._job.starts:
            yield start, self._job.run(start)

    def collect(
        self,
        executor: ProcessPoolExecutor,
        run: Callable[..., Any],
        here: frozenset[int] = frozenset(),
        *values: object,
    ) -> Iterator[tuple[int, Any]]:
        """Have ``executor`` do it, but for batches with one of the places ``here``."""
        job, done = self._job, SimpleQueue[Future[Any]]()
        mine = deque(one for one in job.starts if not here.isdisjoint(job.places(one)))
        own = set(mine)
        pending = {}
        for start in job.starts:
            if start not in own:
                pending[future := executor.submit(run, *values, start)] = start
                future.add_done_callback(done.put)
        while pending or mine:
            if not done.empty() or not (mine or self._take_back(pending, mine)):
                future = done.get()
                start = pending.pop(future, -1)
                if start >= 0 and (made := self._answer(future, start, mine)):
                    yield start, made[0]
            elif mine:
                start = mine.popleft()
                try:
                    own_result = job.run(start)
                except SiteError as error:
                    self._keep(error)
                else:
                    yield start, own_result
        if self._problems:
            raise SiteError(self._problems, self._notices)

    def _take_back(self, pending: dict[Future[Any], int], mine: deque[int]) -> bool:
        """Take a batch that no worker has begun from them; whether there was one."""
        if self.shares or self.unable:
            for future in reversed(pending):
                if future.cancel():
                    mine.append(pending.pop(future))
                    return True
                if not self.unable:
                    break
        return False

    def _answer(self, future: Future[Any], start: int, mine: deque[int]) -> tuple[Any] | None:
        """The result of a batch; None where it has problems, or is made here: then in ``mine``."""
        try:
            made = (future.result(),)
        except SiteError as error:
            self._keep(error)
            return None
        except DamagedError:
            raise
        except UnsendableError as error:
            self.unable = str(error)
        except BrokenProcessPool as error:
            if self.answered:
                raise _lost() from error
            self.unable = self.unable or "it ended before it could begin"
        except Exception as error:
            said = f"{type(error).__name__}: {error}"
            raise WorkerError(f"a worker of the build failed: {said}") from error
        else:
            self.answered = True
            return made
        mine.append(start)
        return None

    def _keep(self, error: SiteError) -> None:
        """Keep problems until all batches are done."""
        self._problems += error.problems
        self._notices += error.notices


def _lost() -> WorkerError:
    return WorkerError(
        "a worker of the build ended before its work was done; it was killed, or there was no "
        "memory left: build again, or with PARLEY_WORKERS=1"
    )
