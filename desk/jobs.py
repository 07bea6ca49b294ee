"""The jobs that a build process is sent, as they come."""

from __future__ import annotations

import os
import select

from desk.job import Job

_MOST = 65_536


class Jobs:
    """Jobs, a line of JSON each, from the file with this number."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._received = b""

    def next(self) -> Job | None:
        """The next job, once it is there; None where nobody will send any."""
        while b"\n" not in self._received:
            more = os.read(self._descriptor, _MOST)
            if not more:
                return None
            self._received += more
        line, _, self._received = self._received.partition(b"\n")
        return Job.from_json(line.decode())

    def is_waiting(self) -> bool:
        """Whether another job is there already, or will never be."""
        return b"\n" in self._received or bool(select.select([self._descriptor], [], [], 0)[0])
