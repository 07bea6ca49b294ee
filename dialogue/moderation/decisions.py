"""Deciding about replies, several at once, and taking it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Connection, delete, insert, select

from dialogue import ids, moments
from dialogue.database import Database
from dialogue.moderation.tables import decisions
from dialogue.replies.model import State, Stored
from dialogue.replies.store import Store

Way = Literal["page", "link", "terminal"]
# How long what was decided can be undone.
_KEPT = timedelta(days=30)


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
        batch = ids.new()
        wanted = dict.fromkeys(chosen, state)
        return Batch(batch, state, self._give(batch, wanted, way))

    def undo(self, batch: str, way: Way) -> int:
        """Give back what the replies of ``batch`` were, unless something was decided since."""
        query = select(decisions).where(decisions.c.batch == batch)
        found = self.database.read(lambda connection: connection.execute(query).all())
        before = {row.about: State(row.before) for row in found if self._is(row.about, row.after)}
        return self._give(ids.new(), before, way)

    def find(self, batch: str) -> Batch | None:
        """What was decided as ``batch``; None if there is nothing of it."""
        query = select(decisions.c.after).where(decisions.c.batch == batch)
        found = self.database.read(lambda connection: connection.execute(query).scalars().all())
        return Batch(batch, State(found[0]), len(found)) if found else None

    def _is(self, reply: str, state: str) -> bool:
        found = self.store.find(reply)
        return found is not None and found.state.value == state

    def _give(self, batch: str, wanted: Mapping[str, State], way: Way) -> int:
        """Give the states and remember what was before: all of it or nothing."""
        now = moments.now()

        def remember(connection: Connection, before: Stored, state: State) -> None:
            row = {
                "id": ids.new(),
                "batch": batch,
                "about": before.id,
                "before": before.state.value,
                "after": state.value,
                "way": way,
                "created": now,
            }
            connection.execute(insert(decisions).values(row))

        return self.store.decide_each(wanted, remember)


def forget(connection: Connection, now: datetime) -> None:
    """Drop what can no longer be undone at ``now``."""
    connection.execute(delete(decisions).where(decisions.c.created < now - _KEPT))
