"""The outbox: letters put in with what they are about, leased to one worker at a time, marked sent.

A letter is sent at least once. Only a worker that dies between the server's "accepted" and the
mark sends it again, after its lease ran out, and then with the same Message-ID, by which mail
servers and readers know doubles. Every function is work for :class:`dialogue.database.Database`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Update, and_, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from dialogue import ids
from dialogue.database import Database
from dialogue.mail.letter import Letter
from dialogue.mail.tables import outbox
from dialogue.supervision import attempts

NAME = "mail"
# Longer than a conversation with a server that answers each step at the last moment.
LEASE = timedelta(minutes=15)
# Longer than any pause between two attempts (dialogue/mail/backoff.py).
_FARTHEST = timedelta(hours=6)
_BLANK = {"recipient": "", "subject": "", "text": "", "reply_to": "", "unsubscribe": ""}


@dataclass(frozen=True, slots=True)
class Leased:
    """A letter that one worker may send now; ``lease`` proves that it is still the one."""

    id: str
    letter: Letter
    message_id: str
    created: datetime
    attempts: int
    lease: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Why a letter is sent, the mark of the inbox it goes to, the trace of the network it is due to."""

    cause: str = ""
    inbox: str = ""
    network: str = ""


_NO_ORIGIN = Origin()


def put(
    connection: Connection,
    letter: Letter,
    domain: str,
    now: datetime,
    origin: Origin = _NO_ORIGIN,
) -> bool:
    """Put ``letter`` in, within the transaction of its cause; False if its key was in before.

    The Message-ID, below ``domain``, is decided here and never again. Nothing is counted here:
    :class:`dialogue.mail.limits.Mailer` does.
    """
    name = ids.new()
    values = {
        "id": name,
        "key": letter.key,
        "recipient": letter.to,
        "subject": letter.subject,
        "text": letter.text,
        "reply_to": letter.reply_to,
        "unsubscribe": letter.unsubscribe,
        "message_id": f"<{name}@{domain}>",
        "state": "waiting",
        "created": now,
        "due": now,
        "attempts": 0,
        "lease": "",
        "problem": "",
        **asdict(origin),
    }
    insert = insert_sqlite if connection.dialect.name == "sqlite" else insert_postgresql
    row = insert(outbox).values(values).on_conflict_do_nothing(index_elements=["key"])
    return connection.execute(row.returning(outbox.c.id)).first() is not None


def due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """The conditions of a letter that may be taken now."""
    free = attempts.is_free(NAME, outbox.c.id, now)
    return outbox.c.state == "waiting", _is_due(now), free


def lease(connection: Connection, now: datetime) -> Leased | None:
    """Take the letter that is due longest, and keep other workers from it for a while."""
    waiting = select(outbox).where(*due(now))
    first = waiting.order_by(outbox.c.due, outbox.c.id).limit(1)
    row = connection.execute(first.with_for_update(skip_locked=True)).one_or_none()
    if row is None:
        return None
    token = ids.new()
    mine = update(outbox).where(outbox.c.id == row.id).values(lease=token, due=now + LEASE)
    connection.execute(mine)
    attempts.begin(connection, NAME, [row.id], now, now)
    letter = Letter(row.key, row.recipient, row.subject, row.text, row.reply_to, row.unsubscribe)
    return Leased(row.id, letter, row.message_id, row.created, row.attempts, token)


def give_up_lost(database: Database, now: datetime) -> None:
    """Set aside the letters whose every attempt ended with its process."""
    idle = select(outbox.c.id).where(_is_due(now))
    attempts.give_up_lost(database, NAME, now, idle)


def waits(connection: Connection, now: datetime) -> bool:
    """Whether a letter is due; asks without keeping anybody from writing."""
    waiting = select(outbox.c.id).where(*due(now))
    return connection.execute(waiting.limit(1)).one_or_none() is not None


def sent(connection: Connection, leased: Leased, now: datetime) -> None:
    """Note that the server has it. What it said and to whom is forgotten, its key is kept."""
    done = update(outbox).where(outbox.c.id == leased.id)
    connection.execute(done.values(state="sent", finished=now, problem="", lease="", **_BLANK))
    attempts.finish(connection, NAME, leased.id)


def put_off(connection: Connection, leased: Leased, due: datetime, problem: str) -> None:
    """Note that it was tried and is to be tried again at ``due``."""
    values = {"attempts": leased.attempts + 1, "due": due, "problem": problem, "lease": ""}
    connection.execute(_still(leased).values(values))
    attempts.finish(connection, NAME, leased.id)


def failed(connection: Connection, leased: Leased, now: datetime, problem: str) -> None:
    """Note that the server will never take it, and why: for a moderator to see."""
    values = {"state": "failed", "finished": now, "problem": problem, "lease": "", **_BLANK}
    if connection.execute(_still(leased).values(values)).rowcount:
        attempts.set_aside(connection, NAME, leased.id, problem, now)


def broken(connection: Connection, leased: Leased, now: datetime, problem: str) -> None:
    """Note that our own work on it failed: it is tried again after a pause, or set aside."""
    values = {"due": now, "problem": problem, "lease": ""}
    if connection.execute(_still(leased).values(values)).rowcount:
        attempts.fail(connection, NAME, leased.id, problem, now)


def release(connection: Connection, leased: Leased, now: datetime) -> None:
    """Give it back untried, for any worker to take at once."""
    connection.execute(_still(leased).values(lease="", due=now))
    attempts.release(connection, NAME, [leased.id], now)


def purge(connection: Connection, before: datetime) -> int:
    """Forget the letters finished before ``before``; return how many."""
    old = delete(outbox).where(outbox.c.finished < before).returning(outbox.c.id)
    gone = connection.execute(old).scalars().all()
    attempts.finish(connection, NAME, *gone)
    return len(gone)


def counts(connection: Connection) -> dict[str, int]:
    """How many letters are in each state; states without letters are left out."""
    query = select(outbox.c.state, func.count().label("number")).group_by(outbox.c.state)
    return {row.state: row.number for row in connection.execute(query)}


def stuck(connection: Connection, before: datetime) -> int:
    """How many letters were given up, or have waited since before ``before``."""
    waiting = (outbox.c.state == "waiting") & (outbox.c.created < before)
    query = select(func.count()).select_from(outbox)
    return int(connection.execute(query.where(waiting | (outbox.c.state == "failed"))).scalar_one())


def _is_due(now: datetime) -> ColumnElement[bool]:
    """Whether its time has come; one that lies further ahead than any pause is of a wrong clock.

    But not while somebody has a lease: a clock that is wrong now must not send a letter twice.
    """
    wrong = and_(outbox.c.due > now + _FARTHEST, outbox.c.lease == "")
    return or_(outbox.c.due <= now, wrong)


def _still(leased: Leased) -> Update:
    return update(outbox).where(outbox.c.id == leased.id, outbox.c.lease == leased.lease)
