"""Against list bombing: how often mail may ask to confirm an address that anybody can have typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Column, Connection, delete, func, insert, select

from dialogue import ids
from dialogue.notices.tables import confirmations


@dataclass(frozen=True, slots=True)
class Limits:
    """Mails that ask to confirm: for one inbox in a day, and from one network in an hour."""

    inbox: int = 3
    network: int = 10


_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)


def admit(
    connection: Connection, inbox: str, network: str, now: datetime, limits: Limits = Limits()
) -> bool:
    """Whether one more may go to ``inbox``, asked for from ``network``; if so, it is counted.

    Both are marks. An unknown network is empty, and shares one limit with all that are unknown.
    """
    asked = confirmations.c
    if _count(connection, asked.inbox, inbox, now - _DAY) >= limits.inbox:
        return False
    if _count(connection, asked.network, network, now - _HOUR) >= limits.network:
        return False
    row = {"id": ids.new(), "inbox": inbox, "network": network, "created": now}
    connection.execute(insert(confirmations).values(row))
    return True


def forget(connection: Connection, now: datetime) -> None:
    """Drop what no limit looks at any more."""
    connection.execute(delete(confirmations).where(confirmations.c.created < now - _DAY))


def _count(connection: Connection, column: Column[str], value: str, since: datetime) -> int:
    query = select(func.count()).where(column == value, confirmations.c.created >= since)
    return int(connection.execute(query).scalar_one())
