"""The service as a process: it starts, answers, stops, and loses nothing when it is killed."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import httpx
import pytest

from dialogue.database import Database
from dialogue.replies.model import State
from dialogue.replies.store import Store
from dialogue.settings import Settings
from tests.dialogue.conftest import Published
from tests.dialogue.serving import Place, Running
from tests.waiting import PATIENCE


@pytest.fixture
def place(settings: Settings, tmp_path: Path) -> Place:
    """Where a service can be started."""
    return Place(settings, tmp_path / "log")


def texts(database: Database) -> list[str]:
    """The texts of all replies in it."""
    held = Store(database, Published()).listed(State.HELD, limit=100_000)
    return sorted(each.text for each in held)


def test_it_takes_replies_until_it_is_stopped(place: Place, database: Database) -> None:
    """A reply is stored, the log is JSON, and SIGTERM ends it with status 0."""
    with place.serve() as running, httpx.Client(timeout=PATIENCE) as client:
        done = running.send(client, "Hello")
        assert (done.status_code, done.json()["state"]) == (201, "held")
        assert client.get(f"{running.url}{done.json()['receipt']}").status_code == 200
        assert running.stop() in (0, -15)
    assert texts(database) == ["Hello"]
    lines = [json.loads(line) for line in place.log.read_text().splitlines()]
    assert {"/replies", "/replies/confirm"} <= {line.get("route") for line in lines}
    assert not [line for line in lines if line["level"] == "error"]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_several_workers_share_a_database(place: Place, database: Database) -> None:
    """Whichever worker shows the preview, any other takes the confirmation."""
    with place.serve(DIALOGUE_WORKERS="3") as running:
        for number in range(12):
            with httpx.Client(timeout=PATIENCE) as client:
                assert running.send(client, f"Number {number}").status_code == 201
    assert len(texts(database)) == 12


@pytest.mark.parametrize("turns", [2, pytest.param(100, marks=pytest.mark.deep)])
def test_a_kill_loses_no_reply(place: Place, database: Database, turns: int) -> None:
    """What was acknowledged before a kill -9 is there after it, once."""
    acknowledged: list[str] = []
    for turn in range(turns):
        with place.serve() as running:
            enough = threading.Event()
            senders = [
                threading.Thread(
                    target=_keep_sending, args=(running, f"{turn}/{each}", acknowledged, enough)
                )
                for each in range(4)
            ]
            for sender in senders:
                sender.start()
            assert enough.wait(PATIENCE)
            running.kill()
            for sender in senders:
                sender.join()
    stored = texts(database)
    assert len(stored) == len(set(stored))
    assert set(acknowledged) <= set(stored)
    assert len(acknowledged) >= 20


def _keep_sending(
    running: Running, name: str, acknowledged: list[str], enough: threading.Event
) -> None:
    """Send replies until the service is gone; note those that it acknowledged."""
    with httpx.Client(timeout=PATIENCE) as client:
        for number in range(10_000):
            text = f"{name}/{number}"
            try:
                if running.send(client, text).status_code == 201:
                    acknowledged.append(text)
            except httpx.TransportError:
                return
            if number == 5:
                enough.set()
