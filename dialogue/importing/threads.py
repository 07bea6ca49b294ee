"""Who answers whom, kept when replies are brought from elsewhere, also below those that are not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC

from dialogue import ids
from dialogue.importing.found import Found, Refused
from dialogue.replies import rows
from dialogue.replies.model import Held, NewReply, ParentError, State, Stored
from dialogue.replies.store import Store


def in_order(taken: Iterable[Found]) -> list[Found]:
    """The oldest first, but none before the one that it answers: clocks there may have been wrong."""
    waiting = sorted(taken, key=lambda one: (one.date, one.key))
    by_key = {one.key: one for one in waiting}
    done: set[str] = set()
    ordered: list[Found] = []
    for one in waiting:
        chain: list[Found] = []
        seen: set[str] = set()
        at: Found | None = one
        while at is not None and at.key not in done and at.key not in seen:
            chain.append(at)
            seen.add(at.key)
            at = by_key.get(at.parent)
        done |= seen
        ordered += reversed(chain)
    return ordered


@dataclass(slots=True)
class Threads:
    """The replies that were stored, by the ids they had in ``system``."""

    store: Store
    system: str
    _stored: dict[str, Stored] = field(default_factory=dict)
    _by_id: dict[str, Stored] = field(default_factory=dict)

    def keep_places(self, one: Found, target: str, left_out: Mapping[str, Refused]) -> None:
        """Store an empty place for each reply above ``one`` that was left out."""
        above: list[Refused] = []
        key = one.parent
        while key in left_out and key not in self._stored and len(above) < self.store.deepest:
            above.append(left_out[key])
            key = left_out[key].parent
        for place in reversed(above):
            if place in above[: above.index(place)]:
                return  # a circle
            date = (place.date or one.date).astimezone(UTC)
            digest = rows.digest("import", self.system, target, place.key)
            empty = NewReply(
                id=ids.new(), target=target, author="", text="", html="", created=date,
                state=State.ERASED, digest=digest,
            )  # fmt: skip
            self.hold(empty, place.key, place.parent)

    def hold(self, new: NewReply, key: str, parent: str) -> Held:
        """Store a reply below the one that had the id ``parent``; raises OutOfBoundsError.

        Where that would be too deep, it stands as deep as may be. One that answers something of
        another post, or nothing that is there, answers the post.
        """
        place = self._stored.get(parent)
        while place is not None and place.depth + 1 > self.store.deepest:
            place = self._by_id.get(place.parent or "")
        try:
            held = self.store.hold(replace(new, parent=place.id if place else None), tuple(State))
        except ParentError:
            held = self.store.hold(new)
        self._stored[key] = self._by_id[held.reply.id] = held.reply
        return held
