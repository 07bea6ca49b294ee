"""The work on the queue: many looks at once, and none that another has to wait for.

A source may be slow on purpose, and so may five hundred. So the first look at each is short, there
are many places for it, and no host has more than a few of them; only what did not answer is given
more time, in places of its own. The looks wait in threads and hold no transaction meanwhile.

What a look raises is a verdict on its webmention, never on the others: it is tried again, and then
set aside (:mod:`dialogue.supervision.attempts`).
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta

from dialogue import moments
from dialogue.fetch.fetcher import Limits, Response, fetch
from dialogue.fetch.lookup import Names
from dialogue.supervision.outage import OutageError, is_outage, reason
from dialogue.supervision.owed import Owed
from dialogue.supervision.worker import Signals, Worker
from dialogue.webmention.queue import Job, Queue
from dialogue.webmention.settling import Settler
from dialogue.webmention.verifying import ACCEPT, Verdict, look

_log = logging.getLogger(__name__)
_IDLE = timedelta(seconds=1)
_AT_ONCE = timedelta(0)
_HOUR = timedelta(hours=1)
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

    def workers(self) -> Iterator[Worker]:
        """One for each lane, and one that lets go every hour of what came to nothing long ago."""
        for lane in self._lanes:
            desk = _Desk(self._queue, lane, self.look, self._settler)
            name = "webmentions (slow)" if lane.tried else "webmentions"
            yield Worker(name, desk.round, desk.signals, close=desk.close)
        yield Worker("webmentions (old)", self._forget)

    def look(self, job: Job, lane: Lane) -> Verdict:
        """What the source of ``job`` says now; raises whatever may go wrong."""
        limits = replace(self._limits, seconds=lane.seconds)

        def get(url: str) -> Response:
            return fetch(url, headers={"Accept": ACCEPT}, limits=limits, names=self._names)

        return look(job, get, moments.now(), self._readers)

    def _forget(self) -> timedelta:
        self._queue.forget(moments.now() - _REMEMBERED)
        return _HOUR


class _Desk:
    """The places of one lane, and the jobs that are in them."""

    def __init__(
        self, queue: Queue, lane: Lane, look: Callable[[Job, Lane], Verdict], settler: Settler
    ) -> None:
        self._queue, self._lane, self._look, self._settler = queue, lane, look, settler
        self.signals = Signals()
        self._running: dict[Future[None], Job] = {}
        self._outage: BaseException | None = None
        self._owed = Owed()
        self._pool = ThreadPoolExecutor(lane.places, thread_name_prefix="webmention")

    def round(self) -> timedelta:
        """Put jobs that are due into places that are free; a place that gets free wakes us."""
        self._raise_outage()
        self._owed.settle()
        self._running = {each: job for each, job in self._running.items() if not each.done()}
        jobs = self._claim(Counter(job.host for job in self._running.values()))
        for job in jobs:
            future = self._pool.submit(self._work, job)
            self._running[future] = job
            future.add_done_callback(lambda _: self.signals.wake.set())
        return _AT_ONCE if jobs else _IDLE

    def close(self) -> None:
        """Give back what is not done: whoever comes next looks at it at once."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        for future, job in self._running.items():
            if not future.done() or future.cancelled():
                with suppress(Exception):  # its lease ends, and then it is done again
                    self._queue.release(job, moments.now())

    def _raise_outage(self) -> None:
        outage, self._outage = self._outage, None
        if outage is not None:
            raise OutageError(reason(outage)) from outage

    def _claim(self, running: Counter[str]) -> Sequence[Job]:
        """As many jobs as there are places, none of hosts that have all of theirs."""
        free = self._lane.places - running.total()
        if free <= 0:
            return ()
        busy = [host for host, count in running.items() if count >= self._lane.each]
        now = moments.now()
        self._queue.give_up_lost(now)
        return self._queue.claim(now, most=free, tried=self._lane.tried, busy=busy)

    def _work(self, job: Job) -> None:
        """Do one job, and note what goes wrong; in an outage the next round does."""
        try:
            verdict = self._look(job, self._lane)
            if not self.signals.stop.is_set():
                self._settler.settle(job, verdict, moments.now())
        except BaseException as error:  # noqa: BLE001 - the job's, too, where a parser panics
            with suppress(Exception):
                self._note(job, error)

    def _note(self, job: Job, error: BaseException) -> None:
        if is_outage(error):
            self._outage = error
            self._owed.write(lambda: self._queue.release(job, moments.now()))
            return
        facts = {"worker": "webmentions", "reason": reason(error)}
        _log.error("a webmention could not be looked at", extra=facts, exc_info=error)
        self._owed.write(lambda: self._queue.fail(job, reason(error), moments.now()))
