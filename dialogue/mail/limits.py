"""How mail gets into the outbox: letters of a cause, as many as the limit of the cause leaves room.

What counts are letters that wait and those that left within the last hour or day. So no more than
the limit leave within any hour, also when the mail server was away for long; and as the outbox
itself is what is counted, under a lock, it holds for any number of processes
and after every restart. Every function is work for :class:`dialogue.database.Database`.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from dialogue import advisory_lock
from dialogue.mail import address, outbox
from dialogue.mail.causes import DAY, HOUR, NETWORK_HOURLY, Cause, Limits
from dialogue.mail.letter import Letter
from dialogue.mail.tables import outbox as table
from dialogue.moments import SKEW

# The use of the key that inboxes are marked with.
INBOX_KEY = "inbox"
# How long a digest waits for more to come.
SOON = timedelta(minutes=1)


class Room(Enum):
    """Whether there is room for letters, or which limit is reached."""

    FREE = "free"
    INBOX = "inbox"
    NETWORK = "network"
    TOTAL = "total"


def mark(key: bytes, mail: str) -> str:
    """What the inbox of ``mail`` is known by where the address itself is not kept: a keyed digest."""
    return hmac.digest(key, address.inbox(mail).encode(), "sha256").hex()


@dataclass(frozen=True, slots=True)
class Mailer:
    """Puts letters into the outbox. ``key`` is for marks, Message-IDs are below ``domain``."""

    limits: Limits
    key: bytes = field(repr=False)
    domain: str

    def lock(self, connection: Connection, cause: Cause) -> None:
        """Keep others from counting letters of ``cause``; before anything else in a transaction."""
        advisory_lock.acquire(connection, f"mail {cause.value}")

    def room(
        self,
        connection: Connection,
        cause: Cause,
        to: Sequence[str],
        now: datetime,
        network: str | None = None,
    ) -> Room:
        """Whether one letter to each of ``to`` may be put in now; ``network`` is a trace.

        An hour without any letter has room for one to each, however many they are. Unknown
        networks, which are empty, count as one.
        """
        limit = self.limits.of(cause)
        used = _count(connection, cause, now, HOUR)
        if used + len(to) > limit.hourly and (used or not limit.hourly):
            return Room.TOTAL
        if any(not self.left(connection, cause, each, now) for each in to):
            return Room.INBOX
        if network is not None:
            asked = _count(connection, cause, now, HOUR, table.c.network == network)
            return Room.FREE if asked < NETWORK_HOURLY else Room.NETWORK
        return Room.FREE

    def is_full(self, connection: Connection, cause: Cause, now: datetime) -> bool:
        """Whether as many letters of ``cause`` as may leave in an hour wait, or left within it."""
        return _count(connection, cause, now, HOUR) >= self.limits.of(cause).hourly

    def left(self, connection: Connection, cause: Cause, to: str, now: datetime) -> int:
        """How many letters of ``cause`` the inbox of ``to`` may still get today."""
        inbox = table.c.inbox == mark(self.key, to)
        return max(0, self.limits.of(cause).daily - _count(connection, cause, now, DAY, inbox))

    def put(
        self,
        connection: Connection,
        cause: Cause,
        letters: Sequence[Letter],
        now: datetime,
        network: str | None = None,
    ) -> None:
        """Put ``letters`` in, within the transaction that found room for them."""
        for letter in letters:
            origin = outbox.Origin(cause.value, mark(self.key, letter.to), network or "")
            outbox.put(connection, letter, self.domain, now, origin)


def digest_is_due(
    connection: Connection, cause: Cause, oldest: datetime, now: datetime, pause: timedelta
) -> bool:
    """Whether a digest of what came since ``oldest`` is to be sent; ``cause`` is the digest's.

    Soon after the first that had no room, but ``pause`` after the digest before, and not while
    that one waits for the mail server.
    """
    recent = and_(table.c.created > now - pause, table.c.created <= now + SKEW)
    last = select(table.c.id).where(table.c.cause == cause.value, recent)
    if connection.execute(last.limit(1)).first() is not None:
        return False
    waits = select(table.c.id).where(table.c.cause == cause.value, table.c.state == "waiting")
    soon = min(SOON, pause)
    return oldest <= now - soon and connection.execute(waits.limit(1)).first() is None


def _count(
    connection: Connection,
    cause: Cause,
    now: datetime,
    within: timedelta,
    *which: ColumnElement[bool],
) -> int:
    left = and_(table.c.finished > now - within, table.c.finished <= now + SKEW)
    still = or_(table.c.finished.is_(None), left)
    query = select(func.count()).where(table.c.cause == cause.value, still, *which)
    return int(connection.execute(query).scalar_one())
