"""Work that tests give to spawned processes, which import it from here."""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from plugins.build.pool import WorkerPool
from plugins.build.worker import Parcel, UnsendableError
from plugins.errors import Problem, SiteError
from plugins.fastbuild.store import DamagedError

PROBLEM = Problem("a.md", 3, "date", "wrong", "correct it")


def opened(why: str = "") -> Callable[[bytes], Any]:
    """What tests open new processes with; ``why`` they cannot be."""
    if why:
        raise UnsendableError(why)
    return pickle.loads


def ended() -> Callable[[bytes], Any]:
    """An opening that a process does not survive."""
    os._exit(7)


def sent(work: Callable[[Sequence[Any]], Any], *here: int) -> Callable[[Sequence[Any]], Parcel]:
    """A way to send this work; the things at ``here`` are not."""
    return partial(_sent, work, frozenset(here))


def _sent(
    work: Callable[[Sequence[Any]], Any], here: frozenset[int], things: Sequence[Any]
) -> Parcel:
    left = [None if place in here else thing for place, thing in enumerate(things)]
    return Parcel(pickle.dumps((work, left)), here)


def pool(workers: int, opening: Callable[[], Any] = opened) -> WorkerPool:
    """One whose workers are spawned: one less than ``workers``."""
    return WorkerPool(workers, "spawn", lambda: opening)


def doubled(numbers: Sequence[int]) -> list[int]:
    """Twice each."""
    return [2 * number for number in numbers]


def who(numbers: Sequence[int]) -> int:
    """The process that was asked."""
    return os.getpid()


def large(numbers: Sequence[int]) -> bytes:
    """More than a pipe holds."""
    return bytes(numbers[:1]) * 300_000


def fail(numbers: Sequence[int]) -> None:
    """The content is wrong, in another place for each batch."""
    raise SiteError([Problem("a.md", number, "date", "wrong", "correct it") for number in numbers])


def break_down(numbers: Sequence[int]) -> int:
    """A fault of ours, in other processes only."""
    return _elsewhere(numbers[-1], _fault)


def lose(numbers: Sequence[int]) -> int:
    """The cache is damaged, as others find."""
    return _elsewhere(numbers[-1], _damage)


def die(numbers: Sequence[int]) -> int:
    """Killed, without a word."""
    return _elsewhere(numbers[-1], _kill)


def _elsewhere(home: int, act: Callable[[], None]) -> int:
    if os.getpid() != home:
        act()
    return 0


def _fault() -> None:
    raise KeyError("a fault of ours")


def _damage() -> None:
    raise DamagedError("the cache of the build is damaged")


def _kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
