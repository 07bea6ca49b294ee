"""SQLite's checkpoints, beside the writers and not in their way.

A commit appends to the write-ahead log; from time to time a checkpoint copies what is in the log into the
database (https://sqlite.org/wal.html#ckpt). Left to itself, SQLite does that within the commit that
makes the log too long, and whoever waits for this one waits for the disk hundreds of milliseconds.
"""

from __future__ import annotations

import logging
import threading
import time
from contextlib import closing

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

_log = logging.getLogger(__name__)
# A checkpoint competes with commits for the disk: seldom enough not to be felt, often enough for the log
# to stay short.
_PAUSE = 10.0
# Pages of the log, 4 kB each, from which on the rest of a checkpoint is made in the writers' turn: while
# they go on, one beside them never comes to the end, and only then is the log begun again.
_LONGEST = 4_000


class Checkpoints:
    """A thread of its own for each checkpoint, at most one at a time and not right after the last."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._thread: threading.Thread | None = None
        self._due = 0.0
        self._long = False

    def after_commit(self) -> None:
        """Begin a checkpoint if it is time for one; called by one thread at a time."""
        if self._thread is not None and self._thread.is_alive():
            return
        if self._long:
            self._copy()
            self._long = False
        elif time.monotonic() >= self._due:
            self._begin()

    def close(self) -> None:
        """Wait for the checkpoint that runs."""
        if self._thread is not None:
            self._thread.join()

    def _begin(self) -> None:
        self._thread = threading.Thread(target=self._beside, name="checkpoint", daemon=True)
        try:
            self._thread.start()
        except RuntimeError as error:  # the system gives no thread now; the next commit asks again
            self._thread = None
            _log.warning("no checkpoint was made", extra={"reason": str(error)})

    def _beside(self) -> None:
        self._long = self._copy() > _LONGEST
        self._due = time.monotonic() + _PAUSE

    def _copy(self) -> int:
        """Make a checkpoint; returns the pages of the log, 0 if there was none."""
        try:
            with (
                closing(self._engine.raw_connection()) as connection,
                closing(connection.cursor()) as cursor,
            ):
                # PASSIVE waits for nobody, and nobody for it; the next one copies what it had to leave.
                cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
                _, pages, _ = cursor.fetchone() or (0, 0, 0)
        except (SQLAlchemyError, self._engine.dialect.loaded_dbapi.Error) as error:
            _log.warning("no checkpoint was made", extra={"reason": str(error)})
            return 0
        return int(pages)
