"""The processes of one build: a function applied to many things, with the outcome of one by one.

Where the system can fork and no thread is running, workers are copies of this process
(:mod:`plugins.fastbuild.copies`). Elsewhere they are started anew (:mod:`plugins.fastbuild.hands`),
which takes each of them the better part of a second: so only where there is enough to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import Any, Literal, TypeVar

from plugins.fastbuild.copies import Copies, why_no_copy
from plugins.fastbuild.hand import Equipment
from plugins.fastbuild.hands import Hands, Job, Parcel
from plugins.fastbuild.settings import Start
from plugins.fastbuild.wire import UnsendableError, WorkerError

__all__ = ["Crew", "Equipment", "Parcel", "UnsendableError", "WorkerError", "can_fork"]

Result = TypeVar("Result")
Work = Callable[[Sequence[Any]], Result]

# As many batches as a pipe holds numbers, by the smallest there is (POSIX allows 512 bytes; ours 4096).
_MOST = 1_000
# So many texts or pages that new processes have repaid their start; measured, see docs/engine.md.
WORTH = 600


class Crew:
    """Up to ``workers`` processes, this one or copies of it among them; a context manager.

    ``start`` is how they come to be: "fork" makes copies or none, "spawn" new processes however
    little there is to do, "" what is best. ``equip`` makes what new ones are given; without it there
    are none. ``notes`` say how the work was done, and ``alone`` why one process did much by itself.
    """

    def __init__(
        self, workers: int, start: Start = "", equip: Callable[[], Equipment] | None = None
    ) -> None:
        self.notes: dict[str, None] = {}
        self.alone = ""
        self._workers = workers
        self._start: Start = start
        self.equip = equip
        self._hands: Hands | None = None

    def __enter__(self) -> Crew:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._hands:
            self._hands.end(at_once=error is not None)

    @property
    def hands(self) -> Hands | None:
        """The new processes that were started."""
        return self._hands

    def in_batches(
        self,
        work: Work[Result],
        things: Sequence[Any],
        size: int,
        parcel: Callable[[Sequence[Any]], Parcel] | None = None,
    ) -> Iterator[tuple[int, Result]]:
        """Apply ``work`` to ``things`` in batches of about ``size``; yield each result as it comes.

        With it comes the place of the first thing of its batch. ``parcel`` makes of the things what
        new processes are sent. Raises what ``work`` raises as :class:`SiteError` or
        :class:`DamagedError`, and :class:`WorkerError` for every other end of a worker.
        """
        size = max(size, -(-len(things) // _MOST))
        starts = range(0, len(things), size)
        workers = min(self._workers, len(starts))
        way = self._way(workers, len(things), sendable=bool(parcel and self.equip))
        if way == "fork":
            yield from Copies(work, things, size).run(workers)
        elif way == "spawn" and parcel and (hands := self._ready(workers)):
            yield from self._with(hands, Job(work, things, size), parcel)
        else:
            yield from _here(Job(work, things, size))

    def in_copies(
        self, work: Work[Result], things: Sequence[Any], size: int
    ) -> Iterator[tuple[int, Result]]:
        """Like :meth:`in_batches`, for things that new processes cannot be sent: copies, or here."""
        workers = min(self._workers, -(-len(things) // size))
        if workers < 2 or self._start == "spawn" or why_no_copy():
            yield from _here(Job(work, things, size))
        else:
            yield from Copies(work, things, max(size, -(-len(things) // _MOST))).run(workers)

    def _way(self, workers: int, count: int, *, sendable: bool) -> Start | Literal["here"]:
        if workers < 2:
            return "here"
        hindrance = why_no_copy()
        if not hindrance and self._start != "spawn":
            self._note(f"{workers} copies of this process did the work")
            return "fork"
        enough = self._start == "spawn" or count >= WORTH or self._hands
        if enough and sendable and self._start != "fork":
            return "spawn"
        self._note(f"this process did work alone{_because(hindrance)}")
        if count >= WORTH:
            self.alone = hindrance
        return "here"

    def _ready(self, workers: int) -> Hands | None:
        """The new processes, started when they are first needed; this process is one worker."""
        if self._hands is None and self.equip:
            try:
                self._hands = Hands(workers - 1, self.equip())
            except UnsendableError as error:
                self.equip = None
                self._give_up(str(error))
        return self._hands

    def _with(
        self, hands: Hands, job: Job, parcel: Callable[[Sequence[Any]], Parcel]
    ) -> Iterator[tuple[int, Any]]:
        try:
            packed = parcel(job.things)
        except UnsendableError as error:
            self._give_up(str(error))
            yield from _here(job)
            return
        yield from hands.run(job, packed, waiting=self._start == "spawn")
        if able := len(list(hands)):
            self._note(f"this process and {able} new did the work{_because(why_no_copy())}")
        for why in hands.unfit:
            self._give_up(why, alone=not able)

    def _give_up(self, why: str, *, alone: bool = True) -> None:
        told = f"a new process could not help: {why}"
        self._note(told)
        if alone:
            self.alone = told

    def _note(self, note: str) -> None:
        self.notes[note] = None


def _because(hindrance: str) -> str:
    return f": {hindrance}" if hindrance else ""


def _here(job: Job) -> Iterator[tuple[int, Any]]:
    for start in range(0, len(job.things), job.size):
        yield start, job.work(job.batch(start))


def can_fork() -> bool:
    """Whether a copy of this process would be whole: no other thread holds a lock in it."""
    return not why_no_copy()
