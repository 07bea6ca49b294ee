"""Everything fails at random while everybody uses the service: nothing is lost, nothing is doubled."""

from __future__ import annotations

import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select, update

from dialogue.contact.tables import messages
from dialogue.database import Database
from dialogue.mail.tables import outbox
from dialogue.moments import now
from dialogue.replies.model import State
from dialogue.replies.store import Store
from dialogue.replies.tables import replies
from dialogue.supervision import attempts
from dialogue.webmention.tables import webmentions
from tests.dialogue.chaos import cluster, faults, load
from tests.dialogue.chaos.load import Person, Record, Sample
from tests.dialogue.chaos.world import FAKETIME, World, world
from tests.dialogue.conftest import Published
from tests.dialogue.publishing import sites
from thread import files

_GRACE = 2.0
_DRAIN = 120.0
WORKERS = {
    *("notices", "mail", "webmentions", "webmentions (slow)", "webmentions (old)"),
    *("publisher", "hook", "cleaner"),
}
"""All that there are, by name."""


@dataclass
class Story:
    """What was done to the service, and what it said."""

    world: World
    record: Record = field(default_factory=Record)
    outages: list[tuple[float, float]] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)


@contextmanager
def _place(kind: str, folder: Path) -> Iterator[World]:
    if kind == "sqlite":
        with cluster.sqlite_file(folder) as database, world(folder, database, 1) as made:
            yield made
        return
    with cluster.postgresql_cluster() as shared, world(folder, shared, 2) as made:
        yield made


