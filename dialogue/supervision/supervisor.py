"""The supervisor: runs every worker, round after round, and never lets one end in silence.

What a round raises is logged, and the worker goes on after a pause: an outage is waited out with
exponential back-off and jitter, logged when it begins and when it ends. A worker that cannot go on
at all (something that is no :class:`Exception`, a round that never ends) is the end of the process:
``died`` is called, and whoever started the process starts another.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable, Iterable
from datetime import timedelta

from dialogue.supervision.leader import Leader
from dialogue.supervision.outage import is_outage, reason
from dialogue.supervision.state import Progress, State, Status
from dialogue.supervision.worker import Worker

_log = logging.getLogger(__name__)
_FIRST = timedelta(seconds=0.5)
_STANDBY = timedelta(seconds=1)
_LOOK_SECONDS = 5.0
HANGS = timedelta(minutes=30)
"""A round that takes longer than this never ends: none has so much to do at once."""
GRACE = timedelta(seconds=10)
"""How long the rounds at hand may take to end when the service stops."""


class Supervisor:
    """Runs ``workers``, each in a thread of its own, from :meth:`start` to :meth:`stop`."""

    def __init__(
        self,
        workers: Iterable[Worker],
        leader: Leader,
        died: Callable[[], None],
        hangs: timedelta = HANGS,
    ) -> None:
        self._workers = {worker.name: worker for worker in workers}
        self._progress = {name: Progress() for name in self._workers}
        self._threads: dict[str, threading.Thread] = {}
        self._leader, self._died, self._hangs = leader, died, hangs
        self._stopping = threading.Event()

    def start(self) -> None:
        """Start every worker; raises RuntimeError where there can be no more threads."""
        for worker in self._workers.values():
            thread = threading.Thread(
                target=self._guarded, args=(self._work, worker), name=worker.name, daemon=True
            )
            thread.start()
            self._threads[worker.name] = thread
        watch = threading.Thread(
            target=self._guarded, args=(self._watch,), name="supervisor", daemon=True
        )
        watch.start()

    def stop(self, grace: timedelta = GRACE) -> None:
        """End every worker; the rounds at hand are waited for, ``grace`` at most."""
        self._stopping.set()
        for worker in self._workers.values():
            worker.signals.end()
        end = time.monotonic() + grace.total_seconds()
        for thread in self._threads.values():
            thread.join(max(0.0, end - time.monotonic()))
        self._leader.resign()

    def statuses(self) -> tuple[Status, ...]:
        """How each worker is now."""
        return tuple(each.status(name, self._hangs) for name, each in self._progress.items())

    def _guarded(self, work: Callable[..., None], *arguments: object) -> None:
        """Do ``work`` in a thread of its own; should it ever fail, the process ends."""
        try:
            work(*arguments)
        except BaseException:  # noqa: BLE001 - it is logged, and the process ends with it
            _log.critical("background work died; the process ends", exc_info=True)
            self._died()

    def _work(self, worker: Worker) -> None:
        progress = self._progress[worker.name]
        while not self._stopping.is_set():
            progress.begin()
            try:
                pause = self._round(worker, progress)
            except Exception as error:  # noqa: BLE001 - logged below; no failure ends the work
                pause = self._failed(worker, progress, error)
                worker.signals.stop.wait(pause.total_seconds())
            else:
                worker.signals.wake.wait(pause.total_seconds())
            worker.signals.wake.clear()
        worker.close()

    def _round(self, worker: Worker, progress: Progress) -> timedelta:
        if worker.leads and not self._leader.leads():
            progress.end(State.STANDBY)
            return _STANDBY
        pause = worker.round()
        if progress.end(State.OK):
            _log.info("a worker has recovered", extra={"worker": worker.name})
        return pause

    def _failed(self, worker: Worker, progress: Progress, error: Exception) -> timedelta:
        said = reason(error)
        failures, news = progress.fail(type(error).__name__)
        if news and not self._stopping.is_set():
            facts = {"worker": worker.name, "reason": said}
            trace = None if is_outage(error) or isinstance(error, OSError) else error
            _log.error("a worker fails and will try again", extra=facts, exc_info=trace)
        return _pause(failures, worker.longest)

    def _watch(self) -> None:
        """Look that every worker lives and gets on."""
        while not self._stopping.wait(min(_LOOK_SECONDS, self._hangs.total_seconds())):
            for status in self.statuses():
                alive = self._threads[status.name].is_alive() or self._stopping.is_set()
                if status.state is State.STUCK or not alive:
                    raise RuntimeError(f"the worker {status.name} does not go on")


def _pause(failures: int, longest: timedelta) -> timedelta:
    """Twice as long after each failure, a quarter more or less: not all come back at once."""
    plain = min(_FIRST * (1 << min(failures - 1, 20)), longest)
    return plain * random.uniform(0.75, 1.25)  # noqa: S311 - jitter is no secret
