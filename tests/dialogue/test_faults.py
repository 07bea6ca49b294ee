"""The service under faults: killed while people write, and on a disk that runs full."""

from __future__ import annotations

import resource
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
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
from dialogue.settings import Settings
from tests.dialogue.conftest import Published
from tests.dialogue.mail.server import Post, free_port, serving
from tests.dialogue.serving import Place, Running
from tests.waiting import PATIENCE, until


@pytest.fixture
def place(settings: Settings, tmp_path: Path) -> Place:
    """Where a service can be started."""
    return Place(settings, tmp_path / "log")


def write(running: Running, client: httpx.Client, text: str) -> bool:
    """Send a message to the site by preview and confirmation; whether it was acknowledged."""
    headers = {"Origin": running.url, "Accept": "application/json"}
    sending = note(client, running, text)
    sent = client.post(f"{running.url}/dialogue/contact/send", data=sending, headers=headers)
    return sent.status_code == 201


def note(client: httpx.Client, running: Running, text: str) -> dict[str, str]:
    """The form that confirms a message."""
    headers = {"Origin": running.url, "Accept": "application/json"}
    typed = {"target": "", "name": "Cleo", "email": "cleo@example.org", "text": text}
    shown = client.post(f"{running.url}/dialogue/contact", data=typed, headers=headers)
    return {**typed, "token": shown.json()["token"]}


def keep_writing(
    running: Running, name: str, acknowledged: list[str], enough: threading.Event
) -> None:
    """Send messages and replies by turns until the service is gone; note the acknowledged ones."""
    with httpx.Client(timeout=PATIENCE) as client:
        for number in range(10_000):
            text = f"{name}.{number}."
            try:
                if number % 2:
                    done = running.send(client, f"reply {text}").status_code == 201
                else:
                    done = write(running, client, text)
            except httpx.TransportError:
                return
            if done:
                acknowledged.append(f"reply {text}" if number % 2 else text)
            if number == 4:
                enough.set()


def told(database: Database) -> list[str]:
    """The texts of all messages."""
    return database.read(lambda at: list(at.execute(select(messages.c.text)).scalars()))


def replied(database: Database) -> list[str]:
    """The texts of all replies."""
    found = Store(database, Published()).listed(State.HELD, limit=100_000)
    return [each.text for each in found]


@pytest.mark.parametrize("turns", [2, pytest.param(100, marks=pytest.mark.deep)])
def test_a_kill_loses_no_message_and_no_mail(place: Place, database: Database, turns: int) -> None:
    """What was acknowledged before a kill -9 is there once, and its letter comes, as one letter."""
    acknowledged: list[str] = []
    post, port = Post(), free_port()
    mail = {
        "DIALOGUE_MAIL_HOST": "127.0.0.1",
        "DIALOGUE_MAIL_PORT": str(port),
        "DIALOGUE_MAIL_SECURITY": "none",
        "DIALOGUE_MAIL_FROM": "blog@blog.example",
        "DIALOGUE_CONTACT": "owner@blog.example",
    }
    with serving(post, port):
        for turn in range(turns):
            with place.serve(**mail) as running:
                enough = threading.Event()
                work = [
                    threading.Thread(
                        target=keep_writing, args=(running, f"{turn}.{each}", acknowledged, enough)
                    )
                    for each in range(3)
                ]
                for each in work:
                    each.start()
                assert enough.wait(PATIENCE)
                running.kill()
                for each in work:
                    each.join()
        # A letter that was on its way at a kill waits until its lease is over: that is now.
        database.write(lambda at: at.execute(update(outbox).values(due=now())))
        with place.serve(**mail):
            wanted = set(told(database))
            until(lambda: wanted <= letters(post).keys())
    stored, answers = Counter(told(database)), Counter(replied(database))
    assert set(acknowledged) <= stored.keys() | answers.keys()
    assert len(acknowledged) >= 5 * turns
    assert {*stored.values(), *answers.values()} == {1}
    assert letters(post).keys() == stored.keys()
    assert [ids for ids in letters(post).values() if len(ids) > 1] == []


def letters(post: Post) -> dict[str, set[str]]:
    """The Message-IDs of the letters that came, by the message that they bring."""
    found: dict[str, set[str]] = {}
    for letter in list(post.messages):
        lines = [line.strip(" >") for line in letter.get_content().splitlines()]
        text = next(line for line in lines if line.count(".") == 3 and line[0].isdigit())
        found.setdefault(text, set()).add(str(letter["Message-ID"]))
    return found


def limit(running: Running, size: int) -> None:
    """Let no file of the service grow beyond ``size`` bytes; -1 takes that back."""
    _, most = resource.prlimit(running.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(running.process.pid, resource.RLIMIT_FSIZE, (size, most))


def files(database: Database) -> Iterator[Path]:
    """The files of SQLite."""
    path = Path(str(database.url.database))
    return path.parent.glob(f"{path.name}*")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_full_disk_loses_nothing_that_was_typed(place: Place, database: Database) -> None:
    """Who writes gets the text back and is told so; what was acknowledged stays; later it goes on."""
    acknowledged, text = [], "many words " * 500
    with place.serve() as running, httpx.Client(timeout=PATIENCE) as client:
        assert running.send(client, "before").status_code == 201
        limit(running, max(each.stat().st_size for each in files(database)) + 40_000)
        refused = None
        for number in range(200):
            answer = running.send(client, f"{number} {text}")
            if answer.status_code == 201:
                acknowledged.append(f"{number} {text}".strip())
            else:
                refused = answer
                break
        assert refused is not None
        assert refused.status_code == 503
        assert "cannot be stored" in refused.json()["faults"]["form"]
        limit(running, 1)  # not even the log can be written any more
        plain = client.post(
            f"{running.url}/dialogue/contact/send",
            data=note(client, running, "a page gives it back"),
            headers={"Origin": running.url},
        )
        assert plain.status_code == 503
        assert "a page gives it back" in plain.text
        time.sleep(1.1)  # for so long the last answer holds
        assert client.get(f"{running.url}/dialogue/health").status_code == 503
        assert client.get(f"{running.url}/dialogue/health/live").status_code == 200
        limit(running, -1)
        assert running.send(client, "after").status_code == 201
    with closing(sqlite3.connect(str(database.url.database))) as checked:
        assert checked.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert sorted(replied(database)) == sorted(["before", *acknowledged, "after"])
