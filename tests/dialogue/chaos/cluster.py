"""Databases that can be away for a while: a PostgreSQL of our own, and SQLite."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from dialogue.database import Database
from dialogue.migrate import migrate
from tests import needs
from tests.dialogue.postgresql import _user, programs

Kind = TypeVar("Kind", bound="Away")


class Away(Protocol):
    """A database that can be away."""

    url: str

    def away(self) -> AbstractContextManager[None]:
        """Not there for as long as this is entered."""


@dataclass
class Sqlite:
    """A file that somebody else writes to and does not let go of."""

    url: str
    path: Path

    @contextmanager
    def away(self) -> Iterator[None]:
        """Hold the write lock, as a copy or a check of the file by hand does."""
        with closing(sqlite3.connect(self.path, timeout=30, isolation_level=None)) as held:
            held.execute("BEGIN IMMEDIATE")
            try:
                yield
            finally:
                held.execute("ROLLBACK")


@dataclass
class Postgresql:
    """A cluster that is stopped at once, without a good-bye, and started again."""

    url: str
    folder: Path

    @contextmanager
    def away(self) -> Iterator[None]:
        """Stopped for as long as this is entered."""
        self.run("pg_ctl", "-m", "immediate", "-w", "stop")
        try:
            yield
        finally:
            self.start()

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.run("pg_ctl", "-w", "-l", str(self.folder / "log"), "start")

    def run(self, program: str, *options: str) -> None:
        """One of PostgreSQL's programs."""
        found = programs()
        assert found is not None
        command = [str(found / program), "-D", str(self.folder / "data"), *options]
        done = subprocess.run(
            command,
            user=_user(),
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, f"{program} failed"


@contextmanager
def sqlite_file(folder: Path) -> Iterator[Sqlite]:
    """A migrated file."""
    path = folder / "dialogue.sqlite3"
    yield _migrated(Sqlite(f"sqlite:///{path}", path))


@contextmanager
def postgresql_cluster() -> Iterator[Postgresql]:
    """A migrated database on a cluster of its own; skips the test without PostgreSQL."""
    needs.require(programs(), "PostgreSQL is not installed")
    with tempfile.TemporaryDirectory(prefix="parley-pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if user := _user():
            shutil.chown(folder, user)
        found = Postgresql(f"postgresql+psycopg://parley@/postgres?host={folder}", folder)
        found.run("initdb", "-A", "trust", "-U", "parley", "-E", "UTF8", "--locale=C", "--no-sync")
        settings = (
            "max_connections=200",
            "listen_addresses=''",
            f"unix_socket_directories='{folder}'",
        )
        (folder / "data" / "postgresql.auto.conf").write_text("\n".join(settings), encoding="utf-8")
        found.start()
        try:
            yield _migrated(found)
        finally:
            found.run("pg_ctl", "-m", "immediate", "stop")


def _migrated(found: Kind) -> Kind:
    database = Database(found.url)
    migrate(database)
    database.close()
    return found
