"""Rows for the cache that wait until worker processes do not read it any more."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from types import TracebackType

# Bytes that wait in memory; more of them wait on disk.
_NEAR = 4_000_000


class Later:
    """Some rows, as a context manager; those of a large site do not fit into memory.

    SQLite would have to write a part of them before all are there, and while it does, nobody can
    read.
    """

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(_NEAR)  # noqa: SIM115 - closed by ours
        self._count = 0

    def __enter__(self) -> Later:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def add(self, key: str, row: bytes) -> None:
        """One more row."""
        pickle.dump((key, row), self._file, pickle.HIGHEST_PROTOCOL)
        self._count += 1

    def rows(self) -> Iterator[tuple[str, bytes]]:
        """All of them, in the order in which they came; none can be added after that."""
        self._file.seek(0)
        for _ in range(self._count):
            yield pickle.load(self._file)  # noqa: S301 - written by ourselves, to a file without a name
