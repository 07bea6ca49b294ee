"""What runs in a worker process of :mod:`plugins.build.pool`."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

# Opens the site in a new process; returns what unpacks the parcels that follow.
Open = Callable[[], Callable[[bytes], Any]]


class UnsendableError(Exception):
    """Something cannot be given to a process that shares nothing with this one; why, in words."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A piece of work as bytes: what to do, and the items to do it with, as one pair.

    ``here`` are the places of items that are not in it and can only be done by the process that builds.
    """

    data: bytes
    here: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Job:
    """Work on ``items`` in batches of ``size``."""

    work: Callable[[Sequence[Any]], Any]
    items: Sequence[Any]
    size: int

    @property
    def starts(self) -> range:
        """Where the batches begin."""
        return range(0, len(self.items), self.size)

    def places(self, start: int) -> range:
        """The places of the items of the batch that begins there."""
        return range(start, min(start + self.size, len(self.items)))

    def run(self, start: int) -> Any:
        """The result of one batch."""
        return self.work(self.items[start : start + self.size])


# What this process was begun with: the job itself in a fork, what opens the site in a spawned one.
_GIVEN: ContextVar[Any] = ContextVar("given")


def begin(given: object) -> None:
    """The initializer of a worker."""
    _GIVEN.set(given)
    # Whoever presses Ctrl-C means the whole build; one traceback, or none, is enough.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    # The parent does not look for garbage while it builds either: little is made.
    gc.disable()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def run_forked(start: int) -> Any:
    """A batch of the job that was there before the fork."""
    job: Job = _GIVEN.get()
    return job.run(start)


def run_spawned(path: str, size: int, start: int) -> Any:
    """A batch of the job that was sent in the file at ``path``."""
    return _received(path, size).run(start)


@lru_cache(maxsize=1)
def _received(path: str, size: int) -> Job:
    try:
        work, items = _opened()(Path(path).read_bytes())
    except UnsendableError:
        raise
    except Exception as error:
        raise UnsendableError(f"{type(error).__name__}: {error}") from error
    return Job(work, items, size)


@cache
def _opened() -> Callable[[bytes], Any]:
    opening: Open = _GIVEN.get()
    return opening()
