"""Everything that is kept about a person, known by a mail address: to hand out, or to erase."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, func, select

from dialogue.replies import rows, writing
from dialogue.replies.model import State, Stored
from dialogue.replies.tables import replies


def written(connection: Connection, email: str) -> tuple[Stored, ...]:
    """The replies that came with that address, in whatever case it was typed."""
    query = select(replies).where(func.lower(replies.c.email) == email.lower())
    found = connection.execute(query.order_by(replies.c.created, replies.c.id)).mappings()
    return tuple(map(rows.stored, found))


def erase(connection: Connection, email: str) -> tuple[str, ...]:
    """Erase them; return the posts whose thread has changed for readers."""
    found = [writing.erase(connection, reply.id) for reply in written(connection, email)]
    return tuple(dict.fromkeys(each.target for each in found if each.state is State.APPROVED))


def facts(reply: Stored) -> Mapping[str, Any]:
    """All that is kept of one reply and is its writer's, as JSON values."""
    return {
        "id": reply.id,
        "post": reply.target,
        "answers": reply.parent,
        "name": reply.author,
        "email": reply.email,
        "email_verified": reply.verified.isoformat() if reply.verified else None,
        "site": reply.url,
        "text": reply.text,
        "html": reply.html,
        "state": reply.state.value,
        "sent": reply.created.isoformat(),
        "edited": reply.edited.isoformat() if reply.edited else None,
        "note": reply.note,
    }
