"""Workers that are processes started anew (spawn), for where a process cannot be copied.

They share nothing with this one: each is told once what it works with, and for each piece of work
what there is to do, as bytes; after that only the numbers of batches, which results answer. This
process works along with them, so that nothing waits while they start, and what cannot be sent is
done here. A process that cannot be started or equipped leaves its share to the others.
"""

from __future__ import annotations

import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any

from plugins.errors import SiteError
from plugins.fastbuild.hand import Equipment, Hand
from plugins.fastbuild.wire import Answer, Findings, lost

Answers = SimpleQueue[Answer]


@dataclass(frozen=True, slots=True)
class Parcel:
    """A piece of work as bytes: what to do, and the things to do it with, as one pair.

    ``here`` are the places of things that are not in it and can only be done in this process.
    """

    data: bytes
    here: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Job:
    """Work on ``things`` in batches of ``size``."""

    work: Callable[[Sequence[Any]], Any]
    things: Sequence[Any]
    size: int

    def batch(self, start: int) -> Sequence[Any]:
        """The things of the batch that begins there."""
        return self.things[start : start + self.size]


class Hands:
    """The new processes of one build; ``unfit`` says why some of them could not help."""

    def __init__(self, count: int, equipment: Equipment) -> None:
        self.unfit: list[str] = []
        self._hands: list[Hand] = []
        try:
            for _ in range(count):
                self._hands.append(Hand(equipment))
        except OSError as error:
            self.unfit.append(f"no process could be started: {error.strerror or error}")

    def __iter__(self) -> Iterator[Hand]:
        return (hand for hand in self._hands if hand.able)

    def run(self, job: Job, parcel: Parcel, *, waiting: bool) -> Iterator[tuple[int, Any]]:
        """Each result as it comes, with the place of the first thing of its batch.

        ``parcel`` has the same work for processes that share nothing. With ``waiting`` this process
        begins when every other one is at work.
        """
        answers: Answers = SimpleQueue()
        mine, shared = _divide(job, parcel.here)
        if waiting and shared:
            mine.append(shared.popleft())
        errand = _Errand(parcel.data, job.size, shared, answers)
        drivers = [
            threading.Thread(
                target=errand.drive, args=(hand, _next(shared) if waiting else None), daemon=True
            )
            for hand in self
        ]
        try:
            for driver in drivers:
                driver.start()
            yield from self._collect(job, (mine, shared), answers, len(drivers), waiting=waiting)
        except BaseException:
            self.end(at_once=True)
            raise
        finally:
            for driver in drivers:
                driver.join()

    def _collect(
        self,
        job: Job,
        todo: Sequence[deque[int]],
        answers: Answers,
        busy: int,
        *,
        waiting: bool,
    ) -> Iterator[tuple[int, Any]]:
        starting = busy if waiting else 0
        findings = Findings()
        while busy or any(todo):
            start = None if starting else _next(*todo)
            if start is not None:
                try:
                    made = job.work(job.batch(start))
                except SiteError as error:
                    findings.take("problems", (error.problems, error.notices))
                else:
                    yield start, made
            for kind, place, value in _arrived(answers, wait=start is None and busy > 0):
                if kind == "made":
                    yield place, value
                elif kind == "lost":
                    raise lost(value)
                elif kind == "unfit":
                    self.unfit.append(value)
                findings.take(kind, value)
                starting -= kind in ("ready", "unfit") and starting > 0
                busy -= kind == "done"
        findings.tell()

    def end(self, *, at_once: bool = False) -> None:
        """End all of them, and wait for that; ``at_once`` also where they are at work."""
        for hand in self._hands:
            hand.end(at_once=at_once)
        self._hands = []


def _divide(job: Job, here: frozenset[int]) -> tuple[deque[int], deque[int]]:
    """The batches, by where they begin, that only this process can do; and the others."""
    mine, shared = deque[int](), deque[int]()
    for start in range(0, len(job.things), job.size):
        free = here.isdisjoint(range(start, start + job.size))
        (shared if free else mine).append(start)
    return mine, shared


def _next(*queues: deque[int]) -> int | None:
    for queue in queues:
        with suppress(IndexError):
            return queue.popleft()
    return None


def _arrived(answers: Answers, *, wait: bool) -> Iterator[Answer]:
    """What has been answered by now, or at least one answer, after waiting for it."""
    with suppress(Empty):
        while True:
            yield answers.get(block=wait)
            wait = False


@dataclass(frozen=True, slots=True)
class _Errand:
    """What one piece of work is to those who drive the processes: batches of ``shared``."""

    parcel: bytes
    size: int
    shared: deque[int]
    answers: Answers

    def drive(self, hand: Hand, first: int | None) -> None:
        """In a thread of its own: keep one process at work, always with the next batch at hand.

        It does the batch ``first`` in any case, if there is one.
        """
        try:
            if why := hand.begin(self.parcel):
                self.answers.put(("unfit", 0, why))
                if first is not None:
                    self.shared.appendleft(first)
                return
            given = self._give(hand, first)
            self.answers.put(("ready", 0, None))
            given += self._give(hand)
            while given:
                self.answers.put(hand.receive())
                given += self._give(hand) - 1
        except (OSError, EOFError):
            self.answers.put(("lost", 0, hand.number))
        except Exception:  # noqa: BLE001 - whatever it is, the thread that waits must be told
            self.answers.put(("failed", 0, traceback.format_exc()))
        finally:
            self.answers.put(("done", 0, None))

    def _give(self, hand: Hand, start: int | None = None) -> int:
        """Send a batch, the next one where none is named; how many were left to send: 1 or 0."""
        chosen = _next(self.shared) if start is None else start
        if chosen is None:
            return 0
        hand.send("batch", chosen, chosen + self.size)
        return 1
