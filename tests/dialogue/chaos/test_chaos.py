"""Everything fails at random while everybody uses the service: nothing is lost, nothing is doubled."""

from __future__ import annotations

import logging
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select, update

from dialogue import queues
from dialogue.database import Database
from dialogue.mail.tables import outbox
from dialogue.moments import now
from dialogue.publishing import backlog
from dialogue.replies.store import Store
from dialogue.supervision import attempts
from dialogue.webmention.tables import webmentions
from tests import needs
from tests.dialogue.chaos import checks, cluster, faults, load
from tests.dialogue.chaos.checks import Outage, Story
from tests.dialogue.chaos.load import Person
from tests.dialogue.chaos.world import FAKETIME, World, faketime, is_alive, world
from tests.dialogue.conftest import Published

_log = logging.getLogger(__name__)
# What is promised, for the run that measures it; the short one has to survive a busy machine.
_SECONDS, _BUSY_SECONDS = 1.0, 30.0
_DEEP = 200


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
        time.sleep(chance.uniform(0.2, 0.8))
    story.world.keep()
    story.outages.append(Outage(fault, start, time.monotonic()))
    time.sleep(chance.uniform(0.2, 0.6))


def _drained(database: Database, story: Story) -> None:
    """Have everything that waits done now; wait until all of it is done or set aside."""
    mail = ~attempts.is_set_aside("mail", outbox.c.id)
    letters = select(outbox.c.id, outbox.c.lease).where(outbox.c.state == "waiting", mail)
    mentioned = ~attempts.is_set_aside("webmentions", webmentions.c.id)
    looks = select(webmentions.c.id, webmentions.c.lease)
    looks = looks.where(webmentions.c.due.is_not(None), mentioned)
    before = set[tuple[object, object]]()

    def done() -> bool:
        nonlocal before
        found = database.read(
            lambda at: {(a, b) for each in (letters, looks) for a, b in at.execute(each)}
        )
        # A job is left to whoever does it now; the lease of one that was killed stays the same.
        free = [name for name, lease in found if not lease or (name, lease) in before]
        before = found
        mails = update(outbox).where(outbox.c.id.in_(free), outbox.c.due > now())
        again = update(webmentions).where(webmentions.c.id.in_(free))
        database.write(lambda at: at.execute(mails.values(due=now())))
        database.write(lambda at: at.execute(again.values(due=now(), lease=None)))
        time.sleep(3)
        return not found

    checks.wait(done, story)
    # What a moderator does with a page that several processes were killed at.
    for each in database.read(attempts.listed):
        if each.queue == backlog.NAME:
            database.write(partial(queues.retry, queue=each.queue, job=each.job))
    store = Store(database, Published())
    checks.wait(lambda: not store.unpublished(), story)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@pytest.mark.parametrize("rounds", [len(faults.ALL), pytest.param(_DEEP, marks=pytest.mark.deep)])
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
            checks.wait(lambda: checks.is_enough(story), story)
        database = Database(made.database.url)
        try:
            _drained(database, story)
        finally:
            _log.warning("%s: %s", kind, checks.figures(database, story))
        checks.words(database, story)
        checks.mail(database, story)
        checks.pages(database, made, tmp_path / "built")
        checks.workers(database, story)
        database.close()
        # Uvicorn ends with the signal that it was sent; a parent of several ends by itself.
        assert made.stop() in (0, -signal.SIGTERM)
    assert [each.name for each in made.output.rglob(".parley-*.tmp")] == []
    checks.answers(story, _SECONDS if rounds == _DEEP else _BUSY_SECONDS)


def test_the_clock_can_be_moved(tmp_path: Path) -> None:
    """Without libfaketime the clock is the one thing that the run above leaves alone."""
    needs.require(FAKETIME, "libfaketime is not installed: the clock does not jump")
    (tmp_path / "clock").write_text("+86400\n", encoding="ascii")
    command = [sys.executable, "-c", "import time; print(time.time())"]
    said = subprocess.check_output(command, env={**os.environ, **faketime(tmp_path / "clock")})
    assert 80_000 < float(said) - time.time() < 90_000


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_nothing_is_left_running(kind: str, tmp_path: Path) -> None:
    """Neither processes nor ports nor a cluster, also where a run fails in the middle of a fault."""
    with pytest.raises(RuntimeError, match="in the middle"), _place(kind, tmp_path) as made:
        pids, ports = made.all_pids(), (made.port, made.mail_port)
        folder = getattr(made.database, "folder", None)
        with faults.database_away(made, random.Random(1)):
            raise RuntimeError("in the middle")
    assert [pid for pid in pids if is_alive(pid)] == []
    assert [port for port in ports if not _is_free(port)] == []
    assert folder is None or not folder.exists()


def _is_free(port: int) -> bool:
    with socket.socket() as found:
        return found.connect_ex(("127.0.0.1", port)) != 0
