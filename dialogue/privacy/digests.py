"""Digests that wait to be sent quote many people: where one of them is erased, they are made again."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select, update

from dialogue.contact.tables import messages
from dialogue.mail.causes import Cause
from dialogue.mail.tables import outbox
from dialogue.notices.tables import told

_DIGESTS = (Cause.WAITING_DIGEST.value, Cause.MESSAGE_DIGEST.value)


def withdraw(connection: Connection) -> None:
    """Take digests that nobody got yet out of the outbox; what they bring is due for the next one.

    What a digest brings was marked at the moment that it was made.
    """
    waiting = (outbox.c.cause.in_(_DIGESTS)) & (outbox.c.state == "waiting")
    made = connection.execute(select(outbox.c.created).where(waiting)).scalars().all()
    connection.execute(update(messages).where(messages.c.mailed.in_(made)).values(mailed=None))
    connection.execute(delete(told).where(told.c.kind == "held", told.c.created.in_(made)))
    connection.execute(delete(outbox).where(waiting))
