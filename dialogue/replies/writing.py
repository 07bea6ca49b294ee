"""What changes replies: functions of a connection, each run inside one transaction.

Each that changes what is approved also counts the thread's version up, in the same transaction: a
crash in between cannot leave a page behind that nobody knows to be old.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, case, delete, exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from dialogue import moments
from dialogue.errors import UnknownReplyError
from dialogue.replies import bounds, rows
from dialogue.replies.model import Held, Mention, NewReply, ParentError, State, Stored
from dialogue.replies.tables import replies, threads
from dialogue.supervision.attempts import finish
from dialogue.supervision.tables import attempts

NAME = "replies"
"""The queue of attempts in which replies are set aside that cannot be rendered."""
_GONE: dict[str, Any] = {
    **dict.fromkeys(("author", "url", "text", "html", "source", "note"), ""),
    **dict.fromkeys(("email", "verified", "digest", "address", "edited"), None),
    "reasons": "[]",
    "by_author": False,
    "state": State.ERASED.value,
}
# Made once: a reply is one of them.
_ADD = {
    name: insert(replies).on_conflict_do_nothing().returning(replies.c.id)
    for name, insert in (("sqlite", insert_sqlite), ("postgresql", insert_postgresql))
}


def find(connection: Connection, reply: str) -> Stored:
    """The reply of that id; raises UnknownReplyError."""
    row = connection.execute(select(replies).where(replies.c.id == reply)).mappings().first()
    if row is None:
        raise UnknownReplyError(reply)
    return rows.stored(row)


def add(
    connection: Connection,
    new: NewReply,
    deepest: int,
    below: Sequence[State] = (State.APPROVED,),
) -> Held:
    """Store ``new`` unless it, or the same by its digest, is there already.

    What it answers has to be in one of the states of ``below``.
    Raises ParentError, and OutOfBoundsError for what could not be shown.
    """
    new = bounds.bounded(new, moments.now())
    depth = _depth(connection, new, deepest, below)
    values = rows.values(new, depth)
    fresh = connection.execute(_ADD[connection.dialect.name], values).first() is not None
    if fresh:
        if new.state is State.APPROVED:
            count_up(connection, new.target)
        return Held(rows.as_stored(new, depth), fresh=True, twin=False)
    same = or_(replies.c.id == new.id, replies.c.digest == new.digest)
    order = (replies.c.id != new.id).asc()  # itself before a twin
    found = connection.execute(select(replies).where(same).order_by(order)).mappings().first()
    if found is None:
        raise UnknownReplyError(new.id)
    return Held(rows.stored(found), fresh=False, twin=found["id"] != new.id)


def decide(connection: Connection, reply: str, state: State, at: datetime, note: str) -> Stored:
    """Give the reply a state; an erased one stays so. Raises UnknownReplyError."""
    before = find(connection, reply)
    if before.state is State.ERASED:
        raise UnknownReplyError(reply)
    said = note or before.note
    change(connection, before, state=state.value, decided=at, note=said)
    return replace(before, state=state, decided=at, note=said)


def give(connection: Connection, reply: str, state: State, at: datetime) -> Stored | None:
    """The same without a note, and without a word where nothing changes; the reply as it was."""
    row = connection.execute(select(replies).where(replies.c.id == reply)).mappings().first()
    before = rows.stored(row) if row is not None else None
    if before is None or before.state in (state, State.ERASED):
        return None
    change(connection, before, state=state.value, decided=at)
    return before


def change(connection: Connection, before: Stored, **values: Any) -> None:
    """Set columns of the reply; its thread has a new version if that can be seen.

    Raises OutOfBoundsError.
    """
    fit = bounds.texts(values)
    connection.execute(update(replies).where(replies.c.id == before.id).values(fit))
    finish(connection, NAME, before.id)
    if State.APPROVED in (before.state, values.get("state", before.state)):
        count_up(connection, before.target)


def erase(connection: Connection, reply: str) -> Stored:
    """Remove the reply; where others answer it, its place stays, and nothing else of it.

    Returns it as it was. Raises UnknownReplyError.
    """
    before = find(connection, reply)
    answered = select(exists().where(replies.c.parent == reply))
    if connection.execute(answered).scalar_one():
        change(connection, before, **_GONE)
        return before
    connection.execute(delete(replies).where(replies.c.id == reply))
    finish(connection, NAME, reply)
    if before.state is State.APPROVED:
        count_up(connection, before.target)
    return before


def put_mention(connection: Connection, new: NewReply, mention: Mention, at: datetime) -> Stored:
    """Store a mention, or bring the stored one up to date; that keeps its state.

    But for an approved one that says something else now: nobody has approved of that, so it has the
    state that a new one would have.
    """
    kept = connection.execute(select(replies).where(replies.c.digest == new.digest)).mappings()
    row = kept.first()
    if row is None:
        return add(connection, new, deepest=0).reply
    before = rows.stored(row)
    seen = ("kind", "author", "url", "html", "text")
    changed = {name: getattr(mention, name) for name in seen}
    if changed != {name: getattr(before, name) for name in seen}:
        shown = before.state is State.APPROVED
        state = new.state if shown else before.state
        change(connection, before, **changed, state=state.value, edited=at)
    return find(connection, before.id)


def state_of(connection: Connection, digest: str | None) -> tuple[State, ...]:
    """The state of the reply with that digest; nothing without one."""
    found = connection.execute(select(replies.c.state).where(replies.c.digest == digest))
    return tuple(map(State, found.scalars()))


def without_set_aside(connection: Connection, found: Iterable[Stored]) -> Iterable[Stored]:
    """``found`` without those that cannot be rendered; answers to them stand by themselves."""
    query = select(attempts.c.job).where(attempts.c.queue == NAME, attempts.c.aside.is_not(None))
    broken = set(connection.execute(query).scalars())
    return (one for one in found if one.id not in broken)


def count_up(connection: Connection, target: str) -> None:
    """Give the thread of ``target`` its next version."""
    at = moments.now()
    row = _insert(connection, threads).values(target=target, version=1, published=0, changed=at)
    waits = threads.c.published < threads.c.version
    since = case((waits, func.coalesce(threads.c.changed, at)), else_=at)
    nxt = {"version": threads.c.version + 1, "changed": since}
    connection.execute(row.on_conflict_do_update(index_elements=["target"], set_=nxt))


def _depth(connection: Connection, new: NewReply, deepest: int, below: Sequence[State]) -> int:
    if new.parent is None:
        return 0
    asked = select(replies.c.depth).where(
        replies.c.id == new.parent,
        replies.c.target == new.target,
        replies.c.state.in_([state.value for state in below]),
    )
    depth = connection.execute(asked).scalar_one_or_none()
    if depth is None:
        raise ParentError("the reply that this one answers is not there any more")
    if depth + 1 > deepest:
        raise ParentError("this conversation goes too deep; answer an earlier reply of it")
    return int(depth) + 1


def _insert(connection: Connection, table: Any) -> Any:
    insert = insert_sqlite if connection.dialect.name == "sqlite" else insert_postgresql
    return insert(table)
