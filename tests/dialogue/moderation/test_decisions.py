"""Decisions about many replies at once: one transaction, and one that can be taken back."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from dialogue import ids
from dialogue.database import Database
from dialogue.moderation.decisions import Decisions
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

    assert taken(50) == taken(1)


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
