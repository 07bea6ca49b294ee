"""Messages as they are kept: functions of a connection, each run inside one transaction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, RowMapping, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from dialogue.contact.tables import messages

PER_PAGE = 30


class Box(StrEnum):
    """Where a message lies: suspicious ones wait, unmailed, until somebody has looked."""

    HELD = "held"
    NEW = "new"
    DONE = "done"
    SPAM = "spam"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Somebody's words to the site, or to the author of the post ``target``."""

    id: str
    target: str
    state: Box
    name: str
    email: str
    text: str
    reasons: tuple[str, ...]
    digest: str
    address: str | None
    created: datetime
    mailed: datetime | None = None


def add(connection: Connection, message: Message) -> bool:
    """Store ``message``; False if it, or the same by its digest, is there already."""
    values = {**asdict(message), "state": message.state.value}
    values["reasons"] = json.dumps(message.reasons)
    insert = insert_sqlite if connection.dialect.name == "sqlite" else insert_postgresql
    row = insert(messages).values(values).on_conflict_do_nothing().returning(messages.c.id)
    return connection.execute(row).first() is not None


def find(connection: Connection, message: str) -> Message | None:
    """The message of that id, or None."""
    query = select(messages).where(messages.c.id == message)
    row = connection.execute(query).mappings().first()
    return None if row is None else _message(row)


def move(connection: Connection, message: str, box: Box) -> Message | None:
    """Put it into ``box``; returns it as it was, or None where there is none."""
    before = find(connection, message)
    change = update(messages).where(messages.c.id == message).values(state=box.value)
    connection.execute(change)
    return before


def erase(connection: Connection, message: str) -> bool:
    """Delete it for good; False where there is none."""
    return connection.execute(delete(messages).where(messages.c.id == message)).rowcount > 0


def listed(connection: Connection, box: Box, page: int) -> tuple[Message, ...]:
    """One page of a box, newest first; pages count from 1."""
    query = select(messages).where(messages.c.state == box.value)
    ordered = query.order_by(messages.c.created.desc(), messages.c.id.desc())
    part = ordered.limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    return tuple(map(_message, connection.execute(part).mappings()))


def everything(connection: Connection, box: Box) -> tuple[Message, ...]:
    """All of a box, newest first."""
    query = select(messages).where(messages.c.state == box.value)
    ordered = query.order_by(messages.c.created.desc(), messages.c.id.desc())
    return tuple(map(_message, connection.execute(ordered).mappings()))


def written_by(connection: Connection, email: str) -> tuple[Message, ...]:
    """All messages that came with this address, however it was capitalised."""
    query = select(messages).where(func.lower(messages.c.email) == email.lower())
    return tuple(map(_message, connection.execute(query).mappings()))


def counts(connection: Connection) -> dict[Box, int]:
    """How many messages are in each box."""
    query = select(messages.c.state, func.count().label("number")).group_by(messages.c.state)
    found = {row.state: row.number for row in connection.execute(query)}
    return {box: found.get(box.value, 0) for box in Box}


def recent(connection: Connection, traces: Sequence[str], since: datetime) -> int:
    """How many came from the networks with these traces since then."""
    query = select(func.count()).where(messages.c.address.in_(traces), messages.c.created >= since)
    return int(connection.execute(query).scalar_one())


def unmailed(connection: Connection, most: int) -> tuple[Message, ...]:
    """Messages, not suspicious, that wait to be mailed, the oldest first."""
    query = select(messages).where(messages.c.state == Box.NEW.value, messages.c.mailed.is_(None))
    ordered = query.order_by(messages.c.created, messages.c.id).limit(most)
    return tuple(map(_message, connection.execute(ordered).mappings()))


def mark_mailed(connection: Connection, found: Sequence[str], now: datetime) -> None:
    """Note that these messages were put into the outbox."""
    connection.execute(update(messages).where(messages.c.id.in_(found)).values(mailed=now))


def _message(row: RowMapping) -> Message:
    values = dict(row)
    values["state"] = Box(values["state"])
    values["reasons"] = tuple(json.loads(values["reasons"]))
    return Message(**values)
