"""The work on the queue: many looks at once, and none that another has to wait for.

A source may be slow on purpose, and so may five hundred. So the first look at each is short, there
are many places for it, and no host has more than a few of them; only what did not answer is given
more time, in places of its own. The looks wait in threads and hold no transaction meanwhile.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy.exc import OperationalError

from dialogue import moments
from dialogue.fetch.fetcher import Limits, Response, fetch
from dialogue.fetch.lookup import Names
from dialogue.webmention.queue import Job, Queue
from dialogue.webmention.settling import Settler
from dialogue.webmention.verifying import ACCEPT, Verdict, look

_log = logging.getLogger(__name__)
_IDLE_SECONDS = 1.0
_HOUR = 3600.0
# For as long its sender may read what became of a webmention that was refused.
_REMEMBERED = timedelta(days=30)
# Threads wait for the network together, but share one interpreter when they read what came.
_READERS = 2


@dataclass(frozen=True, slots=True)
class Lane:
    """So many looks at a time, of so many ``seconds``, so many of them at one host.

    ``tried`` says that it is for sources that did not answer at first.
    """

    places: int
    each: int
    seconds: float
    tried: bool


LANES = (Lane(200, 3, 2.0, tried=False), Lane(24, 1, 15.0, tried=True))
LIMITS = Limits(size=1_000_000, redirects=10)


class Verifier:
    """Looks at what is in ``queue`` and hands the verdicts to ``settler``."""

    def __init__(
        self,
        queue: Queue,
        settler: Settler,
        limits: Limits | None = None,
        lanes: Sequence[Lane] = LANES,
    ) -> None:
        self._queue, self._settler = queue, settler
        self._limits, self._lanes = limits or LIMITS, lanes
        self._names = Names(sum(lane.places for lane in lanes))
        self._readers = threading.BoundedSemaphore(_READERS)
        self._ended = threading.Event()

    async def run(self) -> None:
        """Work until cancelled; what is under way then is left to whoever comes next."""
        try:
            async with asyncio.TaskGroup() as tasks:
                for lane in self._lanes:
                    tasks.create_task(self._run(lane))
                tasks.create_task(self._forget())
        finally:
            self._ended.set()

    async def _forget(self) -> None:
        """Every hour, let go of what came to nothing long ago."""
        while True:
            with contextlib.suppress(OperationalError):
                await asyncio.to_thread(self._queue.forget, moments.now() - _REMEMBERED)
            await asyncio.sleep(_HOUR)

    async def _run(self, lane: Lane) -> None:
        loop = asyncio.get_running_loop()
        ended = asyncio.Event()

        def wake(_: Future[None]) -> None:
            with contextlib.suppress(RuntimeError):  # a loop that is closed waits for nothing
                loop.call_soon_threadsafe(ended.set)

        running: dict[Future[None], str] = {}
        pool = ThreadPoolExecutor(lane.places + 1, thread_name_prefix="webmention")
        try:
            while True:
                for done in [future for future in running if future.done()]:
                    del running[done]
                    done.result()
                ended.clear()
                claim = self._claim(lane, Counter(running.values()))
                jobs = await loop.run_in_executor(pool, claim)
                for job in jobs:
                    future = pool.submit(self._work, job, lane)
                    running[future] = job.host
                    future.add_done_callback(wake)
                if not jobs:
                    await _either(ended, _IDLE_SECONDS)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _claim(self, lane: Lane, running: Counter[str]) -> Callable[[], Sequence[Job]]:
        """Takes as many jobs as there are places, none of hosts that have all of theirs."""
        free = lane.places - running.total()
        busy = [host for host, count in running.items() if count >= lane.each]

        def claim() -> Sequence[Job]:
            if free <= 0:
                return ()
            try:
                return self._queue.claim(moments.now(), most=free, tried=lane.tried, busy=busy)
            except OperationalError as error:  # jobs stay where they are
                _log.warning("webmentions wait for the database: %s", type(error.orig).__name__)
                return ()

        return claim

    def _work(self, job: Job, lane: Lane) -> None:
        verdict = self._look(job, lane)
        if self._ended.is_set():
            return
        with contextlib.suppress(OperationalError):  # its lease ends, and then it is done again
            self._settler.settle(job, verdict, moments.now())

    def _look(self, job: Job, lane: Lane) -> Verdict:
        limits = replace(self._limits, seconds=lane.seconds)

        def get(url: str) -> Response:
            return fetch(url, headers={"Accept": ACCEPT}, limits=limits, names=self._names)

        return look(job, get, moments.now(), self._readers)


async def _either(event: asyncio.Event, seconds: float) -> None:
    """Wait for ``event``, or that long."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
