"""The work in the background of whole processes: outages, deaths, and one of several that publishes."""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from dialogue.contact.tables import messages
from dialogue.database import Database
from dialogue.mail import outbox
from dialogue.mail.letter import Letter
from dialogue.moments import now
from dialogue.replies.model import State
from dialogue.replies.store import Store
from dialogue.services import Unpublished
from dialogue.settings import Settings
from dialogue.webmention.queue import Queue
from dialogue.webmention.queue import State as Mentioned
from tests.conftest import ROOT
from tests.dialogue import postgresql
from tests.dialogue.mail.server import Post, free_port, serving
from tests.dialogue.publishing.sites import TEMPLATES, write_site
from tests.dialogue.replies_made import reply
from tests.dialogue.serving import Place, Running
from tests.waiting import PATIENCE, until
from thread.lock import output_lock


@pytest.fixture
def site(settings: Settings) -> Settings:
    """Settings of a service beside a built site."""
    write_site(settings.output, {})
    return replace(settings, templates=(str(TEMPLATES),))


def page(settings: Settings, target: str = "tea") -> str:
    """A page of the site."""
    return (settings.output / target / "index.html").read_text(encoding="utf-8")


def approve(database: Database, words: str, target: str = "tea") -> None:
    """Have a reply approved by another process than the service."""
    Store(database, Unpublished()).hold(reply(words=words, target=target, state=State.APPROVED))


def announce(database: Database) -> str:
    """Announce a webmention of a page that is at no public address; its id."""
    source = "http://127.0.0.1/note"
    return Queue(database).put(source, "tea", "https://blog.example/tea/", now()).id


def is_refused(database: Database, job: str) -> bool:
    """Whether somebody has looked at it."""
    found = Queue(database).find(job)
    return found is not None and found.state is Mentioned.REFUSED


def write_to(database: Database, number: int) -> None:
    """Put a letter into the outbox."""
    letter = Letter(f"k{number}", "p@example.org", f"No. {number}", "Hello\n")
    database.write(lambda at: outbox.put(at, letter, "example.org", now()))


def old_trace(database: Database) -> None:
    """Leave the trace of an address that is to be emptied."""
    values = {
        **dict.fromkeys(("target", "name", "email", "text"), "x"),
        "id": "m",
        "state": "new",
        "reasons": "[]",
        "digest": "d",
        "address": "a trace",
        "created": now() - timedelta(days=30),
    }
    database.write(lambda at: at.execute(messages.insert().values(values)))


def is_clean(database: Database) -> bool:
    """Whether it was emptied."""
    return database.read(lambda at: at.execute(select(messages.c.address)).scalar_one()) is None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_everything_goes_on_after_an_outage_of_the_database(site: Settings, tmp_path: Path) -> None:
    """PostgreSQL is stopped and started again: pages, webmentions, mail and the cleaner go on."""
    post, port = Post(), free_port()
    mail = {
        "DIALOGUE_MAIL_HOST": "127.0.0.1",
        "DIALOGUE_MAIL_PORT": str(port),
        "DIALOGUE_MAIL_SECURITY": "none",
        "DIALOGUE_MAIL_FROM": "blog@blog.example",
    }
    with postgresql.switched() as power, serving(post, port):
        url = postgresql.Databases(power.url).take()
        place = Place(replace(site, database_url=url), tmp_path / "log")
        with place.serve(**mail) as running, httpx.Client(timeout=PATIENCE) as client:
            power.stop()
            until(
                lambda: (
                    client.get(f"{running.url}/dialogue/health", timeout=PATIENCE).status_code
                    == 503
                )
            )
            assert client.get(f"{running.url}/dialogue/health/live").status_code == 200
            time.sleep(3)
            power.start()
            database = Database(url)
            old_trace(database)
            job = announce(database)
            approve(database, "After.")
            write_to(database, 1)
            until(lambda: "After." in page(site))
            until(lambda: is_refused(database, job))
            until(lambda: post.messages)
            until(lambda: client.get(f"{running.url}/dialogue/health").status_code == 200)
            assert running.send(client, "Hello").status_code == 201
            assert running.process.poll() is None
            database.close()
        # The cleaner is at work once an hour: here it is the next start that shows it.
        with place.serve():
            database = Database(url)
            until(lambda: is_clean(database))
            database.close()


