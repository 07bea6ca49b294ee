"""How often a network may try a password; counted in the database, for all workers together."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select

from dialogue import ids
from dialogue.moderation.tables import sign_ins

TRIES = 5
WITHIN = timedelta(minutes=15)
_UNKNOWN = "unknown"


def admit(connection: Connection, traces: tuple[str, ...], now: datetime) -> bool:
    """Whether a network may try now; if so, the try is counted before it is known to be right.

    ``traces`` are those it leaves today and left yesterday; visitors of whom none is known count
    as one network.
    """
    tried = sign_ins.c
    mine = tried.address.in_(traces or (_UNKNOWN,)) & (tried.created >= now - WITHIN)
    query = select(func.count()).select_from(sign_ins).where(mine)
    if connection.execute(query).scalar_one() >= TRIES:
        return False
    address = traces[0] if traces else _UNKNOWN
    row = {"id": ids.new(), "address": address, "created": now}
    connection.execute(insert(sign_ins).values(row))
    connection.execute(delete(sign_ins).where(tried.created < now - WITHIN))
    return True


def forgive(connection: Connection, traces: tuple[str, ...]) -> None:
    """Count no tries of a network that knew the password in the end."""
    known = sign_ins.c.address.in_(traces or (_UNKNOWN,))
    connection.execute(delete(sign_ins).where(known))
