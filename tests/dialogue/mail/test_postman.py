"""The postman, between a real database and a real mail server that has bad days."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from dialogue import queues
from dialogue.database import Database
from dialogue.mail import backoff, outbox
from dialogue.mail import letter as letter_module
from dialogue.mail.letter import Letter, Sender
from dialogue.mail.postman import Postman
from dialogue.mail.smtp import Server
from dialogue.mail.tables import outbox as table
from dialogue.moments import now as current
from dialogue.settings import Settings
from dialogue.supervision import attempts
from dialogue.supervision.outage import OutageError
from tests.conftest import ROOT
from tests.dialogue.mail.server import Post, free_port, serving
from tests.dialogue.supervision.working import away, working
from tests.waiting import until

NOW = datetime(2026, 5, 19, tzinfo=UTC)
SENDER = Sender("blog@example.org", "The Blog")


class Clock:
    """A time that passes when told to."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        """The time now."""
        return self.now


def fill(database: Database, count: int, now: datetime = NOW) -> None:
    """Put ``count`` letters in, to p0@example.org and so on."""

    def work(found: object) -> None:
        for number in range(count):
            letter = Letter(f"k{number}", f"p{number}@example.org", f"No. {number}", "Hello\n")
            outbox.put(found, letter, "example.org", now)  # type: ignore[arg-type] # a connection

    database.write(work)


def postman(database: Database, server: Server, clock: Clock) -> Postman:
    """One who is asked to work round by round."""
    return Postman(database, server, lambda: SENDER, clock)


def test_all_letters_are_delivered_once(database: Database) -> None:
    """In one round, and none in the next."""
    fill(database, 5)
    post, clock = Post(), Clock()
    with serving(post, free_port()) as server:
        worker = postman(database, server, clock)
        assert worker.round().sent == 5
        assert worker.round().sent == 0
    assert sorted(str(message["To"]) for message in post.messages) == [
        f"p{number}@example.org" for number in range(5)
    ]
    assert len(set(post.ids)) == 5


def test_the_server_is_down_and_comes_back(database: Database) -> None:
    """Nobody's letter is blamed or lost; once it is back, everything arrives, once."""
    fill(database, 3)
    post, clock, port = Post(), Clock(), free_port()
    worker = postman(database, Server("127.0.0.1", port, "none", seconds=30), clock)
    for _ in range(3):
        found = worker.round()
        assert (found.sent, found.put_off, found.failed) == (0, 0, 0)
        assert "refused" in found.unavailable
        clock.now += timedelta(days=3)
    with serving(post, port):
        assert worker.round().sent == 3
    assert len(set(post.ids)) == len(post.ids) == 3


def test_a_refused_letter_does_not_keep_the_others(database: Database) -> None:
    """One for ever, one for now: the rest goes, and the second later."""
    fill(database, 4)
    clock = Clock()
    post = Post(answers={"p0@example.org": "550 nobody", "p1@example.org": "451 greylisted"})
    with serving(post, free_port()) as server:
        worker = postman(database, server, clock)
        found = worker.round()
        assert (found.sent, found.put_off, found.failed) == (2, 1, 1)
        post.answers.clear()
        clock.now += timedelta(seconds=5)
        assert worker.round().sent == 0
        clock.now += backoff.FIRST * 2
        assert worker.round().sent == 1
    assert database.read(outbox.counts) == {"sent": 3, "failed": 1}


def test_days_of_refusal_are_enough(database: Database) -> None:
    """A letter that is put off again and again is given up, with the reason."""
    fill(database, 1)
    clock, post = Clock(), Post(data="452 mailbox full")
    with serving(post, free_port()) as server:
        worker = postman(database, server, clock)
        rounds = 0
        while not worker.round().failed:
            clock.now += timedelta(hours=6)
            rounds += 1
        assert clock.now - NOW >= backoff.GIVE_UP
        assert rounds == 20
    row = database.read(lambda found: found.execute(select(table)).one())
    assert (row.state, row.problem) == ("failed", "452 mailbox full")


def test_no_answer_means_again_with_the_same_id(database: Database) -> None:
    """A server that breaks off after it took the mail gets it again, recognisably."""
    fill(database, 1)
    post, clock = Post(hang_up=True), Clock()
    with serving(post, free_port()) as server:
        worker = postman(database, server, clock)
        assert worker.round().unavailable
        post.hang_up = False
        assert worker.round().sent == 1
    assert len(post.raw) == 2
    assert post.raw[0] == post.raw[1], "the same bytes, Message-ID and date too"


def test_several_postmen_share_the_work(database: Database) -> None:
    """Four at a time: every letter once."""
    fill(database, 24)
    post = Post()
    with serving(post, free_port()) as server, ThreadPoolExecutor(4) as pool:
        workers = [postman(database, server, Clock()) for _ in range(4)]
        assert sum(found.sent for found in pool.map(Postman.round, workers)) == 24
    assert len(set(post.ids)) == len(post.ids) == 24


