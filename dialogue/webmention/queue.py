"""The queue of webmentions: taken in once, looked at by one at a time, never lost.

Whoever takes a job has it until its lease is over; a process that dies in between leaves it to the
next. Each function is one short transaction: nothing is fetched while one is open.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, RowMapping, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.sql import and_, or_

from dialogue import ids, urls
from dialogue.database import Database
from dialogue.supervision import attempts
from dialogue.webmention.tables import webmentions

NAME = "webmentions"
# Nothing here takes longer than that, also with the clocks of two machines apart.
LEASE = timedelta(seconds=90)

# Longer than any pause between two looks (dialogue/webmention/settling.py).
_FARTHEST = timedelta(days=1)


class State(StrEnum):
    """What became of a webmention: whether the source mentions us, as far as we know."""

    WAITING = "waiting"
    VERIFIED = "verified"
    REFUSED = "refused"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Job:
    """A webmention in the queue, as it is now. ``known`` says that it was verified before."""

    id: str
    source: str
    host: str
    target: str
    url: str
    state: State
    note: str
    attempts: int
    requests: int

    @property
    def known(self) -> bool:
        """Whether something of it may be among the replies."""
        return self.state is State.VERIFIED


@dataclass(frozen=True, slots=True)
class Queue:
    """The webmentions in ``database``."""

    database: Database

    def put(
        self, source: str, target: str, url: str, now: datetime, address: str | None = None
    ) -> Job:
        """Note that ``source`` says it mentions the post ``target`` at ``url``; look at it now.

        ``address`` is the trace of the network that said so.
        """
        again = {"url": url, "asked": now, "attempts": 0, "due": now, "address": address}
        counted = {"requests": webmentions.c.requests + 1, **again}

        new = {**_new(source, target, url, now), "address": address}

        def work(connection: Connection) -> Job:
            insert = insert_sqlite if self.database.is_sqlite else insert_postgresql
            row = insert(webmentions).values(new)
            put = row.on_conflict_do_update(index_elements=["digest"], set_=counted)
            return _job(connection.execute(put.returning(webmentions)).mappings().one())

        return self.database.write(work)

    def find(self, job: str) -> Job | None:
        """The webmention of that id; None if there is none."""
        asked = select(webmentions).where(_is(job))
        row = self.database.read(lambda found: found.execute(asked).mappings().first())
        return _job(row) if row is not None else None

    def known(self, source: str, target: str) -> Job | None:
        """The webmention of ``target`` by ``source``; None if there is none."""
        asked = select(webmentions).where(webmentions.c.digest == _digest(source, target))
        row = self.database.read(lambda found: found.execute(asked).mappings().first())
        return _job(row) if row is not None else None

    def of_host(self, host: str, since: datetime) -> int:
        """How many webmentions of pages of ``host`` were announced since then."""
        return self._count(webmentions.c.host == host, webmentions.c.asked >= since)

    def of_network(self, traces: Sequence[str], since: datetime) -> int:
        """How many were announced by the network with these traces since then."""
        return self._count(webmentions.c.address.in_(traces), webmentions.c.asked >= since)

    def waiting(self) -> int:
        """How many webmentions somebody has still to look at."""
        return self._count(webmentions.c.due.is_not(None))

    def claim(
        self,
        now: datetime,
        *,
        most: int,
        tried: bool,
        busy: Collection[str] = (),
    ) -> Sequence[Job]:
        """Take up to ``most`` jobs that are due, for :data:`LEASE`; none if nothing can be done yet.

        ``tried`` chooses between those that were tried before and those that were not. Each host
        gets one of them, those in ``busy`` none: whoever floods the queue waits in a line of his
        own.
        """
        free = and_(
            is_due(now),
            unleased(now),
            webmentions.c.attempts > 0 if tried else webmentions.c.attempts == 0,
            attempts.is_free(NAME, webmentions.c.id, now),
        )
        order = webmentions.c.due, webmentions.c.id
        line = func.row_number().over(partition_by=webmentions.c.host, order_by=order)
        places = select(webmentions.c.id, webmentions.c.due, line.label("place"))
        heads = places.where(free, webmentions.c.host.not_in(busy)).subquery()
        chosen = select(heads.c.id).where(heads.c.place == 1)
        chosen = chosen.order_by(heads.c.due, heads.c.id).limit(most)
        if not self.database.read(lambda found: found.execute(chosen).first()):
            return ()

        def work(connection: Connection) -> list[Job]:
            found = list(connection.execute(chosen).scalars())
            # On PostgreSQL two may choose the same: the condition is asked again under the lock.
            taken = update(webmentions).where(webmentions.c.id.in_(found), free)
            rows = connection.execute(taken.values(lease=now + LEASE).returning(webmentions))
            jobs = [_job(row) for row in rows.mappings()]
            attempts.begin(connection, NAME, [job.id for job in jobs], now, now)
            return jobs

        return self.database.write(work)

    def settle(self, job: Job, state: State, note: str) -> None:
        """Say what became of it. If it was announced again meanwhile, it is looked at again."""
        self._leave(job, {"state": state.value, "note": note}, {"attempts": 0, "due": None})

    def postpone(self, job: Job, until: datetime, note: str) -> None:
        """Look at it again later."""
        self._leave(job, {"note": note}, {"attempts": job.attempts + 1, "due": until})

    def fail(self, job: Job, reason: str, now: datetime) -> None:
        """Note that a look broke: another follows after a pause, or it is set aside."""

        def work(connection: Connection) -> None:
            connection.execute(update(webmentions).where(_is(job.id)).values(lease=None))
            attempts.fail(connection, NAME, job.id, reason, now)

        self.database.write(work)

    def release(self, job: Job, now: datetime) -> None:
        """Give it back: an outage ended the look, which says nothing about the job."""

        def work(connection: Connection) -> None:
            connection.execute(update(webmentions).where(_is(job.id)).values(lease=None))
            attempts.release(connection, NAME, [job.id], now)

        self.database.write(work)

    def give_up_lost(self, now: datetime) -> None:
        """Set aside those whose every look ended with its process."""
        idle = select(webmentions.c.id).where(unleased(now))
        attempts.give_up_lost(self.database, NAME, now, idle)

    def forget(self, before: datetime) -> int:
        """Delete what was refused or is gone since then; how many that were."""
        over = (State.REFUSED.value, State.GONE.value)
        old = and_(webmentions.c.state.in_(over), webmentions.c.asked < before)
        done = delete(webmentions).where(old, webmentions.c.due.is_(None))
        return self.database.write(lambda found: found.execute(done).rowcount)

    def _count(self, *conditions: ColumnElement[bool]) -> int:
        count = select(func.count()).select_from(webmentions).where(*conditions)
        return self.database.read(lambda found: int(found.execute(count).scalar_one()))

    def _leave(self, job: Job, found: dict[str, object], then: dict[str, object]) -> None:
        """Write what was ``found``, and ``then`` what follows unless it was announced again."""

        def work(connection: Connection) -> None:
            here = update(webmentions).where(_is(job.id))
            connection.execute(here.values(lease=None, **found))
            same = webmentions.c.requests == job.requests
            connection.execute(here.where(same).values(then))
            attempts.finish(connection, NAME, job.id)

        self.database.write(work)


def is_due(now: datetime) -> ColumnElement[bool]:
    """Whether its time has come; one that lies further ahead than any pause is of a wrong clock."""
    return or_(webmentions.c.due <= now, webmentions.c.due > now + _FARTHEST)


def unleased(now: datetime) -> ColumnElement[bool]:
    """Whether nobody has the job now; a lease that ends later than any could is of another clock."""
    lease = webmentions.c.lease
    return or_(lease.is_(None), lease <= now, lease > now + LEASE)


def _is(job: str) -> ColumnElement[bool]:
    return webmentions.c.id == job


def _digest(source: str, target: str) -> str:
    return hashlib.sha256(json.dumps([urls.normal(source), target]).encode()).hexdigest()


def _new(source: str, target: str, url: str, now: datetime) -> dict[str, object]:
    return {
        "id": ids.new(),
        "digest": _digest(source, target),
        "source": source,
        "host": urls.host(source),
        "target": target,
        "url": url,
        "state": State.WAITING.value,
        "note": "",
        "attempts": 0,
        "requests": 1,
        "due": now,
        "lease": None,
        "asked": now,
        "created": now,
    }


def _job(row: RowMapping) -> Job:
    names = ("id", "source", "host", "target", "url", "note", "attempts", "requests")
    return Job(state=State(row["state"]), **{name: row[name] for name in names})
