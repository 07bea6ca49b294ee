"""The jobs that a build process is sent, as they come."""

from __future__ import annotations

import os
import select
from collections.abc import Iterator

from desk.job import Job

_MOST = 65_536


class Jobs:
    """Jobs, a line of JSON each, from the file with this number; iterate until nobody sends more."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._read = b""

    def __iter__(self) -> Iterator[Job]:
        while True:
            line, end, rest = self._read.partition(b"\n")
            if end:
                self._read = rest
                yield Job.from_json(line.decode())
            elif more := os.read(self._descriptor, _MOST):
                self._read += more
            else:
                return

    def is_waiting(self) -> bool:
        """Whether another job is there already, or will never be."""
        return b"\n" in self._read or bool(select.select([self._descriptor], [], [], 0)[0])
