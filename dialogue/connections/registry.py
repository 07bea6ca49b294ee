"""All connections of this process: what each of them waits for, and which one has to go.

A connection either keeps us busy or keeps us waiting: for headers, for a body, for its client to
take an answer, for its next request. When there are too many, whoever has kept us waiting longest is
dropped, so that a newcomer always gets in. When there are too many bytes, the largest unfinished
body is dropped, so that a form of usual size always gets through.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from dialogue.connections import refusals
from dialogue.connections.refusals import Refusal
from dialogue.limits import Limits

_log = logging.getLogger(__name__)
_LINGER_SECONDS = 5.0
"""For what a client still sends after it was refused: it would not see the answer otherwise."""


class Phase(Enum):
    """What a connection is at."""

    HEADERS = "headers"
    BODY = "body"
    WORK = "work"
    ANSWER = "answer"
    IDLE = "idle"
    LINGER = "linger"


@dataclass(eq=False, slots=True)
class Entry:
    """One connection. ``drop`` ends it, with that answer where one can still be given.

    ``block`` is the address block it is counted with, ``visitor`` that of its request: behind a
    trusted proxy the forwarded one. Both are empty where nothing is counted.
    """

    drop: Callable[[Refusal], None]
    block: str = ""
    visitor: str = ""
    phase: Phase = Phase.HEADERS
    since: float = 0.0
    body: int = 0


class Registry:
    """Counts connections, requests and bytes of one process, and keeps them within ``limits``."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._open: set[Entry] = set()
        # In the order in which they began to wait.
        self._waiting: dict[Entry, None] = {}
        self._blocks: Counter[str] = Counter()
        self._busy: Counter[str] = Counter()
        self._bytes = 0
        self._dropped: Counter[str] = Counter()
        self._seconds = {
            Phase.HEADERS: limits.header_seconds,
            Phase.BODY: limits.body_seconds,
            Phase.ANSWER: limits.answer_seconds,
            Phase.IDLE: limits.idle_seconds,
            Phase.LINGER: _LINGER_SECONDS,
        }

    def enter(self, entry: Entry) -> Refusal | None:
        """Take a new connection, in the place of another if need be; else why it cannot stay."""
        room = True
        if entry.block and self._blocks[entry.block] >= self.limits.max_block_connections:
            room = self._make_room(entry.block)
        elif len(self._open) >= self.limits.max_connections:
            room = self._make_room()
        self._open.add(entry)
        self._blocks[entry.block] += 1
        self.to(entry, Phase.HEADERS)
        return None if room else refusals.FULL

    def leave(self, entry: Entry) -> None:
        """Forget a connection; one that is not known is none."""
        if entry not in self._open:
            return
        self._stop(entry)
        self.release(entry)
        self._open.discard(entry)
        self._waiting.pop(entry, None)
        _less(self._blocks, entry.block)

    def to(self, entry: Entry, phase: Phase) -> None:
        """Note that a connection is at ``phase`` now; waiting begins anew only where that changes."""
        if entry not in self._open or (entry.phase is phase and entry in self._waiting):
            return
        self._stop(entry)
        self._waiting.pop(entry, None)
        entry.phase = phase
        if phase is Phase.WORK:
            self._busy[entry.visitor] += 1
        else:
            entry.since = time.monotonic()
            self._waiting[entry] = None

    def renew(self, entry: Entry) -> None:
        """Its client has done something: if it is waited for still, that begins anew."""
        if entry in self._waiting:
            del self._waiting[entry]
            entry.since = time.monotonic()
            self._waiting[entry] = None

    def _stop(self, entry: Entry) -> None:
        if entry.phase is Phase.WORK:
            _less(self._busy, entry.visitor)

    def busy(self, visitor: str) -> Refusal | None:
        """Why no request of this block can be answered now; None if it can."""
        if len(self._open) - len(self._waiting) >= self.limits.max_requests:
            return refusals.BUSY
        if visitor and self._busy[visitor] >= self.limits.max_block_requests:
            return refusals.TOO_MANY_REQUESTS
        return None

    def took(self, entry: Entry, count: int) -> None:
        """Count bytes of a body; the largest unfinished one is dropped where there are too many."""
        entry.body += count
        self._bytes += count
        while self._bytes > self.limits.max_body_bytes:
            unfinished = (each for each in self._waiting if each.phase is Phase.BODY)
            largest = max(unfinished, key=lambda each: each.body, default=entry)
            self._drop(largest, refusals.BODIES_FULL)
            if largest is entry:
                return

    def release(self, entry: Entry) -> None:
        """The body of a request is not needed any more."""
        self._bytes -= entry.body
        entry.body = 0

    def sweep(self) -> None:
        """Drop what has waited for longer than it may; to be called about every second."""
        now, soonest = time.monotonic(), min(self._seconds.values())
        for entry in [*self._waiting]:
            waited = now - entry.since
            if waited < soonest:
                break
            if waited >= self._seconds[entry.phase]:
                late = entry.phase in (Phase.HEADERS, Phase.BODY, Phase.ANSWER)
                entry.drop(refusals.TOO_SLOW)
                if late:
                    self.note(refusals.TOO_SLOW)

    def report(self) -> None:
        """Log what was dropped and refused since the last time; nothing if nothing was."""
        if self._dropped:
            counts = ", ".join(f"{why}: {count}" for why, count in sorted(self._dropped.items()))
            _log.warning("connections refused or dropped: %s", counts)
            self._dropped.clear()

    def note(self, refusal: Refusal) -> None:
        """Count a refusal for the log."""
        self._dropped[refusal.why] += 1

    def _make_room(self, block: str = "") -> bool:
        """Drop the connection that has waited longest, in ``block`` or in all."""
        waiting = (each for each in self._waiting if not block or each.block == block)
        longest = next(waiting, None)
        if longest is not None:
            self._drop(longest, refusals.FULL)
        return longest is not None

    def _drop(self, entry: Entry, refusal: Refusal) -> None:
        entry.drop(refusal)
        self.note(refusal)


def _less(counts: Counter[str], name: str) -> None:
    """Count one less; a name that counts nothing is not kept."""
    counts[name] -= 1
    if counts[name] <= 0:
        del counts[name]
