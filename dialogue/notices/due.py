"""Who has to be told of what: questions to the database, asked again and again.

Nothing is remembered outside of it, so whatever stored or decided a reply, in whichever process, a
notice is due until it was put into the outbox, and then never again.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, literal, select
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from dialogue.moments import Moment
from dialogue.notices.tables import silenced, told
from dialogue.replies import rows
from dialogue.replies.model import State, Stored
from dialogue.replies.tables import replies
from dialogue.supervision import attempts

NAME = "notices"
# Older than that is no news: replies of an import, or of a service that was long away.
FRESH = timedelta(days=2)
ANSWERABLE = timedelta(days=30)
_AT_ONCE = 50


def held(connection: Connection, now: datetime, most: int = _AT_ONCE) -> tuple[Stored, ...]:
    """Replies that wait for a moderator who was not told yet, the oldest first."""
    waits = replies.c.state == State.HELD.value
    return _found(connection, waits, _untold("held", now), most=most)


def unconfirmed(connection: Connection, now: datetime) -> tuple[Stored, ...]:
    """Replies with an address that nobody was asked to confirm; of suspicious ones only approved."""
    clean = (replies.c.state == State.HELD.value) & (replies.c.reasons == "[]")
    return _found(
        connection,
        replies.c.email.is_not(None),
        replies.c.verified.is_(None),
        replies.c.created >= now - FRESH,
        clean | (replies.c.state == State.APPROVED.value),
        _untold("confirm", now),
    )


def answers(connection: Connection, now: datetime) -> tuple[tuple[Stored, Stored], ...]:
    """Approved answers to replies whose writers confirmed their address: the reply, the answer."""
    parent = replies.alias("parent")
    confirmed = select(parent.c.id).where(
        parent.c.verified.is_not(None),
        parent.c.email.is_not(None),
        parent.c.state == State.APPROVED.value,
    )
    found = _found(
        connection,
        replies.c.state == State.APPROVED.value,
        replies.c.created >= now - ANSWERABLE,
        replies.c.parent.in_(confirmed),
        _untold("answer", now),
    )
    asked = select(replies).where(replies.c.id.in_([answer.parent for answer in found]))
    parents = {row["id"]: rows.stored(row) for row in connection.execute(asked).mappings()}
    return tuple((parents[answer.parent or ""], answer) for answer in found)


def waiting(
    connection: Connection, now: datetime, *, moderated: bool
) -> tuple[int, datetime | None]:
    """How many replies need a notice, and since when the oldest does; of mentions nobody knows."""
    found = [*(held(connection, now) if moderated else ()), *unconfirmed(connection, now)]
    found += [answer for _, answer in answers(connection, now)]
    return len(found), min((each.created for each in found if not each.source), default=None)


def claim(connection: Connection, reply: str, kind: str, now: datetime) -> bool:
    """Note that ``reply`` needs no more of ``kind``; False where another worker was faster.

    Within the transaction that puts the letters into the outbox: both happen, or neither.
    """
    insert = insert_sqlite if connection.dialect.name == "sqlite" else insert_postgresql
    row = insert(told).values(reply=reply, kind=kind, created=now).on_conflict_do_nothing()
    attempts.finish(connection, NAME, job(reply, kind))
    return connection.execute(row.returning(told.c.reply)).first() is not None


def claim_held(connection: Connection, now: datetime) -> int:
    """Note for all held replies that moderators were notified; return how many that were."""
    waiting = select(replies.c.id, literal("held"), literal(now, Moment)).where(
        replies.c.state == State.HELD.value, _untold("held", now)
    )
    insert = insert_sqlite if connection.dialect.name == "sqlite" else insert_postgresql
    noted = insert(told).from_select(["reply", "kind", "created"], waiting)
    done = noted.on_conflict_do_nothing().returning(told.c.reply)
    return len(connection.execute(done).all())


def silence(connection: Connection, about: str, now: datetime) -> None:
    """No more mail about a reply, or to an inbox by its mark."""
    insert = insert_sqlite if connection.dialect.name == "sqlite" else insert_postgresql
    row = insert(silenced).values(about=about, created=now)
    connection.execute(row.on_conflict_do_nothing())


def is_silenced(connection: Connection, *about: str) -> bool:
    """Whether any of these wants no mail."""
    query = select(silenced.c.about).where(silenced.c.about.in_(about))
    return connection.execute(query.limit(1)).first() is not None


def trusted(connection: Connection, reply: Stored) -> bool:
    """Whether the address of ``reply`` has confirmed and approved replies, and none that is spam."""
    others = select(replies.c.state, replies.c.verified).where(
        replies.c.email == reply.email, replies.c.id != reply.id
    )
    found = connection.execute(others).all()
    approved = any(row.state == State.APPROVED.value and row.verified for row in found)
    return approved and not any(row.state == State.SPAM.value for row in found)


def forget(connection: Connection) -> None:
    """Drop what is about replies that are gone."""
    connection.execute(delete(told).where(~exists().where(replies.c.id == told.c.reply)))


def job(reply: str, kind: str) -> str:
    """The name of a notice in the table of attempts."""
    return f"{kind}/{reply}"


def _untold(kind: str, now: datetime) -> ColumnElement[bool]:
    untold = ~exists().where(told.c.reply == replies.c.id, told.c.kind == kind)
    return and_(untold, attempts.is_free(NAME, literal(job("", kind)) + replies.c.id, now))


def _found(
    connection: Connection, *conditions: ColumnElement[bool], most: int = _AT_ONCE
) -> tuple[Stored, ...]:
    query = select(replies).where(*conditions).order_by(replies.c.created, replies.c.id).limit(most)
    return tuple(map(rows.stored, connection.execute(query).mappings()))
