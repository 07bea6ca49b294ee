"""How often the password may be tried; counted in the database, for all processes together.

After OWASP, "Slow Down Online Guessing Attacks with Device Cookies": a device that somebody signed
in on has tries of its own, so nobody else can use them up. All other devices share what a network
has, and what all networks have together: that bounds guessing from however many.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from dialogue import advisory_lock, ids
from dialogue.moderation.tables import sign_ins
from dialogue.moments import SKEW

# Of one device, and of all unknown devices in one network.
TRIES = 5
WITHIN = timedelta(minutes=15)
# Of all unknown devices; how many is a setting.
HOUR = timedelta(hours=1)
_UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Client:
    """Who tries: a known ``device``, else (it is empty) the network that left ``traces``.

    Those are of today and of yesterday; visitors of whom none is known count as one network.
    """

    device: str
    traces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Try:
    """A try that was counted, by its ``id``; or that has to ``wait``, and was not."""

    id: str = ""
    wait: timedelta = timedelta()


def admit(connection: Connection, client: Client, now: datetime, hourly: int) -> Try:
    """Count a try of ``client`` before it is known to be right, unless it has to wait."""
    advisory_lock.acquire(connection, "sign-in")
    wait = max(
        (_wait(connection, *rule, now) for rule in _rules(client, hourly)), default=timedelta()
    )
    if wait:
        return Try(wait=wait)
    address = None if client.device else (client.traces or (_UNKNOWN,))[0]
    found = ids.new()
    row = {"id": found, "device": client.device or None, "address": address, "created": now}
    connection.execute(insert(sign_ins).values(row))
    return Try(found)


def withdraw(connection: Connection, counted: Try) -> None:
    """Count a try that was not compared no more."""
    connection.execute(delete(sign_ins).where(sign_ins.c.id == counted.id))


def forgive(connection: Connection, client: Client, counted: Try) -> None:
    """Count a try that was right no more, and of a known device none of those before it.

    What others in the same network tried still counts.
    """
    withdraw(connection, counted)
    if client.device:
        connection.execute(delete(sign_ins).where(sign_ins.c.device == client.device))


def forget(connection: Connection, now: datetime) -> None:
    """Drop the tries that no rule looks at any more."""
    connection.execute(delete(sign_ins).where(sign_ins.c.created <= now - max(HOUR, WITHIN)))


_Rule = tuple[ColumnElement[bool], int, timedelta]


def _rules(client: Client, hourly: int) -> tuple[_Rule, ...]:
    """Which tries count, how many there may be, within what time."""
    if client.device:
        return ((sign_ins.c.device == client.device, TRIES, WITHIN),)
    network = sign_ins.c.address.in_(client.traces or (_UNKNOWN,))
    return (network, TRIES, WITHIN), (sign_ins.c.device.is_(None), hourly, HOUR)


def _wait(
    connection: Connection, which: ColumnElement[bool], most: int, within: timedelta, now: datetime
) -> timedelta:
    """How long until one more of ``most`` tries is free; nothing if one is."""
    recent = select(sign_ins.c.created).where(
        which, sign_ins.c.created > now - within, sign_ins.c.created <= now + SKEW
    )
    newest = recent.order_by(sign_ins.c.created.desc()).offset(most - 1).limit(1)
    oldest = connection.execute(newest).scalar_one_or_none()
    return timedelta() if oldest is None else max(oldest + within - now, timedelta(seconds=1))
