"""Work done by several processes."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence

import pytest

from plugins.errors import Problem, SiteError
from plugins.fastbuild.crew import WorkerError, in_batches


def doubled(numbers: Sequence[int]) -> list[int]:
    """Twice each."""
    return [2 * number for number in numbers]


@pytest.mark.parametrize("workers", [1, 2, 5])
@pytest.mark.parametrize("count", [0, 1, 7, 3000])
def test_every_thing_is_worked_on_once(workers: int, count: int) -> None:
    """However many processes there are."""
    found = dict(in_batches(doubled, range(count), workers, 2))
    made = [each for start in sorted(found) for each in found[start]]
    assert made == [2 * number for number in range(count)]


def test_other_processes_do_the_work() -> None:
    """None of it is done in this one."""
    found = dict(in_batches(lambda _: os.getpid(), range(8), 2, 1))
    assert os.getpid() not in found.values()


def test_large_answers_arrive_whole() -> None:
    """Larger than a pipe, from several workers at a time."""
    found = dict(in_batches(lambda batch: bytes(batch[:1]) * 300_000, range(20), 3, 1))
    assert all(data == bytes([start]) * 300_000 for start, data in found.items())
    assert len(found) == 20


def test_problems_are_told_as_problems() -> None:
    """They come out as they went in."""
    problem = Problem("a.md", 3, "date", "wrong", "correct it")

    def fail(batch: Sequence[int]) -> None:
        raise SiteError([problem])

    with pytest.raises(SiteError) as caught:
        list(in_batches(fail, range(4), 2, 1))
    assert caught.value.problems == (problem,)


def test_a_fault_in_a_worker_is_told_with_its_place() -> None:
    """The traceback of the worker is in the message."""

    def fail(batch: Sequence[int]) -> None:
        raise KeyError("a fault of ours")

    with pytest.raises(WorkerError, match="a fault of ours"):
        list(in_batches(fail, range(4), 2, 1))


def test_a_worker_that_is_killed_ends_the_build() -> None:
    """Whoever kills it: the message says what to do."""

    def die(batch: Sequence[int]) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(WorkerError, match="PARLEY_WORKERS=1"):
        list(in_batches(die, range(4), 2, 1))
