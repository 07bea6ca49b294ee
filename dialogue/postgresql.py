"""A connection to PostgreSQL that does not wait for ever.

The server's own limits (``statement_timeout``) end with the server: one that hangs, or whose network
loses everything, says nothing at all. So the wait on our side has a limit, too.
"""

from __future__ import annotations

import time
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen

Result = TypeVar("Result")


class Bounded(psycopg.Connection[Any]):
    """Closes itself where the server says nothing for ``silence`` seconds; 0 is no limit."""

    silence: float = 0

    def wait(
        self, gen: PQGen[Result], interval: float = 0.1, timeout: float | None = None
    ) -> Result:
        """As psycopg's; raises psycopg.OperationalError after too long a silence."""
        if not self.silence or timeout is not None:
            return super().wait(gen, interval, timeout)
        began = time.monotonic()
        try:
            return super().wait(gen, interval, self.silence)
        except psycopg.OperationalError as error:
            if time.monotonic() - began < self.silence:
                raise
            # What it was asked may still run there: nothing else can be asked on this connection.
            self.pgconn.finish()
            raise psycopg.OperationalError(
                f"the server has said nothing for {self.silence:g} seconds"
            ) from error


def connect(silence: float, *words: Any, **named: Any) -> Bounded:
    """A new connection, with psycopg's parameters."""
    made = Bounded.connect(*words, **named)
    made.silence = silence
    return made
