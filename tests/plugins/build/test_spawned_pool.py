"""Work done by spawned processes."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from plugins.build.pool import WorkerError, WorkerPool
from plugins.build.worker import Parcel, UnsendableError
from plugins.errors import SiteError
from plugins.fastbuild.store import DamagedError
from tests.conftest import ROOT
from tests.plugins.build import far


def is_there(process: int) -> bool:
    """Whether a process runs."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("count", [0, 1, 3, 700])
def test_every_thing_is_worked_on_once(count: int) -> None:
    """By three processes of which two are new."""
    with far.pool(3) as pool:
        found = dict(pool.in_batches(far.doubled, range(count), 2, far.sent(far.doubled)))
    made = [each for start in sorted(found) for each in found[start]]
    assert made == [2 * number for number in range(count)]


def test_spawned_processes_do_the_work_and_are_gone_after_it() -> None:
    """The same ones for each piece of it, and nothing of them stays."""
    with far.pool(3) as pool:
        first = set(dict(pool.in_batches(far.who, range(50), 1, far.sent(far.who))).values())
        again = set(dict(pool.in_batches(far.who, range(50), 1, far.sent(far.who))).values())
        assert os.getpid() not in first | again
        assert len(first | again) <= 2
    assert list(pool.notes) == ["2 spawned did the work"]
    assert not [one for one in first | again if is_there(one)]
    assert threading.active_count() == len(threading.enumerate())


def test_what_cannot_be_sent_is_done_here() -> None:
    """With all that is in its batch; the rest is shared."""
    with far.pool(2) as pool:
        found = dict(pool.in_batches(far.who, range(40), 4, far.sent(far.who, 5, 39)))
    assert found[4] == found[36] == os.getpid()
    assert len(set(found.values())) == 2


def test_large_answers_arrive_whole() -> None:
    """Larger than a pipe, from several workers at a time."""
    with far.pool(3) as pool:
        found = dict(pool.in_batches(far.large, range(20), 1, far.sent(far.large)))
    assert found == {start: bytes([start]) * 300_000 for start in range(20)}


def test_all_problems_of_all_processes_are_told_together() -> None:
    """In the order in which one process tells them."""
    with far.pool(3) as pool, pytest.raises(SiteError) as caught:
        list(pool.in_batches(far.fail, range(40), 4, far.sent(far.fail)))
    with WorkerPool(1) as alone, pytest.raises(SiteError) as alike:
        list(alone.in_batches(far.fail, range(40), 40))
    assert caught.value.problems == alike.value.problems
    assert len(caught.value.problems) == 40


@pytest.mark.parametrize(
    ("work", "error", "words"),
    [
        (far.break_down, WorkerError, "a fault of ours"),
        (far.die, WorkerError, "PARLEY_WORKERS=1"),
        (far.lose, DamagedError, "damaged"),
    ],
)
def test_a_worker_that_fails_ends_the_build(
    work: object, error: type[Exception], words: str
) -> None:
    """As a copy does, in the same words."""
    homes = [os.getpid()] * 40
    with pytest.raises(error, match=words), far.pool(3) as pool:
        list(pool.in_batches(far.who, homes, 1, far.sent(far.who)))
        list(pool.in_batches(work, homes, 1, far.sent(work)))  # type: ignore[arg-type]


def test_a_build_that_is_given_up_leaves_no_process() -> None:
    """What was not begun is not begun any more."""
    processes: list[int] = []
    with pytest.raises(KeyboardInterrupt), far.pool(2) as pool:
        for _, number in pool.in_batches(far.who, range(900), 1, far.sent(far.who)):
            processes.append(number)
            raise KeyboardInterrupt
    assert len(processes) == 1
    assert not is_there(processes[0])


@pytest.mark.parametrize(
    ("opening", "why"),
    [
        (partial(far.opened, "no such theme"), "no such theme"),
        (far.ended, "it ended before it could begin"),
    ],
)
def test_a_process_that_cannot_be_opened_leaves_the_work_to_this_one(
    opening: Callable[[], Any], why: str
) -> None:
    """All of it is done, and why nothing helped can be told."""
    with far.pool(2, opening) as pool:
        for _ in range(2):
            found = dict(pool.in_batches(far.who, range(9), 1, far.sent(far.who)))
            assert set(found.values()) == {os.getpid()}
            assert len(found) == 9
    assert why in pool.alone


def test_work_that_cannot_be_sent_is_done_here() -> None:
    """The same."""

    def unsendable(things: object) -> Parcel:
        raise UnsendableError("a lock cannot be sent")

    with far.pool(2) as pool:
        found = dict(pool.in_batches(far.who, range(9), 1, unsendable))
    assert set(found.values()) == {os.getpid()}
    assert "a lock cannot be sent" in pool.alone


SCRIPT = """
import os, sys
sys.path.insert(0, sys.argv[1])
from tests.plugins.build import far
if __name__ == "__main__":
    with far.pool(2) as pool:
        for _, number in pool.in_batches(far.who, range(200), 1, far.sent(far.who)):
            print(number, flush=True)
            os.kill(os.getpid(), 9)
"""


def test_the_processes_of_a_killed_build_end(tmp_path: Path) -> None:
    """There is nobody left to ask them for anything."""
    script = tmp_path / "build.py"
    script.write_text(SCRIPT)
    command = [sys.executable, str(script), str(ROOT)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False, timeout=60)
    assert done.returncode == -9
    process = int(done.stdout)
    waited = threading.Event()
    for _ in range(100):
        if not is_there(process):
            return
        waited.wait(0.05)
    pytest.fail("it is still there")
