"""Backup while replies come in, and restore into an empty place: the documented commands are run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from dialogue.database import Database, check_references
from dialogue.replies.model import State
from dialogue.replies.store import Store
from dialogue.settings import Settings
from tests.conftest import ROOT
from tests.dialogue.conftest import Published
from tests.dialogue.postgresql import programs
from tests.dialogue.replies_made import reply
from tests.dialogue.serving import Place, Running
from tests.waiting import PATIENCE, until

DOCS = (ROOT / "docs" / "dialogue.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


def documented(heading: str) -> list[str]:
    """The commands of the first block after ``heading`` in the documentation."""
    block = _BLOCK.search(DOCS, DOCS.index(heading))
    assert block is not None
    return [line.removeprefix("$ ") for line in block[1].splitlines()]


BACK_UP = {
    "sqlite": documented("Back up SQLite, while the service runs:"),
    "postgresql": documented("Back up PostgreSQL, while the service runs:"),
}
RESTORE = {
    "sqlite": documented("Restore it: stop the service, then"),
    "postgresql": documented("Restore it: stop the service, then\n\n```console\n$ dropdb"),
}


def run(commands: list[str], settings: Settings, backup: Path, environ: Mapping[str, str]) -> None:
    """Run documented commands, with the folders and the database of a test for those in them."""
    script = "\n".join(commands).replace(".venv/bin/python", sys.executable)
    database = Database(settings.database_url).url
    if database.get_backend_name() == "sqlite":
        script = script.replace("/var/lib/parley/dialogue.sqlite3", str(database.database))
    else:
        script = re.sub(r"(?<=[ =])parley$", str(database.database), script, flags=re.MULTILINE)
        script = script.replace("--dbname=parley ", f"--dbname={database.database} ")
    script = script.replace("/var/lib/parley", str(settings.state))
    script = script.replace("/backup/", f"{backup}/")
    words = ["bash", "-euc", script]
    subprocess.run(words, cwd=ROOT, env={**os.environ, **environ}, check=True, timeout=120)


def environ_of(settings: Settings) -> dict[str, str]:
    """What the documented commands need to find the service, and the server of PostgreSQL."""
    url = Database(settings.database_url).url
    found = {
        "DIALOGUE_DATABASE_URL": settings.database_url,
        "DIALOGUE_OUTPUT": str(settings.output),
        "DIALOGUE_REPLIES": str(settings.replies),
        "DIALOGUE_STATE": str(settings.state),
    }
    if url.get_backend_name() == "postgresql":
        host = url.host or str(url.query["host"])
        named = {"PGHOST": host, "PGPORT": url.port, "PGUSER": url.username}
        folder = programs()
        found |= {name: str(value) for name, value in named.items() if value}
        found |= {"PGPASSWORD": str(url.password)} if url.password else {}
        found |= {"PATH": f"{folder}:{os.environ['PATH']}"} if folder else {}
    return found


@contextmanager
def emptied(settings: Settings, folder: Path) -> Iterator[Settings]:
    """Settings of a service in an empty place, on the same kind of database."""
    state, replies = folder / "state", folder / "replies"
    url = Database(settings.database_url).url
    if url.get_backend_name() == "sqlite":
        place = f"sqlite:///{state}/dialogue.sqlite3"
        yield replace(settings, database_url=place, state=state, replies=replies)
        return
    name = f"{url.database}_restored"
    place = url.set(database=name).render_as_string(hide_password=False)
    yield replace(settings, database_url=place, state=state, replies=replies)
    with closing(Database(settings.database_url)) as there:
        engine = there.engine.execution_options(isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))


class Writers:
    """Threads that send replies until they are told to stop; ``stored`` are the acknowledged."""

    def __init__(self, running: Running, number: int = 4) -> None:
        self.stored: list[str] = []
        self.receipts: list[str] = []
        self._running, self._ended = running, threading.Event()
        self._threads = [
            threading.Thread(target=self._write, args=(name,)) for name in "abcdefgh"[:number]
        ]

    def __enter__(self) -> Writers:
        for each in self._threads:
            each.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        for each in self._threads:
            each.join()

    def wait(self, more: int) -> int:
        """Wait until so many more are acknowledged; how many there are then."""
        wanted = len(self.stored) + more
        until(lambda: len(self.stored) >= wanted, self.stored)
        return len(self.stored)

    def _write(self, name: str) -> None:
        with httpx.Client(timeout=PATIENCE) as client:
            number = 0
            while not self._ended.is_set():
                number += 1
                answer = self._running.send(client, f"{name} {number}")
                if answer.status_code == 201:
                    self.receipts.append(answer.json()["receipt"])
                    self.stored.append(f"{name} {number}")


def texts(database: Database) -> list[str]:
    """The texts of all replies that wait."""
    return [each.text for each in Store(database, Published()).listed(State.HELD, limit=10**6)]


@pytest.mark.parametrize("amount", [20, pytest.param(1000, marks=pytest.mark.deep)])
def test_a_backup_under_load_is_restored_into_an_empty_place(
    settings: Settings, database: Database, tmp_path: Path, amount: int
) -> None:
    """Every reply acknowledged before the backup is there, whole, and its receipt still opens."""
    kind = "sqlite" if database.is_sqlite else "postgresql"
    backup = tmp_path / "backup"
    backup.mkdir()
    Store(database, Published()).hold(reply(state=State.APPROVED))
    with Place(settings, tmp_path / "log").serve() as running, Writers(running) as writers:
        before = writers.wait(amount)
        run(BACK_UP[kind], settings, backup, environ_of(settings))
        writers.wait(amount)
    assert {oct(each.stat().st_mode & 0o077) for each in backup.iterdir()} == {"0o0"}
    with emptied(settings, tmp_path / "new") as new:
        run(RESTORE[kind], new, backup, environ_of(new))
        assert [each.name.partition(".")[0] for each in new.replies.iterdir()] == ["tea"]
        with closing(Database(new.database_url)) as restored:
            restored.read(check_references)
            found = texts(restored)
        assert len(found) == len(set(found))
        assert set(writers.stored[:before]) <= set(found)
        with Place(new, tmp_path / "log").serve() as running:
            for receipt in writers.receipts[:3]:
                assert httpx.get(f"{running.url}{receipt}", timeout=PATIENCE).status_code == 200
            with httpx.Client(timeout=PATIENCE) as client:
                assert running.send(client, "after").status_code == 201


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_second_backup_replaces_the_first(
    settings: Settings, database: Database, tmp_path: Path
) -> None:
    """The commands can be run every night; SQLite is restored over what is left of a lost one."""
    backup = tmp_path / "backup"
    for folder in (backup, settings.state):
        folder.mkdir()
    (settings.state / "secret").write_text("x" * 40)
    environ = environ_of(settings)
    store = Store(database, Published())
    for _ in range(2):
        store.hold(reply(state=State.APPROVED))
        run(BACK_UP["sqlite"], settings, backup, environ)
    wanted = [each.id for each in store.approved("tea")]
    store.hold(reply(state=State.APPROVED))
    database.close()
    run(RESTORE["sqlite"], settings, backup, environ)
    with closing(Database(settings.database_url)) as again:
        assert [each.id for each in Store(again, Published()).approved("tea")] == wanted
