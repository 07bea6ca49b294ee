"""A private PostgreSQL for the tests: a cluster in a temporary folder, gone when they are done."""

from __future__ import annotations

import contextlib
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import NullPool, create_engine, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from dialogue.database import Database
from dialogue.migrate import migrate, newest
from dialogue.tables import metadata
from tests import needs
from tests.waiting import PATIENCE

VARIABLE = "PARLEY_TEST_POSTGRES"
"""The URL of a server to use instead; its user must be allowed to create databases."""

# Nothing here has to survive a power cut.
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def programs() -> Path | None:
    """The folder of its newest programs; None where it is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    if found:
        return found[-1].parent
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


def _version(initdb: Path) -> float:
    return float(initdb.parts[-3])


def _user() -> str | None:
    """Whom to run it as: the server refuses root. None is whoever runs the tests."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in names)


@contextlib.contextmanager
def server(*, durable: bool = False) -> Iterator[str]:
    """The URL of a server, without a database; skips or fails the test without PostgreSQL.

    One that is ``durable`` waits for the disk as it would for a site.
    """
    if given := os.environ.get(VARIABLE):
        yield given.rstrip("/")
        return
    found = programs()
    needs.require(found, f"PostgreSQL is not installed and {VARIABLE} is not set")
    assert found is not None
    with tempfile.TemporaryDirectory(prefix="parley-pg-", ignore_cleanup_errors=True) as name:
        for power in _cluster(found, Path(name), _user(), () if durable else _FAST):
            yield power.url


@dataclass(frozen=True)
class Power:
    """A server that can be switched off and on again; ``url`` is without a database."""

    url: str
    start: Callable[[], None]
    stop: Callable[[], None]


@contextlib.contextmanager
def switched() -> Iterator[Power]:
    """A server of its own for a test that stops it; skips or fails it without PostgreSQL."""
    found = programs()
    needs.require(found, "PostgreSQL is not installed")
    assert found is not None
    with tempfile.TemporaryDirectory(prefix="parley-pg-", ignore_cleanup_errors=True) as name:
        yield from _cluster(found, Path(name), _user(), _FAST)


def _cluster(
    binaries: Path, folder: Path, user: str | None, speed: Sequence[str]
) -> Iterator[Power]:
    if user is not None:
        shutil.chown(folder, user)
    data = folder / "data"

    def run(program: str, *options: str) -> None:
        command = [str(binaries / program), "-D", str(data), *options]
        done = subprocess.run(
            command,
            user=user,
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, f"{program}: {done.stdout}{done.stderr}"

    run("initdb", "-A", "trust", "-U", "parley", "-E", "UTF8", "--locale=C", "--no-sync")
    settings = [
        *speed,
        "max_connections=200",
        "listen_addresses=''",
        f"unix_socket_directories='{folder}'",
    ]
    (data / "postgresql.auto.conf").write_text("\n".join(settings), encoding="utf-8")
    power = Power(
        f"postgresql+psycopg://parley@/{{}}?host={folder}",
        lambda: run("pg_ctl", "-w", "-l", str(folder / "log"), "start"),
        lambda: run("pg_ctl", "-w", "-m", "immediate", "stop"),
    )
    power.start()
    try:
        yield power
    finally:
        power.stop()


class Databases:
    """Databases on one server. One that was given back empty and whole is given out again."""

    def __init__(self, server: str) -> None:
        self._server = server
        self._numbers = itertools.count()
        self._free: list[str] = []

    def take(self) -> str:
        """The URL of a migrated database without rows."""
        if self._free:
            return self._free.pop()
        name = f"parley_test_{next(self._numbers)}"
        self._do("postgres", f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        self._do("postgres", f"CREATE DATABASE {name}")
        database = Database(with_database(self._server, name))
        migrate(database)
        database.close()
        return with_database(self._server, name)

    def give_back(self, url: str) -> None:
        """Empty it for the next test; one whose schema a test changed is dropped."""
        name = str(make_url(url).database)
        # Quicker than TRUNCATE, which makes new files for every table and index.
        emptied = [f"DELETE FROM {each.name}" for each in reversed(metadata.sorted_tables)]
        try:
            (found,) = self._do(
                name, "SET lock_timeout = '2s'", *emptied, "SELECT version_num FROM alembic_version"
            )
        except (SQLAlchemyError, ValueError):
            found = ""
        if found == newest():
            self._free.append(url)
        else:
            self._do("postgres", f"DROP DATABASE {name} WITH (FORCE)")

    def _do(self, name: str, *statements: str) -> Sequence[str]:
        """Execute these; returns the first column of what the last one finds."""
        url = with_database(self._server, name)
        engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            for statement in statements[:-1]:
                connection.execute(text(statement))
            last = connection.execute(text(statements[-1]))
            return last.scalars().all() if last.returns_rows else ()


def with_database(url: str, name: str) -> str:
    """The URL of the database ``name`` on the server."""
    return url.format(name) if "{}" in url else f"{url}/{name}"
