"""The publisher: the one worker that brings what was approved to where readers see it.

A request only commits; the store counts the versions of each thread and remembers which was
published. A commit in this process wakes the publisher at once, one in another is found within half
a second. Each round takes every post that waits, each once however often it changed: all pages
first, then feeds and packed copies. Whatever fails or is killed here is done again later.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

from dialogue.publishing.backlog import Backlog
from dialogue.publishing.pages import Pages, is_around
from dialogue.supervision.outage import OutageError, is_outage, is_panic, reason
from dialogue.supervision.owed import Owed
from dialogue.supervision.worker import Signals, Worker
from thread.lock import OutputBusyError
from thread.model import Thread

_log = logging.getLogger(__name__)
_LOOK = timedelta(seconds=0.5)
_WARM_SECONDS = 5.0
# A post rests after it was published, for four times as long as that took: the first approval is seen at once,
# a series of them together, and a heavy page leaves time for those who wait for an answer.
_LEAST_REST, _MOST_REST, _SHARE = 0.5, 4.0, 4
# And ever longer where it cannot be published.
_LONGEST_REST = 60.0
# After some pages the lock is free for longer than a build waits between two looks at it.
_TURN, _TURN_EVERY = 0.015, 0.5
# A build that holds the lock for longer than this is worth a line in the log.
_LONG_BUSY = 60.0


class Publishing:
    """Publishes what is in ``backlog`` to ``pages``; ``after`` is called when something was.

    So is whatever :meth:`tell` is given.
    """

    def __init__(self, backlog: Backlog, pages: Pages, after: Callable[[], object]) -> None:
        self._backlog, self._pages = backlog, pages
        self._after: tuple[Callable[[], object], ...] = (after,)
        self._signals, self._owed = Signals(), Owed()
        self._rests: dict[str, float] = {}
        self._misses: dict[str, int] = {}
        self._clean, self._warmed = False, 0.0
        self._busy_since: float | None = None

    def tell(self, after: Callable[[], object]) -> None:
        """Call ``after`` too, from the thread that has published."""
        self._after = (*self._after, after)

    def notify(self, _target: str) -> None:
        """Wake the publisher; what waits is in the database."""
        self._signals.wake.set()

    def worker(self) -> Worker:
        """What the supervisor runs, in one process of all."""
        return Worker("publisher", self.round, self._signals, leads=True)

    def catch_up(self) -> bool:
        """Publish all that waits, now; says whether nothing is left."""
        while not self._signals.stop.is_set() and (waiting := self._backlog.waiting()):
            try:
                missed = self._publish(self._backlog.together(waiting))
            except (OutageError, OutputBusyError) as error:
                _log.error("replies are not published yet", extra={"reason": reason(error)})
                return False
            if missed:
                return False
        return not self._backlog.store.unpublished()

    def round(self) -> timedelta:
        """Publish what waits and does not rest; returns how long there is nothing to do."""
        try:
            self._tidy()
            pause = self._once()
        except OutputBusyError as error:
            return self._busy(error)
        self._busy_since = None
        return pause

    def warm(self) -> None:
        """Be ready for the first reply."""
        self._pages.warm()

    def _once(self) -> timedelta:
        now = time.monotonic()
        self._rests = {name: end for name, end in self._rests.items() if end > now}
        ready = self._backlog.waiting(without=self._rests)
        if ready:
            self._publish(self._backlog.together(ready))
            return timedelta(0)
        ends = (timedelta(seconds=end - now) for end in self._rests.values())
        return min([_LOOK, *ends])

    def _tidy(self) -> None:
        """At the start, remove what was left; then have the theme and the posts at hand."""
        if not self._clean:
            self._backlog.give_up_lost()
            if count := self._pages.clean():
                _log.info("removed %d files that killed writers left", count)
            self._clean = True
        if time.monotonic() - self._warmed > _WARM_SECONDS:
            self._pages.warm()
            self._warmed = time.monotonic()

    def _busy(self, error: OutputBusyError) -> timedelta:
        """A build holds the lock: that is no failure, unless it does so for ever."""
        self._busy_since = self._busy_since or time.monotonic()
        if time.monotonic() - self._busy_since > _LONG_BUSY:
            raise OutageError(reason(error)) from error
        return timedelta(0)

    def _publish(self, targets: Sequence[str]) -> int:
        """Publish these posts; returns how many could not be, for what is around them.

        An outage that would keep any post from being published is raised.
        """
        self._owed.settle()
        self._backlog.begin(targets)
        run = _Run(self._backlog, self._pages, self._signals)
        try:
            run.all(targets)
            for after in self._after if run.done else ():
                after()
            self._backlog.done(run.done)
        except BaseException:
            self._release([name for name in targets if name not in run.judged])
            raise
        self._release(run.left(targets))
        self._rest(run)
        if run.outage is not None:
            raise run.outage
        return len(run.missed)

    def _release(self, targets: Sequence[str]) -> None:
        self._owed.write(partial(self._backlog.release, targets))

    def _rest(self, run: _Run) -> None:
        """Let posts rest that were published, and longer and longer those that could not be."""
        now = time.monotonic()
        for target, spent in run.spent.items():
            self._rests[target] = now + min(max(_LEAST_REST, _SHARE * spent), _MOST_REST)
        for target in run.done:
            self._misses.pop(target, None)
        for target, why in run.missed.items():
            count = self._misses[target] = self._misses.get(target, 0) + 1
            self._rests[target] = now + min(_LEAST_REST * 2**count, _LONGEST_REST)
            if count == 1:
                _log.error("a page cannot be published yet: %s", target, extra={"reason": why})


class _Run:
    """One round: what came of each post. A fault of one is a verdict on that one.

    ``done`` has the versions that are published, ``judged`` what was set aside or counted,
    ``missed`` what could not be for a reason around it, ``spent`` the seconds that each took.
    """

    def __init__(self, backlog: Backlog, pages: Pages, signals: Signals) -> None:
        self._backlog, self._pages, self._signals = backlog, pages, signals
        self._put: list[tuple[Thread, int]] = []
        self.done: dict[str, int] = {}
        self.judged: set[str] = set()
        self.missed: dict[str, str] = {}
        self.spent: dict[str, float] = {}
        self.outage: Exception | None = None
        self._turn = time.monotonic()

    def all(self, targets: Sequence[str]) -> None:
        """Put all pages in place, then all the rest."""
        for target in targets:
            self._step(target, partial(self._page, target))
        for thread, version in self._put:
            self._step(thread.target, partial(self._others, thread, version))

    def left(self, targets: Sequence[str]) -> list[str]:
        """Those that were neither published nor judged."""
        return [name for name in targets if name not in self.done and name not in self.judged]

    def _page(self, target: str) -> None:
        thread = self._backlog.thread(target)
        self._put.append((self._pages.put_page(thread), thread.version))

    def _others(self, thread: Thread, version: int) -> None:
        """``version`` is the one that the store knows."""
        self._pages.put_rest(thread)
        self.done[thread.target] = version

    def _step(self, target: str, work: Callable[[], None]) -> None:
        if self.outage is not None or self._signals.stop.is_set():
            return
        began = time.monotonic()
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - judged, and raised again if it is not ours
            self._failed(target, error)
        now = time.monotonic()
        self.spent[target] = self.spent.get(target, 0.0) + now - began
        if now - self._turn > _TURN_EVERY:
            time.sleep(_TURN)
            self._turn = time.monotonic()

    def _failed(self, target: str, error: BaseException) -> None:
        """Whether it is the fault of what is around us, of one reply, or of the page."""
        if isinstance(error, OutputBusyError):
            self.outage = error
        elif is_outage(error):
            self.outage = OutageError(reason(error))
        elif is_around(error):
            self.missed[target] = reason(error)
        elif isinstance(error, Exception) or is_panic(error):
            self._judge(target, error)
        else:
            raise error

    def _judge(self, target: str, error: BaseException) -> None:
        facts = {"worker": "publisher", "reason": reason(error)}
        try:
            broken = self._pages.broken(self._backlog.thread(target))
        except Exception as worse:  # noqa: BLE001 - not even an empty page: no reply is to blame
            self.missed[target] = reason(worse)
            return
        _log.error("replies cannot be published: %s", target, extra=facts, exc_info=error)
        if broken:
            self._backlog.set_aside(target, broken)
            return
        self.judged.add(target)
        self._backlog.fail(target, reason(error))
