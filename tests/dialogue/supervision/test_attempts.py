"""Attempts at jobs: counted when they begin, whatever becomes of the process."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import literal, select

from dialogue.database import Database
from dialogue.moments import now
from dialogue.supervision import attempts
from dialogue.supervision.attempts import MOST

QUEUE = "mail"


def begin(database: Database, job: str = "1", lease: float = 0) -> bool:
    """Begin an attempt; whether that was allowed."""
    at = now()
    until = at + timedelta(seconds=lease)
    return job in database.write(lambda found: attempts.begin(found, QUEUE, [job], at, until))


def is_free(database: Database, job: str = "1", later: float = 0) -> bool:
    """Whether an attempt may begin then."""
    at = now() + timedelta(seconds=later)
    asked = select(attempts.is_free(QUEUE, literal(job), at))
    return bool(database.read(lambda found: found.execute(asked).scalar_one()))


def fail(database: Database, reason: str = "broken", later: float = 0) -> object:
    """Note a failure."""
    at = now() + timedelta(seconds=later)
    return database.write(lambda found: attempts.fail(found, QUEUE, "1", reason, at))


def test_a_job_that_fails_is_tried_again_and_then_set_aside(database: Database) -> None:
    """After longer and longer pauses; with the last reason, and how many attempts there were."""
    for number in range(MOST - 1):
        assert is_free(database, later=3600)
        assert begin(database)
        assert fail(database, f"broken {number}", later=-3600) is not None
    assert begin(database)
    assert fail(database, "broken at last") is None
    assert not is_free(database, later=1e6)
    assert not begin(database)
    (aside,) = database.read(attempts.listed)
    assert (aside.queue, aside.job, aside.number) == (QUEUE, "1", MOST)
    assert aside.reason == "broken at last"
    assert database.read(attempts.counts) == {QUEUE: 1}


def test_a_pause_is_kept(database: Database) -> None:
    """Nobody begins before it is over."""
    begin(database)
    fail(database)
    assert not is_free(database)
    assert is_free(database, later=120)
    assert not begin(database)


def test_a_job_that_ends_its_process_is_set_aside_too(database: Database) -> None:
    """It was counted when it began: nobody has to live to note that it failed."""
    for _ in range(MOST):
        assert begin(database)
    assert not is_free(database)
    assert attempts.give_up_lost(database, QUEUE, now()) == 1
    assert attempts.give_up_lost(database, QUEUE, now()) == 0
    (aside,) = database.read(attempts.listed)
    assert aside.reason == "the service ended while it worked on this"


def test_what_an_outage_ends_does_not_count(database: Database) -> None:
    """However often."""
    for _ in range(MOST * 2):
        assert begin(database)
        database.write(lambda found: attempts.release(found, QUEUE, ["1"], now()))
    assert is_free(database)


def test_a_job_that_is_done_begins_again_from_nothing(database: Database) -> None:
    """Its earlier failures are forgotten; those of others are not."""
    begin(database, "2", lease=60)
    for _ in range(MOST):
        assert begin(database)
        database.write(lambda found: attempts.finish(found, QUEUE, "1"))
    assert not is_free(database, "2")


def test_two_processes_do_not_begin_one_job(database: Database) -> None:
    """While one has it for a while, and again when that is over."""
    assert begin(database, lease=60)
    assert not begin(database, lease=60)
    assert is_free(database, later=61)


def test_a_clock_that_is_set_back_delays_nothing(database: Database) -> None:
    """No pause is as long as a day."""
    begin(database)
    fail(database, later=86_400)
    assert is_free(database)
    assert begin(database)
