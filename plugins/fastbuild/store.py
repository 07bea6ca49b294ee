"""The cache on disk: what builds made, in one SQLite file for each pair of content and output.

Nothing in it is needed: deleting it, or any doubt about it, only means that everything is made
again. Every row has a checksum; a row or file that is damaged, and a file of another version of
the code, the libraries or the settings, is as if it had never been. A process that is killed
leaves the file as it was after the last transaction. Rows are written by us and read by us; the
folder must not be writable to others.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any

from thread.locking import open_file, take

FORMAT = 3
_TABLES = ("facts", "readings", "before", "texts", "terms", "pages")
# Of long rows a table holds its keys apart.
_LARGE = ("readings", "before", "texts", "terms", "pages")
_SCHEMA = (
    "".join(
        f"CREATE TABLE IF NOT EXISTS {name} (key TEXT PRIMARY KEY, value BLOB, sum BLOB) WITHOUT ROWID;"
        if name not in _LARGE
        else f"CREATE TABLE IF NOT EXISTS {name} (key TEXT PRIMARY KEY, value BLOB, sum BLOB);"
        for name in _TABLES
    )
    + """
CREATE TABLE IF NOT EXISTS source (
    root TEXT, path BLOB, stamp BLOB, digest BLOB, PRIMARY KEY (root, path)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS unit (name BLOB PRIMARY KEY, keys TEXT, post BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS output (
    path BLOB PRIMARY KEY, unit BLOB, place INTEGER, stamp BLOB) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS output_unit ON output (unit);
"""
)

Rows = Iterable[tuple[str, bytes]]


class DamagedError(Exception):
    """The cache turned out to be damaged while it was read or written; building again helps."""


class Store:
    """The cache of one site, as a context manager; ``version`` is that of everything it holds.

    Only one process has it at a time: another one, and every process where the folder cannot be
    written, works with an empty store that goes away. Every method may raise
    :class:`DamagedError`; a store that is left by that is removed.
    """

    def __init__(self, path: Path | None, version: str) -> None:
        self._wanted = path
        self._path = Path()
        self._version = version
        self._lock: int | None = None
        self._database = sqlite3.Connection(":memory:")
        self._process = os.getpid()
        self._inherited: sqlite3.Connection | None = None
        self._passing: TemporaryDirectory[str] | None = None

    @classmethod
    def of_another(cls, path: str) -> Store:
        """The cache that another process has opened, to ask for single rows."""
        made = cls(None, "")
        made._path = Path(path)
        made._process = -1
        return made

    @property
    def version(self) -> str:
        """The digest of all that what is in it was made with."""
        return self._version

    @property
    def path(self) -> Path:
        """The file, once it is open."""
        return self._path

    def __enter__(self) -> Store:
        self._database = self._open()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._database.close()
        if isinstance(error, DamagedError):
            _remove(self._path)
        if self._passing:
            self._passing.cleanup()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def get(self, table: str, key: str) -> bytes | None:
        """The value of one row; None where there is none that is whole."""
        query = f"SELECT value, sum FROM {table} WHERE key = ?"  # noqa: S608 - one of our names
        if os.getpid() != self._process:
            # A forked worker must not use the connection of its parent, nor close it.
            self._process, self._inherited = os.getpid(), self._database
            self._database = sqlite3.connect(f"{self._path.as_uri()}?mode=ro", uri=True)
        with _damage_told():
            found = self._database.execute(query, (key,)).fetchone()
        return found[0] if found and found[1] == _sum(key, found[0]) else None

    def all(self, table: str) -> Iterator[tuple[str, bytes]]:
        """Every whole row."""
        query = f"SELECT key, value, sum FROM {table}"  # noqa: S608 - one of our names
        with _damage_told():
            for key, value, checksum in self._database.execute(query):
                if checksum == _sum(key, value):
                    yield key, value

    def put(self, table: str, rows: Rows) -> None:
        """Write rows; they last after :meth:`commit`."""
        query = f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?)"  # noqa: S608 - one of our names
        with _damage_told():
            self._database.executemany(query, ((key, data, _sum(key, data)) for key, data in rows))

    def drop(self, table: str, keys: Iterable[str]) -> None:
        """Remove rows."""
        query = f"DELETE FROM {table} WHERE key = ?"  # noqa: S608 - one of our names
        with _damage_told():
            self._database.executemany(query, ((key,) for key in keys))

    def rows(self, query: str) -> Iterator[tuple[Any, ...]]:
        """What a query finds."""
        with _damage_told():
            yield from self._database.execute(query)

    def write(self, query: str, rows: Iterable[Sequence[object]]) -> None:
        """Run a query with each of the rows; what it wrote lasts after :meth:`commit`."""
        with _damage_told():
            self._database.executemany(query, rows)

    def commit(self) -> None:
        """Make everything that was written last, all of it or nothing."""
        with _damage_told():
            self._database.commit()

    def _open(self) -> sqlite3.Connection:
        if self._wanted is None or not self._take_lock(self._wanted):
            return self._open_passing()
        self._path = self._wanted.resolve()
        for _ in range(2):
            try:
                return self._of_this_version(_prepared(sqlite3.connect(self._path)))
            except sqlite3.DatabaseError:
                _remove(self._path)
        return self._open_passing()

    def _open_passing(self) -> sqlite3.Connection:
        """An empty file that goes away with this process."""
        self._passing = TemporaryDirectory(prefix="parley-")
        self._path = Path(self._passing.name, "cache.sqlite")
        return self._of_this_version(_prepared(sqlite3.connect(self._path)))

    def _take_lock(self, path: Path) -> bool:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            lock = open_file(path.with_name(f"{path.name}.lock"))
        except OSError:
            return False
        try:
            taken = take(lock)
        except OSError:  # as on some network drives
            taken = False
        if not taken:
            os.close(lock)
            return False
        self._lock = lock
        return True

    def _of_this_version(self, database: sqlite3.Connection) -> sqlite3.Connection:
        version = f"{FORMAT} {self._version}".encode()
        found = database.execute("SELECT value FROM facts WHERE key = 'version'").fetchone()
        if found is None or found[0] != version:
            for table in (*_TABLES, "source", "unit", "output"):
                database.execute(f"DROP TABLE IF EXISTS {table}")
            database.executescript(_SCHEMA)
            row = ("version", version, _sum("version", version))
            database.execute("INSERT OR REPLACE INTO facts VALUES (?, ?, ?)", row)
            database.commit()
        return database


@contextlib.contextmanager
def _damage_told() -> Iterator[None]:
    """What SQLite finds wrong with a file that could be opened, it finds at any later moment."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise DamagedError(f"the cache of the build is damaged: {error}") from error


def _prepared(database: sqlite3.Connection) -> sqlite3.Connection:
    # A killed process cannot leave half a transaction; a machine that loses power can, and then
    # the checksums tell. So nothing needs to wait for the disk.
    database.execute("PRAGMA synchronous = OFF")
    # Workers read while this process writes.
    database.execute("PRAGMA journal_mode = WAL")
    database.executescript(_SCHEMA)
    return database


def _remove(path: Path) -> None:
    for ending in ("", "-journal", "-wal", "-shm"):
        with contextlib.suppress(OSError):
            Path(f"{path}{ending}").unlink()


def _sum(key: str, value: bytes) -> bytes:
    return blake2b(value, digest_size=8, key=key.encode("utf-8", "surrogateescape")[-64:]).digest()
