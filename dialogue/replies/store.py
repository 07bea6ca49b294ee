"""The store of replies: every way to read and change them, and word of each change that shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection, Integer, bindparam, func, or_, select, update

from dialogue import ids, moments
from dialogue.database import Database
from dialogue.errors import UnknownReplyError
from dialogue.replies import rows, writing
from dialogue.replies.model import Held, Mention, NewReply, State, Stored
from dialogue.replies.tables import replies, threads
from thread.model import Reply, Thread

# Made once: it is asked with every reply. It counts no further than is asked for.
_FOUND = select(replies.c.id).where(
    replies.c.address.in_(bindparam("addresses", expanding=True)),
    replies.c.created >= bindparam("since"),
)
_RECENT = select(func.count()).select_from(
    _FOUND.limit(bindparam("most", type_=Integer)).subquery()
)


class Publisher(Protocol):
    """Puts the approved replies of posts where readers see them, in its own time."""

    def notify(self, target: str, /) -> None:
        """Hear that the thread of the post ``target`` has changed; returns at once.

        Called with no transaction open, after the change is stored. What to publish is in the
        database (:meth:`Store.unpublished`): a call that never comes delays it, and loses nothing.
        """


@dataclass(frozen=True, slots=True)
class Store:
    """Replies in ``database``; ``publisher`` hears of every change to what is approved."""

    database: Database
    publisher: Publisher
    deepest: int = 20

    def hold(self, new: NewReply, below: Sequence[State] = (State.APPROVED,)) -> Held:
        """Store a reply once, however often it is handed in; raises ParentError.

        What it answers has to be in one of the states ``below``.
        """
        held = self.database.write(
            lambda connection: writing.add(connection, new, self.deepest, below)
        )
        if held.fresh:
            self._tell(new.target, held.reply.state)
        return held

    def find(self, reply: str) -> Stored | None:
        """The reply of that id; None if there is none."""
        try:
            return self.database.read(lambda connection: writing.find(connection, reply))
        except UnknownReplyError:
            return None

    def decide(self, reply: str, state: State, note: str = "") -> Stored:
        """Approve, reject or call spam; ``note`` is shown below the reply. UnknownReplyError."""

        def work(connection: Connection) -> tuple[Stored, Stored]:
            before = writing.find(connection, reply)
            return before, writing.decide(connection, reply, state, moments.now(), note)

        before, after = self.database.write(work)
        self._tell(after.target, before.state, after.state)
        return after

    def decide_each(
        self, wanted: Mapping[str, State], noted: Callable[[Connection, Stored, State], None]
    ) -> int:
        """Give each of these replies its state, in one transaction; returns how many changed.

        Those that have it, or are gone, stay as they are. ``noted`` is called within the
        transaction with each reply as it was and the state that it has now.
        """

        def work(connection: Connection) -> list[Stored]:
            changed = []
            # In one order: two who decide about the same do not wait for each other.
            for reply, state in sorted(wanted.items()):
                before = writing.give(connection, reply, state, moments.now())
                if before is not None:
                    noted(connection, before, state)
                    changed.append(before)
            return changed

        changed = self.database.write(work)
        for before in changed:
            self._tell(before.target, before.state, wanted[before.id])
        return len(changed)

    def edit(
        self,
        reply: str,
        text: str,
        html: str,
        *,
        state: State,
        note: str = "",
        reasons: Sequence[str] | None = None,
    ) -> Stored:
        """Replace the words of a reply and give it ``state``; raises UnknownReplyError.

        ``note`` and ``reasons`` replace what was there if they are given.
        """

        def work(connection: Connection) -> tuple[Stored, Stored]:
            before = writing.find(connection, reply)
            if before.state is State.ERASED:
                raise UnknownReplyError(reply)
            values = {"text": text, "html": html, "state": state.value, "digest": None}
            said = {"note": note or before.note, "edited": moments.now()}
            why = {} if reasons is None else {"reasons": rows.listed(reasons)}
            writing.change(connection, before, **values, **said, **why)
            return before, writing.find(connection, reply)

        before, after = self.database.write(work)
        self._tell(after.target, before.state, after.state)
        return after

    def verify(self, reply: str) -> Stored:
        """Mark that whoever wrote the reply reads mail at its address; raises UnknownReplyError."""

        def work(connection: Connection) -> Stored:
            found = writing.find(connection, reply)
            change = update(replies).where(replies.c.id == reply, replies.c.verified.is_(None))
            connection.execute(change.values(verified=moments.now()))
            return found

        return self.database.write(work)

    def erase(self, reply: str) -> None:
        """Remove a reply for good; raises UnknownReplyError."""
        before = self.database.write(lambda connection: writing.erase(connection, reply))
        self._tell(before.target, before.state)

    def add_mention(self, mention: Mention, *, state: State = State.HELD) -> Stored:
        """Store a mention in ``state``, or bring the stored one up to date.

        That keeps its own state, unless it was approved and says something else now.
        """
        new = NewReply(
            id=ids.new(),
            target=mention.target,
            author=mention.author,
            text=mention.text,
            html=mention.html,
            created=mention.date,
            state=state,
            parent=mention.parent,
            url=mention.url,
            kind=mention.kind,
            source=mention.source,
            digest=rows.of_mention(mention),
            reasons=mention.reasons,
        )
        at = moments.now()
        before, kept = self.database.write(
            lambda found: (
                writing.state_of(found, new.digest),
                writing.put_mention(found, new, mention, at),
            )
        )
        self._tell(mention.target, kept.state, *before)
        return kept

    def remove_mention(self, target: str, source: str) -> bool:
        """Erase the mention of ``target`` by the page ``source``; False if there was none."""
        digest = rows.digest("mention", target, source)

        def work(connection: Connection) -> Stored | None:
            asked = select(replies.c.id).where(replies.c.digest == digest)
            reply = connection.execute(asked).scalar_one_or_none()
            return None if reply is None else writing.erase(connection, reply)

        before = self.database.write(work)
        if before is not None:
            self._tell(target, before.state)
        return before is not None

    def approved(self, target: str) -> tuple[Reply, ...]:
        """What readers of the post see, oldest first; erased places that others hang on, too."""
        return self.thread(target).replies

    def thread(self, target: str) -> Thread:
        """The same, with the version that it is; without what was set aside while publishing."""

        def work(connection: Connection) -> Thread:
            asked = select(threads.c.version).where(threads.c.target == target)
            version = connection.execute(asked).scalar_one_or_none() or 0
            parents = select(replies.c.parent).where(replies.c.target == target)
            wanted = or_(replies.c.state == State.APPROVED.value, replies.c.id.in_(parents))
            query = select(replies).where(replies.c.target == target, wanted)
            found = map(rows.stored, connection.execute(query).mappings())
            shown = rows.standing(writing.without_set_aside(connection, found))
            return Thread(target, version, tuple(map(rows.shown, shown)))

        return self.database.read(work)

    def unpublished(self) -> tuple[str, ...]:
        """The posts whose newest version has not been published yet."""
        query = select(threads.c.target).where(threads.c.published < threads.c.version)
        return self.database.read(lambda found: tuple(found.execute(query).scalars()))

    def answered(self) -> tuple[str, ...]:
        """The posts that have, or once had, an approved reply."""
        query = select(threads.c.target).order_by(threads.c.target)
        return self.database.read(lambda found: tuple(found.execute(query).scalars()))

    def listed(
        self, state: State, limit: int = 50, before: datetime | None = None
    ) -> tuple[Stored, ...]:
        """Replies in ``state``, newest first; those older than ``before`` for the next page."""
        query = select(replies).where(replies.c.state == state.value)
        if before is not None:
            query = query.where(replies.c.created < before)
        query = query.order_by(replies.c.created.desc(), replies.c.id.desc()).limit(limit)
        return self.database.read(
            lambda found: tuple(map(rows.stored, found.execute(query).mappings()))
        )

    def counts(self) -> dict[State, int]:
        """How many replies are in each state that any is in."""
        query = select(replies.c.state, func.count()).group_by(replies.c.state)
        return self.database.read(
            lambda found: {State(state): number for state, number in found.execute(query)}
        )

    def recent(self, addresses: Sequence[str], since: datetime, most: int) -> int:
        """How many replies came from the networks with these traces since then, up to ``most``."""
        asked = {"addresses": addresses, "since": since, "most": most}
        return self.database.read(lambda found: int(found.execute(_RECENT, asked).scalar_one()))

    def _tell(self, target: str, *states: State) -> None:
        if State.APPROVED in states:
            self.publisher.notify(target)
