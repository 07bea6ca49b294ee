"""Work done by processes that were started anew."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from plugins.errors import SiteError
from plugins.fastbuild.crew import Crew, Parcel, UnsendableError, WorkerError
from plugins.fastbuild.store import DamagedError
from tests.conftest import ROOT
from tests.plugins.fastbuild import far
from tests.waiting import PATIENCE, until


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
    with far.crew(3) as crew:
        found = dict(crew.in_batches(far.doubled, range(count), 2, far.sent(far.doubled)))
    made = [each for start in sorted(found) for each in found[start]]
    assert made == [2 * number for number in range(count)]


def test_new_processes_and_this_one_do_the_work_and_are_gone_after_it() -> None:
    """The same ones for each piece of it, and nothing of them stays."""
    with far.crew(3) as crew:
        first = set(dict(crew.in_batches(far.who, range(50), 1, far.sent(far.who))).values())
        again = set(dict(crew.in_batches(far.who, range(50), 1, far.sent(far.who))).values())
        assert len(first) == 3, crew.notes
        assert os.getpid() in first
        assert again == first
    assert list(crew.notes) == ["this process and 2 new did the work"]
    assert [one for one in first if is_there(one)] == [os.getpid()]
    assert threading.active_count() == len(threading.enumerate())


def test_what_cannot_be_sent_is_done_here() -> None:
    """With all that is in its batch; the rest is shared."""
    with far.crew(2) as crew:
        found = dict(crew.in_batches(far.who, range(40), 4, far.sent(far.who, 5, 39)))
    assert found[4] == found[36] == os.getpid()
    assert len(set(found.values())) == 2


def test_large_answers_arrive_whole() -> None:
    """Larger than a pipe, from several workers at a time."""
    with far.crew(3) as crew:
        found = dict(crew.in_batches(far.large, range(20), 1, far.sent(far.large)))
    assert found == {start: bytes([start]) * 300_000 for start in range(20)}


def test_all_problems_of_all_processes_are_told_together() -> None:
    """In the order in which one process tells them."""
    with far.crew(3) as crew, pytest.raises(SiteError) as caught:
        list(crew.in_batches(far.fail, range(40), 4, far.sent(far.fail)))
    with Crew(1) as alone, pytest.raises(SiteError) as alike:
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
    with pytest.raises(error, match=words), far.crew(3) as crew:
        list(crew.in_batches(work, homes, 1, far.sent(work)))  # type: ignore[arg-type]


def test_a_build_that_is_given_up_leaves_no_process() -> None:
    """Not even one that is in the middle of something long."""
    processes: list[int] = []
    with pytest.raises(KeyboardInterrupt), far.crew(2) as crew:
        for _ in crew.in_batches(far.who, range(9), 1, far.sent(far.wait)):
            processes += [hand.number for hand in crew.hands or ()]
            raise KeyboardInterrupt
    assert len(processes) == 1
    assert not is_there(processes[0])


@pytest.mark.parametrize(
    ("data", "function", "why"),
    [
        (b"no such theme", "opened", "LookupError: no such theme"),
        (b"", "nowhere", "has no attribute 'nowhere'"),
        (b"7", "ended", "it ended with status 7 before it could begin"),
    ],
)
def test_a_process_that_cannot_be_equipped_leaves_the_work_to_this_one(
    data: bytes, function: str, why: str
) -> None:
    """All of it is done, and why nobody helped can be told."""
    with far.crew(2, data, function) as crew:
        for _ in range(2):
            found = dict(crew.in_batches(far.who, range(9), 1, far.sent(far.who)))
            assert set(found.values()) == {os.getpid()}
            assert len(found) == 9
    assert why in crew.alone


def test_work_that_cannot_be_sent_is_done_here() -> None:
    """The same."""

    def unsendable(things: object) -> Parcel:
        raise UnsendableError("a lock cannot be sent")

    with far.crew(2) as crew:
        found = dict(crew.in_batches(far.who, range(9), 1, unsendable))
    assert set(found.values()) == {os.getpid()}
    assert "a lock cannot be sent" in crew.alone


def test_no_process_can_be_started_without_an_interpreter(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a program that has Python built in: this process does it all."""
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with far.crew(2) as crew:
        found = dict(crew.in_batches(far.who, range(9), 1, far.sent(far.who)))
    assert set(found.values()) == {os.getpid()}
    assert "no process could be started" in crew.alone


def test_what_a_plugin_prints_gets_between_no_answers(capfd: pytest.CaptureFixture[str]) -> None:
    """It is seen where errors are; what it asks for is not there."""
    with far.crew(2) as crew:
        found = dict(crew.in_batches(far.who, range(4), 1, far.sent(far.say)))
    assert set(found.values()) == {0, os.getpid()}
    seen = capfd.readouterr()
    assert seen.out == ""
    assert "words of a plugin" in seen.err
    assert "more words" in seen.err


SCRIPT = """
import os, sys
sys.path.insert(0, sys.argv[1])
from tests.plugins.fastbuild import far
with far.crew(2) as crew:
    for _, number in crew.in_batches(far.who, range(200), 1, far.sent(far.who)):
        if number != os.getpid():
            print(number, flush=True)
            break
    %s
"""


def test_the_processes_of_a_killed_build_end(tmp_path: Path) -> None:
    """There is nobody left to ask them for anything."""
    script = tmp_path / "build.py"
    script.write_text(SCRIPT % "os.kill(os.getpid(), 9)")
    command = [sys.executable, str(script), str(ROOT)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False, timeout=PATIENCE)
    assert done.returncode == -9
    process = int(done.stdout)
    until(lambda: not is_there(process), "it is still there")


def test_a_script_need_not_guard_against_being_run_again(tmp_path: Path) -> None:
    """It is started once, whatever it is: workers do not import it."""
    script = tmp_path / "build.py"
    script.write_text(SCRIPT % "pass" + "print('over')\n")
    command = [sys.executable, str(script), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[1:] == ["over"]
