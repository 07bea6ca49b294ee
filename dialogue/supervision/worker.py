"""A worker: one kind of work in the background, done round after round."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

LONGEST = timedelta(seconds=30)
"""The longest pause between two rounds that fail, unless the worker has its own."""


@dataclass(frozen=True, slots=True)
class Signals:
    """How a worker is reached: ``wake`` ends its pause, ``stop`` also its work.

    A long round looks at ``stop`` now and then and ends early.
    """

    wake: threading.Event = field(default_factory=threading.Event)
    stop: threading.Event = field(default_factory=threading.Event)

    def end(self) -> None:
        """Ask the worker to end."""
        self.stop.set()
        self.wake.set()


def _nothing() -> None:
    """What most workers have to do at the end."""


@dataclass(frozen=True, slots=True)
class Worker:
    """``round`` does what there is to do and returns how long to pause until the next round.

    It runs in a thread of its own and may raise anything: the supervisor backs off, up to
    ``longest``, and calls it again. Where several processes share one database, only the leader
    does the work of a worker that ``leads``. ``close`` is called after the last round.
    """

    name: str
    round: Callable[[], timedelta]
    signals: Signals = field(default_factory=Signals)
    leads: bool = False
    longest: timedelta = LONGEST
    close: Callable[[], None] = _nothing
