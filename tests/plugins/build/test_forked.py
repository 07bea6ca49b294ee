"""Work done by forked processes, and where there can be none."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence

import pytest

from plugins.build import pool as pools
from plugins.build.pool import WorkerError, WorkerPool
from plugins.errors import Problem, SiteError
from plugins.fastbuild.settings import Start
from tests.plugins.build import far
from tests.plugins.threads import thread


def flat(found: dict[int, list[int]]) -> list[int]:
    """The results of all batches in order."""
    return [each for start in sorted(found) for each in found[start]]


@pytest.mark.parametrize("workers", [1, 2, 5])
@pytest.mark.parametrize("count", [0, 1, 7, 3000])
def test_every_thing_is_worked_on_once(workers: int, count: int) -> None:
    """However many processes there are."""
    with WorkerPool(workers) as pool:
        found = dict(pool.in_batches(far.doubled, range(count), 2))
    assert flat(found) == [2 * number for number in range(count)]


def test_forks_do_the_work() -> None:
    """None of it is done in this process, and this can be told."""
    with WorkerPool(2) as pool:
        found = dict(pool.in_batches(lambda _: os.getpid(), range(8), 1))
    assert os.getpid() not in found.values()
    assert list(pool.notes) == ["2 forked processes did the work"]
    assert pool.alone == ""


def test_large_answers_arrive_whole() -> None:
    """Larger than a pipe, from several workers at a time."""
    with WorkerPool(3) as pool:
        found = dict(pool.in_batches(far.large, range(20), 1))
    assert found == {start: bytes([start]) * 300_000 for start in range(20)}


def test_problems_are_told_as_problems() -> None:
    """They come out as they went in."""
    problem = Problem("a.md", 3, "date", "wrong", "correct it")

    def fail(batch: Sequence[int]) -> None:
        raise SiteError([problem])

    with WorkerPool(2) as pool, pytest.raises(SiteError) as caught:
        list(pool.in_batches(fail, range(4), 1))
    assert caught.value.problems == (problem,)


def test_a_fault_in_a_worker_is_told_with_its_place() -> None:
    """The traceback of the worker is in the message."""

    def fail(batch: Sequence[int]) -> None:
        raise KeyError("a fault of ours")

    with WorkerPool(2) as pool, pytest.raises(WorkerError, match="a fault of ours"):
        list(pool.in_batches(fail, range(4), 1))


def test_a_worker_that_is_killed_ends_the_build() -> None:
    """Whoever kills it: the message says what to do."""

    def die(batch: Sequence[int]) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    with WorkerPool(2) as pool, pytest.raises(WorkerError, match="PARLEY_WORKERS=1"):
        list(pool.in_batches(die, range(4), 1))


def test_a_thread_is_named_where_it_keeps_much_work_in_one_process() -> None:
    """The work is done all the same."""
    with thread("clock of a plugin"), WorkerPool(2) as pool:
        found = dict(pool.in_batches(far.doubled, range(pools.WORTH), 10))
    assert flat(found) == [2 * number for number in range(pools.WORTH)]
    assert "“clock of a plugin”" in pool.alone
    [note] = pool.notes
    assert note.startswith("this process did the work alone: ")


def test_little_work_in_one_process_is_nothing_to_tell_of() -> None:
    """It is noted for who asks, and no more."""
    with thread("clock"), WorkerPool(2) as pool:
        list(pool.in_batches(far.who, range(pools.WORTH - 1), 10))
    assert pool.alone == ""
    assert len(pool.notes) == 1


def test_where_no_copy_is_safe_much_work_is_shared_with_new_processes() -> None:
    """A thread runs, and there is enough to do."""
    with thread("clock"), WorkerPool(2, "", lambda: far.opened) as pool:
        found = dict(pool.in_batches(far.doubled, range(pools.WORTH), 10, far.sent(far.doubled)))
    assert flat(found) == [2 * number for number in range(pools.WORTH)]
    [note] = pool.notes
    assert note.startswith("this process and 1 spawned did the work: the thread “clock” runs")


def test_copies_or_none_can_be_asked_for() -> None:
    """Then nothing new is started, whatever the work."""
    with thread("clock"), WorkerPool(2, "fork", lambda: far.opened) as pool:
        found = dict(pool.in_batches(far.who, range(pools.WORTH), 10, far.sent(far.who)))
    assert set(found.values()) == {os.getpid()}
    assert "“clock”" in pool.alone


@pytest.mark.parametrize("start", ["", "fork", "spawn"])
def test_what_cannot_be_sent_is_done_by_copies_or_here(start: Start) -> None:
    """The outcome is the same, and nothing is said of it: there is no other way."""
    things = [lambda number=number: number for number in range(40)]  # nothing that can be pickled
    with WorkerPool(2, start) as pool:
        found = dict(
            pool.in_batches(lambda some: [(one(), os.getpid()) for one in some], things, 4)
        )
    assert [number for first in sorted(found) for number, _ in found[first]] == list(range(40))
    here = {process for made in found.values() for _, process in made} == {os.getpid()}
    assert here is (start == "spawn")
