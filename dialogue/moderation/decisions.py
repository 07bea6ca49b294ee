"""Deciding about replies, several at once, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from sqlalchemy import Connection, delete, insert, select

from dialogue import ids, moments
from dialogue.database import Database
from dialogue.errors import UnknownReplyError
from dialogue.moderation.tables import decisions
from dialogue.replies.model import State
from dialogue.replies.store import Store

Way = Literal["page", "link", "terminal"]
# How long what was decided can be undone; older entries are deleted.
KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Batch:
    """What was decided at once: its id, the state given, and how many replies changed."""

    id: str
    state: State
    count: int


@dataclass(frozen=True, slots=True)
class Decisions:
    """Decides through ``store`` and remembers in ``database`` what was before."""

    store: Store
    database: Database

    def decide(self, chosen: Sequence[str], state: State, way: Way) -> Batch:
        """Give every reply of ``chosen`` that is still there ``state``; those that have it keep it."""
        batch, count = ids.new(), 0
        for reply in dict.fromkeys(chosen):
            count += self._one(batch, reply, state, way)
        return Batch(batch, state, count)

    def undo(self, batch: str, way: Way) -> int:
        """Give back what the replies of ``batch`` were, unless something was decided since."""
        query = select(decisions).where(decisions.c.batch == batch)
        found = self.database.read(lambda connection: connection.execute(query).all())
        back, count = ids.new(), 0
        for row in found:
            reply = self.store.find(row.about)
            if reply is not None and reply.state.value == row.after:
                count += self._one(back, row.about, State(row.before), way)
        return count

    def find(self, batch: str) -> Batch | None:
        """What was decided as ``batch``; None if there is nothing of it."""
        query = select(decisions.c.after).where(decisions.c.batch == batch)
        found = self.database.read(lambda connection: connection.execute(query).scalars().all())
        return Batch(batch, State(found[0]), len(found)) if found else None

    def _one(self, batch: str, reply: str, state: State, way: Way) -> int:
        before = self.store.find(reply)
        if before is None or before.state is state:
            return 0
        try:
            self.store.decide(reply, state)
        except UnknownReplyError:  # erased meanwhile: there is nothing left to decide
            return 0
        self._remember(batch, reply, (before.state, state), way)
        return 1

    def _remember(self, batch: str, reply: str, change: tuple[State, State], way: Way) -> None:
        now = moments.now()
        row = {
            "id": ids.new(),
            "batch": batch,
            "about": reply,
            "before": change[0].value,
            "after": change[1].value,
            "way": way,
            "created": now,
        }

        def work(connection: Connection) -> None:
            connection.execute(insert(decisions).values(row))
            connection.execute(delete(decisions).where(decisions.c.created < now - KEPT))

        self.database.write(work)
