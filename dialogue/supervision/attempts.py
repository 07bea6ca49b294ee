"""Attempts at jobs: counted when they begin, tried again after a pause, set aside after the last.

The counting is the same for every queue. A job that raises is tried again; one that ends the whole
process was counted before it could do so, and is set aside, too. Functions of a connection run inside
a transaction of the caller's.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from dialogue.database import Database
from dialogue.supervision.tables import attempts

_PAUSES = tuple(timedelta(seconds=seconds) for seconds in (1, 10, 60))
# A time that lies further ahead is of a clock that was set back since.
_SHORTEST, _FARTHEST = timedelta(microseconds=1), timedelta(minutes=2)
MOST = len(_PAUSES) + 1
"""Attempts at one job before it is set aside."""
_LOST = "the service ended while it worked on this"
_MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class SetAside:
    """A job that is not tried any more: why, since when, after how many attempts."""

    queue: str
    job: str
    number: int
    reason: str
    since: datetime


def is_free(queue: str, job: ColumnElement[str], now: datetime) -> ColumnElement[bool]:
    """Whether an attempt at ``job`` may begin: a condition for the query of the queue."""
    return ~exists().where(attempts.c.queue == queue, attempts.c.job == job, _waits(now))


def is_set_aside(queue: str, job: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether ``job`` was set aside."""
    of_job = and_(attempts.c.queue == queue, attempts.c.job == job)
    return exists().where(of_job, attempts.c.aside.is_not(None))


def begin(
    connection: Connection, queue: str, jobs: Collection[str], now: datetime, until: datetime
) -> frozenset[str]:
    """Count an attempt at each of ``jobs`` that is free; nobody begins another before ``until``.

    Returns those: the others are in the hands of another process, or set aside.
    """
    if not jobs:
        return frozenset()
    new = _insert(connection).values([_row(queue, job, 1, "", until) for job in jobs])
    put = new.on_conflict_do_update(
        index_elements=_KEY,
        set_={"number": attempts.c.number + 1, "due": until},
        where=~_waits(now),
    )
    return frozenset(connection.execute(put.returning(attempts.c.job)).scalars())


def finish(connection: Connection, queue: str, *jobs: str) -> None:
    """Forget the attempts at jobs that are done."""
    mine = attempts.c.queue == queue, attempts.c.job.in_(jobs)
    connection.execute(delete(attempts).where(*mine))


def release(connection: Connection, queue: str, jobs: Collection[str], now: datetime) -> None:
    """Take back attempts that an outage ended: it says nothing about the jobs."""
    mine = attempts.c.queue == queue, attempts.c.job.in_(jobs)
    less = {"number": attempts.c.number - 1, "due": now}
    connection.execute(update(attempts).where(*mine).values(less))


def fail(
    connection: Connection, queue: str, job: str, reason: str, now: datetime
) -> datetime | None:
    """Note why an attempt failed. Returns when the next one is due; None: the job is set aside."""
    asked = select(attempts.c.number).where(_is(queue, job))
    number = connection.execute(asked).scalar_one_or_none() or 1
    if number >= MOST:
        set_aside(connection, queue, job, reason, now)
        return None
    due = now + _PAUSES[number - 1]
    _put(connection, _row(queue, job, number, reason, due))
    return due


def set_aside(connection: Connection, queue: str, job: str, reason: str, now: datetime) -> None:
    """Try the job no more until a moderator says so."""
    _put(connection, {**_row(queue, job, 1, reason, now), "aside": now}, keep=("number",))


def give_up_lost(
    database: Database, queue: str, now: datetime, idle: Select[Any] | None = None
) -> int:
    """Set aside the jobs whose last attempt ended with its process; returns how many.

    ``idle`` selects the ids of jobs that nobody has a lease on, in a queue that has leases.
    """
    lost = and_(attempts.c.queue == queue, attempts.c.aside.is_(None))
    lost = and_(
        lost, attempts.c.number >= MOST, ~attempts.c.due.between(now + _SHORTEST, now + _FARTHEST)
    )
    if idle is not None:
        lost = and_(lost, attempts.c.job.in_(idle))
    first = select(attempts.c.job).where(lost).limit(1)
    if database.read(lambda found: found.execute(first).first()) is None:
        return 0
    why = func.coalesce(func.nullif(attempts.c.reason, ""), _LOST)
    change = update(attempts).where(lost).values(aside=now, reason=why)
    return database.write(lambda found: found.execute(change).rowcount)


def lost(connection: Connection, queue: str, jobs: Collection[str]) -> frozenset[str]:
    """Those of ``jobs`` of which more than one attempt began and none has ended."""
    some = attempts.c.queue == queue, attempts.c.job.in_(jobs), attempts.c.reason == ""
    query = select(attempts.c.job).where(*some, attempts.c.number > 1)
    return frozenset(connection.execute(query).scalars())


def listed(connection: Connection) -> Sequence[SetAside]:
    """What was set aside, the newest first, up to some hundred."""
    query = select(attempts).where(attempts.c.aside.is_not(None))
    query = query.order_by(attempts.c.aside.desc(), attempts.c.queue, attempts.c.job)
    rows = connection.execute(query.limit(_MOST_LISTED)).all()
    return [SetAside(row.queue, row.job, row.number, row.reason, row.aside) for row in rows]


def older(connection: Connection, before: datetime) -> Sequence[tuple[str, str]]:
    """The queue and job of each attempt that was due before then."""
    query = select(attempts.c.queue, attempts.c.job).where(attempts.c.due < before)
    return [(str(queue), str(job)) for queue, job in connection.execute(query)]


def counts(connection: Connection) -> dict[str, int]:
    """How many jobs are set aside, by queue; queues without are left out."""
    query = select(attempts.c.queue, func.count()).where(attempts.c.aside.is_not(None))
    found = connection.execute(query.group_by(attempts.c.queue)).all()
    return {str(queue): int(number) for queue, number in found}


_KEY = ("queue", "job")


def _row(queue: str, job: str, number: int, reason: str, due: datetime) -> dict[str, object]:
    values = {"queue": queue, "job": job, "number": number, "reason": reason}
    return {**values, "due": due, "aside": None}


def _put(connection: Connection, row: dict[str, object], keep: Collection[str] = ()) -> None:
    """Insert the row, or bring the one that is there up to it but for the columns to ``keep``."""
    changed = {name: value for name, value in row.items() if name not in {*_KEY, *keep}}
    new = _insert(connection).values(row)
    connection.execute(new.on_conflict_do_update(index_elements=_KEY, set_=changed))


def _waits(now: datetime) -> ColumnElement[bool]:
    given_up = or_(attempts.c.aside.is_not(None), attempts.c.number >= MOST)
    return or_(given_up, attempts.c.due.between(now + _SHORTEST, now + _FARTHEST))


def _is(queue: str, job: str) -> ColumnElement[bool]:
    return and_(attempts.c.queue == queue, attempts.c.job == job)


def _insert(connection: Connection) -> Any:
    insert = insert_sqlite if connection.dialect.name == "sqlite" else insert_postgresql
    return insert(attempts)
