"""The supervisor: no failure ends the work, and what cannot go on ends the process."""

from __future__ import annotations

import logging
import threading
import time
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy.exc import OperationalError

from dialogue.supervision.state import State
from dialogue.supervision.supervisor import Supervisor
from dialogue.supervision.worker import Signals, Worker
from tests.dialogue.supervision.working import Alone, working
from tests.waiting import PATIENCE, until

AT_ONCE = timedelta(0)


class Failing:
    """Rounds that fail with ``errors``, one after another, and then succeed."""

    def __init__(self, *errors: Exception) -> None:
        self.errors, self.good = [*errors], 0

    def round(self) -> timedelta:
        """One of them."""
        if self.errors:
            raise self.errors.pop(0)
        self.good += 1
        return timedelta(seconds=0.05)


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("SELECT 1", None, Exception("the server closed the connection")),
        OSError(24, "Too many open files"),
        RuntimeError("a bug"),
        MemoryError(),
        RecursionError(),
    ],
    ids=["database", "descriptors", "bug", "memory", "recursion"],
)
def test_a_failing_round_is_followed_by_another(error: Exception) -> None:
    """After a pause; the other workers do not notice."""
    work, other = Failing(error, error), Failing()
    with working([Worker("a", work.round), Worker("b", other.round)]) as supervisor:
        until(lambda: work.good > 2)
        assert [each.state for each in supervisor.statuses()] == [State.OK, State.OK]
    assert other.good > 2


def test_an_outage_is_logged_when_it_begins_and_when_it_ends(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Once each, however long it lasts; another failure is news."""
    outage = OSError(24, "Too many open files")
    work = Failing(outage, outage, outage, ValueError("a bug"))
    with caplog.at_level(logging.INFO, "dialogue.supervision"), working([Worker("a", work.round)]):
        until(lambda: work.good)
    said = [(record.getMessage(), bool(record.exc_info)) for record in caplog.records]
    assert said == [
        ("a worker fails and will try again", False),
        ("a worker fails and will try again", True),
        ("a worker has recovered", False),
    ]


def test_pauses_grow_while_it_fails() -> None:
    """A worker whose database is away does not hammer it, and has a longest pause."""
    moments: list[float] = []

    def work() -> timedelta:
        moments.append(time.monotonic())
        raise OSError(5, "away")

    with working([Worker("a", work, longest=timedelta(seconds=1.2))]) as supervisor:
        until(lambda: len(moments) >= 4)
        (status,) = supervisor.statuses()
        assert (status.state, status.failures) == (State.FAILING, len(moments))
    pauses = [after - before for before, after in pairwise(moments)]
    assert pauses[0] >= 0.3
    assert pauses[1] > 0.7
    assert sum(pauses) < 30


def test_wake_ends_a_pause_but_not_a_back_off() -> None:
    """What is announced while the database is away waits until that is back."""
    signals, rounds, away = Signals(), [0], threading.Event()

    def work() -> timedelta:
        rounds[0] += 1
        if away.is_set():
            raise OSError(5, "away")
        return timedelta(hours=1)

    with working([Worker("a", work, signals)]):
        until(lambda: rounds[0] == 1)
        signals.wake.set()
        until(lambda: rounds[0] == 2)
        away.set()
        signals.wake.set()
        until(lambda: rounds[0] == 3)
        for _ in range(20):
            signals.wake.set()
            time.sleep(0.01)
        assert rounds[0] < 10  # each wake would be one more


def _exit() -> timedelta:
    raise SystemExit(3)


class Hanging:
    """A round that does not end by itself."""

    def __init__(self) -> None:
        self.begun, self.let_go = threading.Event(), threading.Event()

    def round(self) -> timedelta:
        """What the worker does."""
        self.begun.set()
        assert self.let_go.wait(PATIENCE)
        return AT_ONCE


@pytest.mark.parametrize("hangs", [False, True], ids=["exit", "hang"])
def test_a_worker_that_cannot_go_on_ends_the_process(*, hangs: bool) -> None:
    """It is not an exception that can be waited out, or a round that never ends."""
    died, hanging = threading.Event(), Hanging()
    worker = Worker("a", hanging.round if hangs else _exit)
    supervisor = Supervisor([worker], Alone(), died.set, hangs=timedelta(seconds=0.5))
    supervisor.start()
    assert died.wait(PATIENCE)
    hanging.let_go.set()
    supervisor.stop()


def test_a_round_at_hand_is_waited_for() -> None:
    """A round that has begun ends, and is told to hurry; then the worker can tidy up."""
    signals, order = Signals(), []

    def work() -> timedelta:
        order.append("begun")
        assert signals.stop.wait(PATIENCE), "it was not told to stop"
        time.sleep(0.1)
        order.append("ended")
        return AT_ONCE

    with working([Worker("a", work, signals, close=lambda: order.append("closed"))]):
        until(lambda: order)
    assert order == ["begun", "ended", "closed"]


def test_a_round_that_does_not_hurry_is_left_behind() -> None:
    """The service ends in time whatever a mail server does."""
    hanging = Hanging()
    supervisor = Supervisor([Worker("a", hanging.round)], Alone(), lambda: None)
    supervisor.start()
    assert hanging.begun.wait(PATIENCE)
    supervisor.stop(timedelta(seconds=0.2))
    assert [thread.name for thread in threading.enumerate() if thread.name == "a"] == ["a"]
    hanging.let_go.set()
    until(lambda: not any(thread.name == "a" for thread in threading.enumerate()))


class Second(Alone):
    """A process that leads only once the first is gone."""

    def __init__(self) -> None:
        self.first = True

    def leads(self) -> bool:
        """When it may."""
        return not self.first


def test_only_the_leader_does_the_work_of_leaders() -> None:
    """The others stand by, and take over."""
    leader, leading, any_ = Second(), Failing(), Failing()
    workers = [Worker("a", leading.round, leads=True), Worker("b", any_.round)]
    with working(workers, leader) as supervisor:
        until(lambda: any_.good > 2)
        assert leading.good == 0
        assert supervisor.statuses()[0].state is State.STANDBY
        leader.first = False
        until(lambda: leading.good)
