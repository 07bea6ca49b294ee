"""Backup and restore, as the documentation says it: nothing of what was there is missing."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest

from dialogue.database import Database
from dialogue.migrate import migrate
from dialogue.replies.model import State
from dialogue.replies.store import Store
from tests.conftest import ROOT
from tests.dialogue.conftest import Published
from tests.dialogue.postgresql import programs
from tests.dialogue.replies_made import reply

DOCS = (ROOT / "docs" / "dialogue.md").read_text(encoding="utf-8")


def test_a_copy_of_sqlite_made_while_it_is_used_is_whole(
    sqlite_template: Path, tmp_path: Path
) -> None:
    """The documented statement copies what is stored; the copy takes the place of a lost file."""
    statement = re.search(r"\"(VACUUM INTO '/backup/dialogue.sqlite3')\"", DOCS)
    assert statement is not None
    live, copy = tmp_path / "live.sqlite3", tmp_path / "copy.sqlite3"
    shutil.copy(sqlite_template, live)
    used = Store(Database(f"sqlite:///{live}"), Published())
    new = reply(state=State.APPROVED)
    used.hold(new)
    with sqlite3.connect(live) as connection:
        connection.execute(statement[1].replace("/backup/dialogue.sqlite3", str(copy)))
    connection.close()
    used.hold(reply(words="Later"))
    used.database.close()
    for name in ("live.sqlite3", "live.sqlite3-wal", "live.sqlite3-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    shutil.copy(copy, live)
    again = Database(f"sqlite:///{live}")
    migrate(again)
    restored = Store(again, Published())
    assert [each.id for each in restored.approved("tea")] == [new.id]
    assert restored.counts() == {State.APPROVED: 1}
    again.close()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_dump_of_postgresql_is_restored(database: Database, tmp_path: Path) -> None:
    """The documented commands bring back what was erased after the dump."""
    found = re.findall(r"^\$ (pg_dump|pg_restore) (.*)$", DOCS, re.MULTILINE)
    assert [name for name, _ in found] == ["pg_dump", "pg_restore"]
    dump = tmp_path / "dialogue.dump"
    url = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    used = Store(database, Published())
    new = reply(state=State.APPROVED)
    used.hold(new)

    folder = programs()
    assert folder is not None

    def run(name: str, options: str) -> None:
        words = options.replace("/backup/dialogue.dump", str(dump)).split()
        words = [
            url if word == "parley" else word.replace("--dbname=parley", f"--dbname={url}")
            for word in words
        ]
        subprocess.run([folder / name, *words], check=True, timeout=60)

    run(*found[0])
    used.erase(new.id)
    assert used.approved("tea") == ()
    run(*found[1])
    assert [each.id for each in used.approved("tea")] == [new.id]