def test_everything_goes_on_after_descriptors_ran_out(
    site: Settings, database: Database, tmp_path: Path
) -> None:
    """Nothing ends meanwhile, nobody's job is to blame, and all is done afterwards."""
    place = Place(site, tmp_path / "log")
    with place.serve() as running, httpx.Client(timeout=PATIENCE) as client:
        pid = running.process.pid
        soft, hard = resource.prlimit(pid, resource.RLIMIT_NOFILE)
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (4, hard))
        job = announce(database)
        approve(database, "Without descriptors.")
        time.sleep(4)
        assert running.process.poll() is None
        assert "Without" not in page(site)
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (soft, hard))
        until(lambda: "Without descriptors." in page(site))
        until(lambda: is_refused(database, job))
        until(lambda: client.get(f"{running.url}/dialogue/health").json()["status"] == "ok")


DEADLY = """
import sys
from dialogue.webmention.queue import Queue

def claim(*_, **__):
    raise SystemExit("a worker that is no more")

Queue.claim = claim
from dialogue.cli import main
import os
sys.exit(main(["serve"], os.environ))
"""


def test_a_worker_that_dies_ends_the_service_with_a_status(site: Settings, tmp_path: Path) -> None:
    """So that systemd, which restarts what fails, starts it again."""
    place = Place(site, tmp_path / "log")
    environ = {**os.environ, **place._environ()}
    done = subprocess.run(
        [sys.executable, "-c", DEADLY],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 1
    assert b"background work died" in done.stderr


@contextlib.contextmanager
def two(site: Settings, tmp_path: Path) -> Iterator[tuple[Running, Running]]:
    """Two services, not workers of one, on one database and one site."""
    first, second = (Place(site, tmp_path / f"log{number}") for number in range(2))
    with first.serve() as one:
        until(lambda: states(one)["publisher"] == "ok")
        with second.serve() as another:
            yield one, another


def states(running: Running) -> dict[str, str]:
    """What each worker of a service does."""
    told = httpx.get(f"{running.url}/dialogue/health", timeout=PATIENCE).json()["workers"]
    return {name: each["state"] for name, each in told.items()}


def test_one_of_two_processes_publishes_and_the_other_when_that_is_killed(
    site: Settings, database: Database, tmp_path: Path
) -> None:
    """The second stands by; a few seconds after a kill -9 of the first it has taken over."""
    with two(site, tmp_path) as (one, another):
        leading = ("publisher", "hook", "cleaner")
        until(lambda: {states(another)[name] for name in leading} == {"standby"})
        assert {states(one)[name] for name in leading} == {"ok"}
        approve(database, "By the first.")
        until(lambda: "By the first." in page(site))
        one.kill()
        approve(database, "By the second.")
        start = time.monotonic()
        until(lambda: "By the second." in page(site))
        assert time.monotonic() - start < 60
        until(lambda: states(another)["publisher"] == "ok")


def test_a_replica_publishes_nothing(site: Settings, database: Database, tmp_path: Path) -> None:
    """It takes replies, for another machine to publish; it never stands for leader."""
    place = Place(site, tmp_path / "log")
    with place.serve(DIALOGUE_PUBLISH="no") as running, httpx.Client(timeout=PATIENCE) as client:
        assert running.send(client, "Hello").status_code == 201
        approve(database, "Not here.")
        time.sleep(1.5)
        assert "Not here." not in page(site)
        assert "publisher" not in states(running)
        assert states(running).keys().isdisjoint({"hook", "cleaner"})


def test_confirming_does_not_wait_for_a_build(
    site: Settings, database: Database, tmp_path: Path
) -> None:
    """Somebody holds the lock of the output for five seconds: everybody is answered meanwhile."""
    place = Place(site, tmp_path / "log")
    spent: list[float] = []
    with (
        place.serve(DIALOGUE_MODERATION="none") as running,
        httpx.Client(timeout=PATIENCE) as client,
    ):
        running.send(client, "warm")
        with output_lock(site.output):
            end = time.monotonic() + 5
            while time.monotonic() < end:
                start = time.monotonic()
                assert running.send(client, f"No. {len(spent)}").status_code == 201
                spent.append(time.monotonic() - start)
        until(lambda: f"No. {len(spent) - 1}<" in page(site))
    assert sorted(spent)[int(len(spent) * 0.9)] < 3
