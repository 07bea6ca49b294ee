"""Everything that is kept about a person, known by a mail address: to hand out, or to erase."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Table, delete, func, select

from dialogue.mail.tables import outbox
from dialogue.privacy import digests
from dialogue.privacy.facts import facts
from dialogue.replies import rows, writing
from dialogue.replies.model import State, Stored
from dialogue.replies.tables import replies
from dialogue.schema import PERSON
from dialogue.tables import metadata


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept about somebody: their replies, and rows of other tables by the table's name."""

    replies: tuple[Stored, ...]
    rows: Mapping[str, tuple[Mapping[str, Any], ...]] = field(hash=False)

    def __len__(self) -> int:
        return len(self.replies) + sum(map(len, self.rows.values()))

    def as_json(self) -> dict[str, Any]:
        """The same as JSON values, times in ISO 8601."""
        others = {
            name: [{key: _plain(value) for key, value in row.items()} for row in found]
            for name, found in self.rows.items()
        }
        return {"format": "parley-person/1", "replies": [*map(facts, self.replies)], **others}


def kept(connection: Connection, email: str) -> Kept:
    """What is kept about whoever has that address, in whatever case it was typed."""
    query = select(replies).where(_same(replies.c.email, email))
    found = connection.execute(query.order_by(replies.c.created, replies.c.id)).mappings()
    others: dict[str, tuple[Mapping[str, Any], ...]] = {}
    for table, column in _about_people():
        there = connection.execute(select(table).where(_same(column, email))).mappings()
        others[table.name] = (*others.get(table.name, ()), *(dict(row) for row in there))
    return Kept(tuple(map(rows.stored, found)), others)


def erase(connection: Connection, email: str) -> tuple[str, ...]:
    """Erase all of it, letters that quote it too; return the posts whose readers see a change."""
    changed = []
    digests.withdraw(connection)
    for reply in kept(connection, email).replies:
        before = writing.erase(connection, reply.id)
        connection.execute(delete(outbox).where(outbox.c.key.contains(f"/{reply.id}")))
        if before.state is State.APPROVED:
            changed.append(before.target)
    for table, column in _about_people():
        connection.execute(delete(table).where(_same(column, email)))
    return tuple(dict.fromkeys(changed))


def _about_people() -> Iterator[tuple[Table, Column[Any]]]:
    for table in metadata.sorted_tables:
        for column in table.columns:
            if column.info == PERSON:
                yield table, column


def _same(column: Column[Any], email: str) -> ColumnElement[bool]:
    return func.lower(column) == email.strip().lower()


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)
