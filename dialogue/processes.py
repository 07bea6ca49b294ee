"""Processes made of this one: a short one for a piece of work, several that serve side by side.

They are forked, not started anew: what was imported before is in memory once for all of them. So a
process that forks has no threads and no open connections.
"""

from __future__ import annotations

import gc
import logging
import os
import signal
import time
from collections.abc import Callable
from typing import NoReturn

from dialogue.errors import DialogueError

_log = logging.getLogger(__name__)
_STOPS = (signal.SIGTERM, signal.SIGINT)
_LEAST_SECONDS = 1.0
"""One that ends sooner than this after its start has a pause of as long before the next."""

_BRIEF_SECONDS, _MOST_BRIEF = 10.0, 5
"""Workers that end by themselves so soon, so many times each in a row, will never get to work."""


def in_child(work: Callable[[], None]) -> None:
    """Do ``work`` in a process that ends with it, and takes with it what the work has loaded.

    Raises DialogueError, also in the words of one that ``work`` raised.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        _end(lambda: _tell(work, writing))
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as told:
        said = told.read()
    _, status = os.waitpid(child, 0)
    if status:
        raise DialogueError(said or "a process ended before its work was done")


class Workers:
    """Keeps so many processes at ``work``, which returns once it was told to stop by SIGTERM."""

    def __init__(self, work: Callable[[], None], number: int) -> None:
        self._work, self._number = work, number
        self._running: dict[int, float] = {}
        self._stopping = False
        self._brief = 0

    def run(self) -> int:
        """Start them, start another for each that ends, until told to stop; wait for all.

        Returns the exit status: 1 where they ended again and again without getting to work.
        """
        # What is there now stays: the collector need not look at it, which would copy its pages.
        gc.collect()
        gc.freeze()
        before = {each: signal.signal(each, self._stop) for each in _STOPS}
        try:
            for _ in range(self._number):
                self._start()
            while self._running:
                self._ended(*os.wait())
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)
        return 1 if self._brief >= _MOST_BRIEF * self._number else 0

    def _start(self) -> None:
        # A signal now would find a process that is not on our list yet.
        signal.pthread_sigmask(signal.SIG_BLOCK, _STOPS)
        try:
            child = os.fork()
            if not child:
                _end(self._begin)
            self._running[child] = time.monotonic()
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPS)

    def _begin(self) -> None:
        for each in _STOPS:
            signal.signal(each, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPS)
        self._work()

    def _ended(self, child: int, status: int) -> None:
        lived = time.monotonic() - self._running.pop(child)
        if self._stopping:
            return
        code = os.waitstatus_to_exitcode(status)
        _log.error("a worker ended; another is started", extra={"worker": child, "status": code})
        self._brief = self._brief + 1 if code >= 0 and lived < _BRIEF_SECONDS else 0
        if self._brief >= _MOST_BRIEF * self._number:
            _log.critical("workers end again and again; the service stops")
            self._stop(0, None)
            return
        if lived < _LEAST_SECONDS:
            time.sleep(_LEAST_SECONDS)
        if not self._stopping:
            self._start()

    def _stop(self, _number: int, _frame: object) -> None:
        self._stopping = True
        for child in self._running:
            os.kill(child, signal.SIGTERM)


def _tell(work: Callable[[], None], writing: int) -> None:
    """Do ``work``; what it says is wrong is written for the process that waits."""
    try:
        work()
    except DialogueError as error:
        with os.fdopen(writing, "w", encoding="utf-8") as told:
            told.write(str(error))
        raise


def _end(work: Callable[[], None]) -> NoReturn:
    """Do ``work`` and end this process: nothing of the one it was made of is left behind to run."""
    status = 1
    try:
        work()
        status = 0
    except DialogueError:
        pass  # said to whom it concerns
    except SystemExit as error:
        status = error.code if isinstance(error.code, int) else 1
    except BaseException:  # noqa: BLE001 - it is logged, and the process ends with it
        _log.exception("a process failed")
    finally:
        logging.shutdown()
        os._exit(status)