@contextlib.contextmanager
def service(settings: Settings, server: Server) -> Iterator[subprocess.Popen[bytes]]:
    """A service in a process of its own."""
    environment = {name: value for name, value in os.environ.items() if "DIALOGUE" not in name} | {
        "DIALOGUE_DATABASE_URL": settings.database_url,
        "DIALOGUE_OUTPUT": str(settings.output),
        "DIALOGUE_STATE": str(settings.state),
        "DIALOGUE_PORT": str(free_port()),
        "DIALOGUE_MAIL_HOST": server.host,
        "DIALOGUE_MAIL_PORT": str(server.port),
        "DIALOGUE_MAIL_SECURITY": "none",
        "DIALOGUE_MAIL_FROM": SENDER.address,
    }
    command = [sys.executable, "-m", "dialogue", "serve"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def test_killed_between_taken_and_marked(settings: Settings, tmp_path: Path) -> None:
    """The worst moment for kill -9: all letters arrive; only that one twice, with one Message-ID."""
    database = Database(settings.database_url)
    fill(database, 6, current())
    running: list[subprocess.Popen[bytes]] = []

    class Deadly(Post):
        """Kills the service while it waits for the answer to the third letter."""

        async def handle_DATA(self, *arguments: object) -> str:  # noqa: N802 - aiosmtpd's name
            answer = await super().handle_DATA(*arguments)  # type: ignore[arg-type] # passed on
            if len(self.raw) == 3:
                os.kill(running[0].pid, signal.SIGKILL)
                running[0].wait()
            return answer

    post = Deadly()
    with serving(post, free_port()) as server:
        with service(settings, server) as process:
            running.append(process)
            until(lambda: len(post.raw) >= 3)
        assert database.read(outbox.counts) == {"sent": 2, "waiting": 4}
        with service(settings, server):
            until(lambda: len(post.raw) >= 6)
            until(lambda: database.read(outbox.counts) == {"sent": 5, "waiting": 1})
            lapsed = update(table).where(table.c.state == "waiting").values(due=current())
            database.write(lambda found: found.execute(lapsed))
            until(lambda: database.read(outbox.counts) == {"sent": 6})
    database.close()
    assert len(post.ids) == 7
    assert len(set(post.ids)) == 6
    assert post.raw[2] == post.raw[6]


@pytest.mark.deep
def test_a_hundred_kills(settings: Settings) -> None:
    """At any moment, again and again: none lost, doubles only with the same Message-ID."""
    database = Database(settings.database_url)
    post, rounds, each = Post(), 100, 5
    with serving(post, free_port()) as server:
        for number in range(rounds):
            base = number * each

            def work(found: object, base: int = base) -> None:
                for at in range(base, base + each):
                    letter = Letter(f"k{at}", f"p{at}@example.org", "s", "t\n")
                    outbox.put(found, letter, "example.org", current())  # type: ignore[arg-type] # a connection

            database.write(work)
            with service(settings, server):
                time.sleep(0.7 + number % 10 * 0.05)
            lapsed = update(table).where(table.c.state == "waiting").values(due=current())
            database.write(lambda found, lapsed=lapsed: found.execute(lapsed))  # type: ignore[misc] # mypy does not see the default's type
        with service(settings, server):
            until(lambda: "waiting" not in database.read(outbox.counts))
    database.close()
    arrived = {str(message["To"]) for message in post.messages}
    assert len(arrived) == len(set(post.ids)) == rounds * each


def test_a_letter_that_breaks_our_own_work_is_set_aside(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After some attempts, with its words, so that it can be tried again; the others go."""
    fill(database, 3)
    post, clock, real = Post(), Clock(), letter_module.message

    def message(letter: Letter, *rest: Any) -> Any:
        if letter.key == "k0":
            raise LookupError("no such charset")
        return real(letter, *rest)

    monkeypatch.setattr("dialogue.mail.postman.message", message)
    with serving(post, free_port()) as server:
        worker = postman(database, server, clock)
        for _ in range(attempts.MOST):
            worker.round()
            clock.now += timedelta(minutes=5)
        assert len(post.messages) == 2
        (aside,) = database.read(queues.set_aside)
        assert (aside.fact.queue, aside.again) == ("mail", True)
        assert aside.about == ("p0@example.org", "No. 0")
        assert "LookupError" in aside.fact.reason
        monkeypatch.undo()
        database.write(lambda at: queues.retry(at, "mail", aside.fact.job))
        assert worker.round().sent == 1
    assert not database.read(queues.set_aside)


def test_a_letter_refused_for_good_is_shown_and_can_be_dismissed(database: Database) -> None:
    """Its words are gone, so it cannot be tried again."""
    fill(database, 1)
    with serving(Post(answers={"p0@example.org": "550 nobody"}), free_port()) as server:
        postman(database, server, Clock()).round()
    (aside,) = database.read(queues.set_aside)
    assert (aside.fact.reason, aside.again) == ("550 nobody", False)
    database.write(lambda at: queues.dismiss(at, "mail", aside.fact.job, NOW))
    assert not database.read(queues.set_aside)
    assert database.read(outbox.counts) == {}


def test_the_worker_waits_out_the_server(database: Database) -> None:
    """And goes on by itself when that is back."""
    fill(database, 2)
    post, port = Post(), free_port()
    worker = postman(database, Server("127.0.0.1", port, "none", seconds=30), Clock()).worker()
    with working([worker]) as supervisor:
        until(lambda: supervisor.statuses()[0].failures >= 2)
        with serving(post, port):
            until(lambda: len(post.messages) == 2)
            until(lambda: supervisor.statuses()[0].failures == 0)


def test_a_letter_that_was_sent_is_not_sent_again_after_an_outage(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database was away when it was to be marked; the mark is written as soon as it is back."""
    fill(database, 2)
    post, clock = Post(), Clock()
    with serving(post, free_port()) as server:
        worker = postman(database, server, clock)
        with away(monkeypatch, outbox, "sent"), pytest.raises(OutageError):
            worker.round()
        clock.now += outbox.LEASE * 2
        assert worker.round().sent == 1
    assert len(set(post.ids)) == len(post.ids) == 2
    assert database.read(outbox.counts) == {"sent": 2}
