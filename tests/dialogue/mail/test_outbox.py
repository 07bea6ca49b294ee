"""The outbox: no letter is lost, none is taken by two."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from dialogue.database import Database
from dialogue.mail import outbox
from dialogue.mail.letter import Letter
from dialogue.mail.outbox import LEASE, Leased
from dialogue.mail.tables import outbox as table

NOW = datetime(2026, 5, 19, tzinfo=UTC)


def put(database: Database, *keys: str, now: datetime = NOW) -> list[bool]:
    """Put in a letter for each key."""
    letters = [Letter(key, f"{key}@example.org", "s", "t") for key in keys]
    return [
        database.write(lambda found, letter=letter: outbox.put(found, letter, "b.org", now))  # type: ignore[misc] # mypy does not see the default's type
        for letter in letters
    ]


def lease(database: Database, now: datetime = NOW) -> Leased | None:
    """Take the next one."""
    return database.write(lambda found: outbox.lease(found, now))


def test_one_letter_for_one_key(database: Database) -> None:
    """However often it is put in, also after it was sent."""
    assert put(database, "a", "a") == [True, False]
    leased = lease(database)
    assert leased is not None
    assert leased.letter.to == "a@example.org"
    assert leased.message_id == f"<{leased.id}@b.org>"
    database.write(lambda found: outbox.sent(found, leased, NOW))
    assert put(database, "a") == [False]
    assert lease(database, NOW + timedelta(days=1)) is None
    assert database.read(outbox.counts) == {"sent": 1}


def test_what_was_sent_is_forgotten(database: Database) -> None:
    """Neither address nor words stay behind, and after a while not even that there was one."""
    put(database, "a")
    leased = lease(database)
    assert leased is not None
    database.write(lambda found: outbox.sent(found, leased, NOW))
    row = database.read(lambda found: found.execute(select(table)).one())
    assert (row.recipient, row.subject, row.text) == ("", "", "")
    assert database.write(lambda found: outbox.purge(found, NOW)) == 0
    assert database.write(lambda found: outbox.purge(found, NOW + timedelta(seconds=1))) == 1


def test_a_lease_ends(database: Database) -> None:
    """What a worker took with it when it died is taken by the next, the same letter."""
    put(database, "a")
    first = lease(database)
    assert first is not None
    assert lease(database, NOW + LEASE - timedelta(seconds=1)) is None
    second = lease(database, NOW + LEASE)
    assert second is not None
    assert (second.id, second.message_id) == (first.id, first.message_id)
    database.write(lambda found: outbox.put_off(found, first, NOW, "too late to say"))
    assert lease(database, NOW + LEASE) is None, "the first has no say any more"


def test_a_letter_is_put_off_and_given_up(database: Database) -> None:
    """It is due again when it was said to be, with its attempts counted; then never."""
    put(database, "a")
    leased = lease(database)
    assert leased is not None
    later = NOW + timedelta(minutes=3)
    database.write(lambda found: outbox.put_off(found, leased, later, "451 later"))
    assert lease(database) is None
    again = lease(database, later)
    assert again is not None
    assert again.attempts == 1
    database.write(lambda found: outbox.failed(found, again, later, "550 no"))
    assert lease(database, NOW + timedelta(days=9)) is None
    row = database.read(lambda found: found.execute(select(table)).one())
    assert (row.state, row.problem, row.text) == ("failed", "550 no", "")


def test_many_workers_take_each_letter_once(database: Database) -> None:
    """Eight at a time on one outbox, and nothing is left."""
    put(database, *(f"k{number}" for number in range(40)))

    def work(_: int) -> list[str]:
        taken = []
        while leased := lease(database):
            taken.append(leased.id)
        return taken

    with ThreadPoolExecutor(8) as pool:
        taken = [name for names in pool.map(work, range(8)) for name in names]
    assert len(taken) == len(set(taken)) == 40


def test_a_letter_is_in_only_if_its_cause_is(database: Database) -> None:
    """In a transaction that fails, no mail is promised."""

    def work(found: object) -> None:
        outbox.put(found, Letter("a", "a@b.org", "s", "t"), "b.org", NOW)  # type: ignore[arg-type] # a connection
        raise RuntimeError

    try:
        database.write(work)
    except RuntimeError:
        assert lease(database) is None
    else:
        raise AssertionError("it did not fail")


def test_a_letter_dated_by_a_wrong_clock_does_not_wait_for_that_time(database: Database) -> None:
    """It leaves as soon as the clock is right; one that somebody is sending does not leave twice."""
    put(database, "a", now=NOW + timedelta(days=3))
    leased = lease(database)
    assert leased is not None
    assert lease(database, NOW - timedelta(days=3)) is None
