"""How long readers wait: from a moderator's decision to the page on the disk of a large site."""

from __future__ import annotations

import time
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
from thread import targets
from thread.block import BEGIN, END
from thread.feed import feed_paths
from thread.targets import Targets

POSTS, ANSWERED, ROUNDS = 10_000, 100, 300
MOST_MS = 100.0


@pytest.mark.deep
def test_ninety_nine_of_a_hundred_decisions_are_on_the_disk_at_once(tmp_path: Path) -> None:
    """On a site of 10,000 posts, pages of 60 kB, with everything written to the disk itself."""
    output = tmp_path / "output"
    posts = tuple(replace(target(f"p{n}"), feeds=feed_paths(f"p{n}")) for n in range(POSTS))
    output.mkdir()
    (output / targets.FILE).write_bytes(targets.dump(Targets(OWN, posts)))
    for post in posts[:ANSWERED]:
        (output / post.file).parent.mkdir()
        (output / post.file).write_text(f"{'<p>Words.</p>' * 4600}{BEGIN}{END}")
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
    assert isinstance(given.store.publisher, Publishing)
    given.store.publisher.warm()
    spent = []
    for number in range(ROUNDS):
        held = given.store.hold(reply(target=f"p{number % ANSWERED}", words=f"No. {number}")).reply
        start = time.perf_counter()
        given.store.decide(held.id, State.APPROVED)
        spent.append((time.perf_counter() - start) * 1000)
        assert f"No. {number}<" in (output / f"p{number % ANSWERED}" / "index.html").read_text()
    given.database.close()
    assert sorted(spent)[int(ROUNDS * 0.99)] < MOST_MS
