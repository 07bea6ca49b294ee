"""The jobs that a build process is sent, as they come."""

from __future__ import annotations

import os
import select

from desk.job import Job

_MOST = 65_536


class Jobs:
    """Jobs, a line of JSON each, from the file with this number.

    ``rest`` is what has been received and not yet taken: who goes on in another process needs it.
    """

    def __init__(self, descriptor: int, rest: bytes = b"") -> None:
        self.descriptor = descriptor
        self.rest = rest

    def take(self) -> Job | None:
        """The next job, if all of it has been received."""
        line, end, rest = self.rest.partition(b"\n")
        if not end:
            return None
        self.rest = rest
        return Job.from_json(line.decode())

    def receive(self) -> bool:
        """Wait for more; False where nobody will send any."""
        more = os.read(self.descriptor, _MOST)
        self.rest += more
        return bool(more)

    def is_waiting(self) -> bool:
        """Whether another job is there already, or will never be."""
        return b"\n" in self.rest or bool(select.select([self.descriptor], [], [], 0)[0])
