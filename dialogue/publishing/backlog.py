"""What is still to be published: threads whose newest version is not where readers see it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from dialogue import moments
from dialogue.replies import writing
from dialogue.replies.store import Store
from dialogue.replies.tables import threads
from dialogue.supervision import attempts
from thread.model import Thread

NAME = "pages"
# So many in one round; the others follow in the next.
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Backlog:
    """The threads in ``store`` that wait, and what became of the attempts to publish them."""

    store: Store

    def waiting(self, without: Collection[str] = ()) -> Sequence[str]:
        """The posts that can be published now, the longest waiting first, but for some."""
        free = attempts.is_free(NAME, threads.c.target, moments.now())
        query = select(threads.c.target).where(threads.c.published < threads.c.version, free)
        query = query.where(threads.c.target.not_in(without))
        query = query.order_by(threads.c.changed, threads.c.target).limit(_AT_ONCE)
        return self.store.database.read(lambda found: found.execute(query).scalars().all())

    def together(self, targets: Sequence[str]) -> Sequence[str]:
        """Those of ``targets`` to publish in one round: one that may end the process comes alone.

        Else it would take all others with it, again and again, until all are set aside.
        """
        doubtful = self.store.database.read(lambda at: attempts.lost(at, NAME, targets))
        return [name for name in targets if name not in doubtful] or targets[:1]

    def thread(self, target: str) -> Thread:
        """The thread of a post as it is now, with its version."""
        return self.store.thread(target)

    def give_up_lost(self) -> None:
        """Set aside the pages that ended the process each time they were published."""
        attempts.give_up_lost(self.store.database, NAME, moments.now())

    def begin(self, targets: Sequence[str]) -> None:
        """Count an attempt at each; there is one publisher, so none is kept from another."""
        now = moments.now()
        self.store.database.write(lambda at: attempts.begin(at, NAME, targets, now, now))

    def done(self, versions: Mapping[str, int]) -> None:
        """Note which version of each post is where readers see it.

        Where a newer one was noted meanwhile, another leader has published it, and ours may be what
        readers see now: the post is published once more.
        """

        def work(connection: Connection) -> None:
            for target, version in versions.items():
                older = threads.c.target == target, threads.c.published < version
                change = update(threads).where(*older).values(published=version)
                if not connection.execute(change).rowcount:
                    writing.count_up(connection, target)
            attempts.finish(connection, NAME, *versions)

        if versions:
            self.store.database.write(work)

    def release(self, targets: Sequence[str]) -> None:
        """Take attempts back that an outage, or the end of the service, has ended."""
        now = moments.now()
        if targets:
            self.store.database.write(lambda at: attempts.release(at, NAME, targets, now))

    def fail(self, target: str, reason: str) -> None:
        """Note that a page cannot be published, whatever its single replies do."""
        now = moments.now()
        self.store.database.write(lambda at: attempts.fail(at, NAME, target, reason, now))

    def set_aside(self, target: str, broken: Mapping[str, str]) -> None:
        """Set aside replies to ``target`` by their id, each for its reason: the rest is published."""
        now = moments.now()

        def work(connection: Connection) -> None:
            for reply, reason in broken.items():
                attempts.set_aside(connection, writing.NAME, reply, reason, now)
            writing.count_up(connection, target)

        self.store.database.write(work)