@contextmanager
def _people(story: Story) -> Iterator[None]:
    stop = threading.Event()
    parts: Sequence[Callable[[Person, int], None]] = (
        *(load.reads, load.replies, load.replies, load.writes, load.moderates),
        load.mentions(story.world.sources),
    )
    threads = [
        threading.Thread(target=Person(story.world.url, story.record, stop, seed).run, args=(turn,))
        for seed, turn in enumerate(parts)
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _round(story: Story, fault: faults.Fault, chance: random.Random) -> None:
    start = time.monotonic()
    with fault(story.world, chance):
        time.sleep(chance.uniform(0.2, 1.2))
    story.world.keep()
    story.faults[fault.__name__] += 1
    if fault in faults.READERS_SEE:
        story.outages.append((start, time.monotonic() + _GRACE))
    time.sleep(chance.uniform(0.2, 0.6))


def _wait(what: Callable[[], object], story: Story) -> None:
    end = time.monotonic() + _DRAIN
    while not what():
        assert time.monotonic() < end, story.world.log()[-4000:]
        time.sleep(0.1)


def _drained(database: Database, story: Story) -> None:
    """Whatever waits is due now; wait until nothing does."""

    def hurry() -> None:
        due = update(outbox).where(outbox.c.state == "waiting", outbox.c.due > now())
        again = update(webmentions).where(webmentions.c.due.is_not(None))
        database.write(lambda at: at.execute(due.values(due=now())))
        database.write(lambda at: at.execute(again.values(due=now(), lease=None)))

    def left() -> int:
        letters = select(outbox.c.id).where(outbox.c.state == "waiting")
        looks = select(webmentions.c.id).where(webmentions.c.due.is_not(None))
        rows = database.read(lambda at: [*at.execute(letters), *at.execute(looks)])
        return len(rows)

    end = time.monotonic() + _DRAIN
    while left():
        assert time.monotonic() < end, story.world.log()[-4000:]
        hurry()
        time.sleep(2)
    store = Store(database, Published())
    _wait(lambda: not store.unpublished(), story)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@pytest.mark.parametrize("rounds", [9, pytest.param(200, marks=pytest.mark.deep)])
def test_nothing_is_lost_whatever_fails(kind: str, rounds: int, tmp_path: Path) -> None:
    """Acknowledged words are there once, mails come, jobs end, workers live, readers are answered."""
    chance = random.Random(rounds)
    able = [each for each in faults.ALL if FAKETIME or each is not faults.clock_jumps]
    with _place(kind, tmp_path) as made:
        story = Story(made)
        with _people(story):
            time.sleep(1)
            for number in range(rounds):
                _round(story, able[number % len(able)], chance)
            time.sleep(1)
        database = Database(made.database.url)
        _drained(database, story)
        _check_words(database, story)
        _check_mail(database, story)
        _check_pages(database, made, tmp_path / "built")
        _check_workers(story)
        figures = _figures(database, story)
        database.close()
        # Uvicorn ends with the signal that it was sent; a parent of several ends by itself.
        assert made.stop() in (0, -signal.SIGTERM)
    print(figures)
    _check_answers(story)
    assert [each.name for each in made.output.rglob(".parley-*.tmp")] == []


def _check_words(database: Database, story: Story) -> None:
    """What was acknowledged is stored, and stored once; what was approved is approved."""
    found = database.read(lambda at: list(at.execute(select(replies.c.text)).scalars()))
    notes = database.read(lambda at: list(at.execute(select(messages.c.text)).scalars()))
    sources = database.read(lambda at: list(at.execute(select(webmentions.c.source)).scalars()))
    record = story.record
    assert len(record.replies) > 10
    assert set(record.replies) <= set(found)
    assert set(record.messages) <= set(notes)
    assert set(record.mentions) <= set(sources)
    assert {count for text, count in Counter(found).items() if text.startswith("reply ")} == {1}
    assert {*Counter(notes).values()} <= {1}
    states = select(replies.c.id).where(replies.c.state == State.APPROVED.value)
    approved = set(database.read(lambda at: list(at.execute(states).scalars())))
    assert set(record.approved) <= approved


def _check_mail(database: Database, story: Story) -> None:
    """Every message was mailed or set aside with a reason; once, unless an answer was lost."""
    rows = database.read(
        lambda at: at.execute(select(outbox.c.message_id, outbox.c.state, outbox.c.problem)).all()
    )
    assert {row.state for row in rows} <= {"sent", "failed"}
    assert all(row.problem for row in rows if row.state == "failed")
    came = Counter(name for _, name, _ in story.world.relay.taken)
    assert {row.message_id for row in rows if row.state == "sent"} <= came.keys()
    doubled = {name for name, count in came.items() if count > 1}
    # The relay's acknowledgement was lost: it was mute, or who would have heard it was cut off.
    first = {name: at for at, name, _ in reversed(story.world.relay.taken)}
    cut = {name for name in doubled if _within(first[name], first[name], story.outages)}
    assert doubled <= story.world.relay.unacknowledged | cut


def _check_pages(database: Database, made: World, built: Path) -> None:
    """The site is, byte for byte, what a build of the approved replies makes."""
    store = Store(database, Published())
    threads = {post.id: files.read(made.threads, post.id) for post in sites.PAGES}
    for post, thread in threads.items():
        assert [each.id for each in thread.replies] == [
            each.id for each in store.thread(post).replies
        ]
    sites.write_site(built, threads)
    assert sites.files(made.output) == sites.files(built)


def _check_workers(story: Story) -> None:
    """Every worker lives: each has ended a round well, on its own or as a standby, in each process."""
    found: list[dict[str, object]] = []

    def well() -> bool:
        answer = httpx.get(f"{story.world.url}/dialogue/health", timeout=10)
        found[:] = [answer.json()]
        states = {each["state"] for each in found[0]["workers"].values()}
        return answer.status_code == 200 and states <= {"ok", "standby"}

    for _ in range(5):
        _wait(well, story)
    assert found[0]["status"] == "ok"
    assert found[0]["workers"].keys() == WORKERS


def _calm(story: Story) -> list[Sample]:
    """The requests outside of the outages."""
    return [
        each
        for each in story.record.samples
        if not _within(each.start, each.start + each.seconds, story.outages)
    ]


def _figures(database: Database, story: Story) -> str:
    """What was measured, in one line: for the docs."""
    record, calm = story.record, sorted(each.seconds for each in _calm(story))
    came = Counter(name for _, name, _ in story.world.relay.taken)
    aside = database.read(lambda at: sum(attempts.counts(at).values()))
    said = {
        "rounds": story.faults.total(),
        "requests": len(record.samples),
        "calm": len(calm),
        "replies": len(record.replies),
        "approved": len(record.approved),
        "messages": len(record.messages),
        "webmentions": len(record.mentions),
        "p50": f"{calm[len(calm) // 2]:.3f}",
        "p99": f"{calm[int(len(calm) * 0.99)]:.3f}",
        "longest": f"{calm[-1]:.3f}",
        "mails": len(came),
        "doubled": sum(count > 1 for count in came.values()),
        "restarts": story.world.restarts,
        "set aside": aside,
    }
    return ", ".join(f"{value} {name}" for name, value in said.items())


def _check_answers(story: Story) -> None:
    """Outside of the outages, 99 of 100 requests are answered within a second, and none fails."""
    calm = _calm(story)
    assert len(calm) > 50
    slow = sorted(each.seconds for each in calm)
    assert slow[int(len(slow) * 0.99)] < 1, slow[-20:]
    assert [each for each in calm if each.status >= 500 or each.status == 0] == []


def _within(start: float, end: float, outages: Sequence[tuple[float, float]]) -> bool:
    return any(begun <= end and start <= over for begun, over in outages)
