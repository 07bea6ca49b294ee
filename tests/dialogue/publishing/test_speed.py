"""How long readers wait: from a moderator's decision to the page on the disk of a large site."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dialogue.migrate import migrate
from dialogue.publishing.publisher import Publishing
from dialogue.replies.model import State
from dialogue.services import services
from dialogue.settings import Settings
from tests.dialogue.publishing.sites import OWN, TEMPLATES
from tests.dialogue.replies_made import reply
from tests.dialogue.sites import target
from thread import targets, twins
from thread.block import BEGIN, END
from thread.feed import feed_paths
from thread.targets import Targets

POSTS, ANSWERED, ROUNDS = 10_000, 100, 300
MOST_MS = 100.0


@pytest.mark.deep
@pytest.mark.parametrize("twinned", [False, True])
def test_ninety_nine_of_a_hundred_decisions_are_on_the_disk_at_once(
    tmp_path: Path, twinned: bool
) -> None:
    """On a site of 10,000 posts, pages of 60 kB, with everything written to the disk itself."""
    spent = decided(tmp_path, POSTS, ROUNDS, time.perf_counter, twinned=twinned)
    assert sorted(spent)[int(ROUNDS * 0.99)] < MOST_MS


def test_a_decision_is_little_work(tmp_path: Path) -> None:
    """The short form, by the work it takes: that does not depend on what else a machine does."""
    spent = decided(tmp_path, 1_000, 20, time.process_time, twinned=True)
    assert sorted(spent)[10] < MOST_MS


def decided(
    tmp_path: Path, count: int, rounds: int, clock: Callable[[], float], *, twinned: bool
) -> list[float]:
    """The milliseconds that each of so many decisions takes on a site of ``count`` posts."""
    output = tmp_path / "output"
    posts = tuple(replace(target(f"p{n}"), feeds=feed_paths(f"p{n}")) for n in range(count))
    output.mkdir()
    (output / targets.FILE).write_bytes(targets.dump(Targets(OWN, posts)))
    for post in posts[:ANSWERED]:
        (output / post.file).parent.mkdir()
        (output / post.file).write_text(f"{'<p>Words.</p>' * 4600}{BEGIN}{END}")
        if twinned:
            twins.write_twins(output / post.file)
    given = services(
        Settings(
            database_url=f"sqlite:///{tmp_path / 'd.sqlite3'}",
            output=output,
            replies=tmp_path / "replies",
            state=tmp_path / "state",
            templates=(str(TEMPLATES),),
        )
    )
    migrate(given.database)
    publisher = given.store.publisher
    assert isinstance(publisher, Publishing)
    publisher.warm()
    spent = []
    for number in range(rounds):
        held = given.store.hold(reply(target=f"p{number % ANSWERED}", words=f"No. {number}")).reply
        start = clock()
        given.store.decide(held.id, State.APPROVED)
        assert publisher.catch_up()
        spent.append((clock() - start) * 1000)
        assert f"No. {number}<" in (output / f"p{number % ANSWERED}" / "index.html").read_text()
    given.database.close()
    return spent
