"""How a worker is: what it does now, when a round last ended well, how often it failed since."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class State(StrEnum):
    """What a worker does. One on standby waits for the leader to go."""

    OK = "ok"
    STANDBY = "standby"
    FAILING = "failing"
    STUCK = "stuck"


@dataclass(frozen=True, slots=True)
class Status:
    """``seconds`` since a round last ended well (since the start, if none has), and what failed since."""

    name: str
    state: State
    seconds: float
    failures: int


class Progress:
    """What the supervisor notes about one worker; safe for threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._state = State.OK
        self._good = time.monotonic()
        self._began: float | None = None
        self._failures, self._said = 0, ""

    def begin(self) -> None:
        """A round begins."""
        with self._lock:
            self._began = time.monotonic()

    def end(self, state: State) -> bool:
        """It ended well; returns whether the ones before had failed."""
        with self._lock:
            recovered = self._failures > 0
            self._state, self._began, self._good = state, None, time.monotonic()
            self._failures, self._said = 0, ""
            return recovered

    def fail(self, said: str) -> tuple[int, bool]:
        """It failed; returns how many did in a row, and whether ``said`` is news."""
        with self._lock:
            news = said != self._said
            self._state, self._began, self._said = State.FAILING, None, said
            self._failures += 1
            return self._failures, news

    def status(self, name: str, hangs: timedelta) -> Status:
        """How it is now; a round of more than ``hangs`` is stuck."""
        with self._lock:
            now = time.monotonic()
            stuck = self._began is not None and now - self._began > hangs.total_seconds()
            state = State.STUCK if stuck else self._state
            return Status(name, state, round(now - self._good, 1), self._failures)
