"""Decisions about many replies at once: one transaction, and one that can be taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event, update

from dialogue import ids, moments
from dialogue.database import Database
from dialogue.moderation.decisions import Decisions, forget
from dialogue.moderation.tables import decisions
from dialogue.replies.model import State
from dialogue.replies.store import Store
from tests.dialogue.conftest import Published
from tests.dialogue.replies_made import reply


def held(store: Store, count: int) -> list[str]:
    """Replies that wait, by id."""
    return [store.hold(reply(words=f"No. {number}")).reply.id for number in range(count)]


def test_fifty_decisions_wait_for_the_disk_no_more_often_than_one(
    database: Database, store: Store
) -> None:
    """A moderator who marks a page of replies waits for one commit, not for one each."""
    commits: list[object] = []
    event.listen(database.engine, "commit", commits.append)

    def taken(count: int) -> int:
        chosen, before = held(store, count), len(commits)
        done = Decisions(store, database).decide(chosen, State.APPROVED, "page")
        assert done.count == count
        return len(commits) - before

    assert (taken(50), taken(1)) == (1, 1)


def test_what_can_no_longer_be_undone_is_forgotten(database: Database, store: Store) -> None:
    """The cleaner drops what was decided more than thirty days ago, and nothing younger."""
    made = Decisions(store, database)
    old, young = (made.decide([one], State.APPROVED, "page").id for one in held(store, 2))
    back = moments.now() - timedelta(days=31)
    database.write(
        lambda connection: connection.execute(
            update(decisions).where(decisions.c.batch == old).values(created=back)
        )
    )
    database.write(lambda connection: forget(connection, moments.now()))
    assert made.find(old) is None
    assert made.find(young) is not None


def test_what_was_decided_at_once_is_taken_back_at_once(
    database: Database, store: Store, published: Published
) -> None:
    """But for what was decided since, was erased, or had that state before."""
    first, second, third, fourth = held(store, 4)
    made = Decisions(store, database)
    made.decide([fourth], State.APPROVED, "page")
    done = made.decide([first, second, third, fourth, first], State.APPROVED, "page")
    assert done.count == 3
    assert len(published.targets) == 4
    made.decide([second], State.SPAM, "page")
    store.erase(third)
    assert made.undo(done.id, "page") == 1
    assert store.counts() == {State.HELD: 1, State.SPAM: 1, State.APPROVED: 1}


def test_a_decision_that_cannot_be_remembered_is_none(
    database: Database, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of it or nothing: there is none that could not be taken back."""
    chosen = held(store, 3)
    same = iter(["batch", "one", "two", "two"])
    monkeypatch.setattr(ids, "new", lambda: next(same))
    with pytest.raises(Exception, match=r"(?i)unique"):
        Decisions(store, database).decide(chosen, State.APPROVED, "page")
    assert store.counts() == {State.HELD: 3}
