"""Health: alive, ready, at work; the same for programs that draw curves."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text, update
from sqlalchemy.exc import OperationalError

from dialogue import storing
from dialogue.app import app_of
from dialogue.checks import findings
from dialogue.database import Database
from dialogue.errors import DialogueError
from dialogue.moments import now
from dialogue.replies.model import State
from dialogue.replies.store import Store
from dialogue.replies.tables import threads
from dialogue.services import Services, Unpublished
from dialogue.supervision import attempts
from dialogue.webmention.queue import Queue
from tests.dialogue.browsing import Browser, browser
from tests.dialogue.replies_made import reply
from tests.waiting import until

TOKEN = "a token for curves, long enough"


@pytest.fixture
def made(make_services: Callable[..., Services]) -> Services:
    """A service whose metrics may be read, with some work that waits and some set aside."""
    return make_services(metrics_token=TOKEN)


@pytest.fixture
def client(made: Services) -> Iterator[Browser]:
    """A browser at the running service."""
    with browser(app_of(made)) as opened:
        yield opened


def full(database: Database) -> None:
    """Let the database of SQLite grow no more."""

    def limit(connection: Any, _: object) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}").close()

    event.listen(database.engine, "connect", limit)
    database.engine.dispose()
    store = Store(database, Unpublished())
    for size in (50_000, 3_000, 500, 50, 1):  # until not even the smallest has room
        with contextlib.suppress(OperationalError):
            for number in range(1_000):
                store.hold(reply(words=f"{number} {'x' * size}"))


def test_it_is_alive_and_ready(client: Browser) -> None:
    """Every worker is named, every queue; caches keep nothing of it."""
    alive = client.get("/dialogue/health/live")
    assert (alive.status_code, alive.json()) == (200, {"status": "ok"})
    answer = client.get("/dialogue/health")
    told = answer.json()
    assert (answer.status_code, told["status"], told["stores_replies"]) == (200, "ok", True)
    assert answer.headers["cache-control"] == "no-store"
    assert {"webmentions", "webmentions (slow)", "cleaner"} <= set(told["workers"])
    assert {each["state"] for each in told["workers"].values()} == {"ok"}
    assert set(told["queues"]) == {"webmentions", "mail", "notices", "pages", "replies"}


def test_it_leaves_nothing_behind(made: Services, client: Browser) -> None:
    """A reply is stored for real, and gone with the same commit."""
    client.get("/dialogue/health")
    assert made.store.counts() == {}
    assert made.store.unpublished() == ()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_full_disk_is_not_ready(made: Services) -> None:
    """The database still answers, but no reply can be stored: 503, and alive all the same."""
    full(made.database)
    with browser(app_of(made)) as client:
        answer = client.get("/dialogue/health")
        assert (answer.status_code, answer.json()["status"]) == (503, "failing")
        assert "full" not in answer.text
        assert client.get("/dialogue/health/live").status_code == 200
        said = client.get("/dialogue/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).text
        assert "parley_stores_replies 0\n" in said
        (finding,) = [each for each in findings(made.settings) if each.about == "disk"]
        assert finding.well


def test_a_database_that_is_gone_is_not_ready(
    client: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And nobody is told why."""

    def gone(*_: object) -> None:
        raise DialogueError("the disk at /secret/place is gone")

    monkeypatch.setattr(Database, "write", gone)
    answer = client.get("/dialogue/health")
    assert answer.status_code == 503
    assert "secret" not in answer.text


def test_it_says_what_waits_and_what_was_set_aside(made: Services, client: Browser) -> None:
    """With the age of the oldest job; ``doctor`` says the same."""
    store = made.store
    store.hold(reply(state=State.APPROVED))
    job = Queue(made.database).put("https://a.example/", "tea", "https://blog.example/tea/", now())

    def work(connection: Any) -> None:
        connection.execute(update(threads).values(changed=now() - timedelta(minutes=5)))
        attempts.set_aside(connection, "webmentions", job.id, "private reason", now())

    made.database.write(work)
    told = client.get("/dialogue/health")
    queues = told.json()["queues"]
    assert queues["pages"]["waiting"] == 1
    assert queues["pages"]["oldest_seconds"] == pytest.approx(300, abs=60)
    assert queues["webmentions"] == {"waiting": 0, "oldest_seconds": 0, "set_aside": 1}
    assert "private" not in told.text
    (finding,) = [each for each in findings(made.settings) if each.about == "queues"]
    assert finding.well
    assert "webmentions 0 waiting, 1 SET ASIDE" in finding.said
    assert "pages 1 waiting, the oldest for 3" in finding.said


def test_a_failing_worker_is_named(made: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """Replies are taken all the same: the service is degraded, not down."""

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("private words")

    monkeypatch.setattr(Queue, "claim", broken)
    with browser(app_of(made)) as client:

        def degraded() -> bool:
            return bool(client.get("/dialogue/health").json()["status"] == "degraded")

        until(degraded)
        answer = client.get("/dialogue/health")
        worker = answer.json()["workers"]["webmentions"]
        assert answer.status_code == 200
        assert worker["state"] == "failing"
        assert worker["failures_in_a_row"] > 0
        assert "private" not in answer.text


def test_many_questions_are_one_try(client: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks a hundred times in a second does not write a hundred times."""
    tries: list[float] = []
    real = storing.store_and_forget

    def counted(database: Database) -> None:
        tries.append(time.monotonic())
        real(database)

    monkeypatch.setattr(storing, "store_and_forget", counted)
    start = time.monotonic()
    for _ in range(50):
        assert client.get("/dialogue/health").status_code == 200
    assert len(tries) <= 2 + (time.monotonic() - start)


def test_metrics_are_for_those_with_the_token(made: Services, client: Browser) -> None:
    """In the text format of Prometheus; nobody else learns that there is such a page."""
    for headers in ({}, {"Authorization": "Bearer no"}, {"Authorization": TOKEN}):
        assert client.get("/dialogue/metrics", headers=headers).status_code == 404
    answer = client.get("/dialogue/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert 'parley_worker_up{worker="cleaner"} 1\n' in answer.text
    assert 'parley_queue_set_aside{queue="mail"} 0\n' in answer.text
    for line in answer.text.splitlines():
        assert line.startswith("# ") or float(line.rpartition(" ")[2]) >= 0


def test_without_a_token_there_are_no_metrics(make_services: Callable[..., Services]) -> None:
    """Not even for an empty one."""
    with browser(app_of(make_services())) as client:
        answer = client.get("/dialogue/metrics", headers={"Authorization": "Bearer "})
        assert answer.status_code == 404


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_doctor_says_that_nothing_can_be_stored(made: Services, tmp_path: Path) -> None:
    """A database that can only be read takes no reply."""

    def drop(connection: Any) -> None:
        connection.execute(
            text(
                "CREATE TRIGGER no BEFORE INSERT ON replies "
                "BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END"
            )
        )

    made.database.write(drop)
    (finding,) = [each for each in findings(made.settings) if each.about == "database"]
    assert not finding.well
    assert "no reply can be stored" in finding.said
