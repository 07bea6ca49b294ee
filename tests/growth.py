"""How the time that something takes grows with its input, on a machine that is busy with others.

Time is that of the process, the best of several runs. What takes next to nothing counts as linear,
and what seems to grow is measured again, some times, before it is said to.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

# Linear is 4 for four times the input, the square 16.
_STEEP = 7.0
# Seconds that are measured at once: some kernels count the time of a process by ticks of 4 ms.
_TICKS = 0.04
_RUNS = 3
# What disturbs one measurement is over by the next.
_TRIES, _PAUSE = 5, 0.2


class TooSlowError(Exception):
    """Something went on for longer than it may."""


def is_linear(run: Callable[[int], object], size: int, floor: float, most: float = 2.0) -> bool:
    """Whether ``run``, which makes and reads an input of a size, is linear up to ``size``.

    Below ``floor`` seconds for the whole size it is taken to be; above ``most`` it is not.
    """
    try:
        if _seconds(run, size, most, runs=1, least=0.0) < floor:
            return True
        return not all(_is_steep(run, size, most, number) for number in range(_TRIES))
    except TooSlowError:
        return False


def _is_steep(run: Callable[[int], object], size: int, most: float, pauses: int) -> bool:
    time.sleep(_PAUSE * pauses)
    quarter, half, whole = (_seconds(run, part, most) for part in (size // 4, size // 2, size))
    return whole > _STEEP * max(quarter, 1e-5) and whole > half * _STEEP**0.5


def _seconds(
    run: Callable[[int], object], size: int, most: float, runs: int = _RUNS, least: float = _TICKS
) -> float:
    """What one run takes: the best mean of as many as take ``least`` seconds together."""
    best = most
    for _ in range(runs):
        count, spent, begun = 0, 0.0, time.process_time()
        while not count or spent < least:
            with _limit(most):
                run(size)
            count += 1
            spent = time.process_time() - begun
        best = min(best, spent / count)
    return best


@contextmanager
def _limit(seconds: float) -> Iterator[None]:
    """Raise TooSlowError in the main thread after so many seconds of its work."""

    def stop(_: int, __: FrameType | None) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
