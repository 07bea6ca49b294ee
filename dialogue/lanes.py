"""Lanes for expensive work (bulkheads): few at a time, a bounded queue, a refusal for the rest.

What computes or waits for long must not take the threads that answer everybody else. All lanes
together hold fewer than half of them, whatever is asked for, however often.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field


class BusyError(Exception):
    """The queue of a lane is full; nothing was done."""


class Lane:
    """Lets ``at_once`` callers work at a time and ``waiting`` more queue."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self.places = at_once + waiting
        self._free = threading.Semaphore(self.places)
        self._working = threading.Semaphore(at_once)

    @contextlib.contextmanager
    def slot(self) -> Iterator[None]:
        """Wait for a slot and hold it; raises BusyError at once if the queue is full."""
        if not self._free.acquire(blocking=False):
            raise BusyError
        try:
            with self._working:
                yield
        finally:
            self._free.release()


@dataclass(frozen=True, slots=True)
class Lanes:
    """The lanes of one application.

    ``strangers`` and ``known`` compare passwords (64 MiB each): a flood of guesses never keeps
    those waiting who have signed in on their device before. ``akismet`` waits for another host.
    """

    strangers: Lane = field(default_factory=lambda: Lane(1, 4))
    known: Lane = field(default_factory=lambda: Lane(1, 3))
    export: Lane = field(default_factory=lambda: Lane(1, 2))
    search: Lane = field(default_factory=lambda: Lane(2, 1))
    akismet: Lane = field(default_factory=lambda: Lane(4, 0))
