"""Attempts at notices: one that fails is tried again later or set aside, the others go on."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection

from dialogue.database import Database
from dialogue.notices import due
from dialogue.replies.model import Stored
from dialogue.supervision import attempts
from dialogue.supervision.outage import is_outage, reason
from dialogue.supervision.owed import Owed

_log = logging.getLogger(__name__)
# For so long no other process does what this one has begun.
_LEASE = timedelta(minutes=1)

Notice = tuple[Stored, Callable[[], bool]]
"""The reply that is the cause, and what sends the notice: False where there is no room for it now."""


@dataclass(frozen=True, slots=True)
class Attempted:
    """Does notices one by one, and counts the attempts in ``database``."""

    database: Database
    _owed: Owed = field(default_factory=Owed)

    def each(self, kind: str, notices: Sequence[Notice], now: datetime) -> None:
        """Do each notice of ``kind`` until there is no room; raises the error of an outage."""
        if not notices:
            return
        sending = {due.job(reply.id, kind): send for reply, send in notices}
        until = now + _LEASE
        mine = self.database.write(lambda at: attempts.begin(at, due.NAME, sending, now, until))
        left = [job for job in sending if job in mine]
        while left and self._one(sending[left[0]], left, now):
            left.pop(0)

    def begin_round(self, now: datetime) -> None:
        """Note what an outage kept us from noting; set aside notices that ended their process."""
        self._owed.settle()
        attempts.give_up_lost(self.database, due.NAME, now)

    def _one(self, send: Callable[[], bool], left: Sequence[str], now: datetime) -> bool:
        """Do the first of ``left``; False if it and the others have to wait, which is no attempt."""
        try:
            done = send()
        except Exception as error:
            if is_outage(error):
                self._release(left, now)
                raise
            self._failed(left[0], error, now)
            return True
        if not done:
            self._release(left, now)
        return done

    def _failed(self, job: str, error: Exception, now: datetime) -> None:
        why = reason(error)
        _log.error("a notice failed", extra={"worker": due.NAME, "reason": why}, exc_info=error)
        self._write(lambda found: attempts.fail(found, due.NAME, job, why, now))

    def _release(self, jobs: Sequence[str], now: datetime) -> None:
        self._write(lambda at: attempts.release(at, due.NAME, tuple(jobs), now))

    def _write(self, work: Callable[[Connection], object]) -> None:
        self._owed.write(lambda: self.database.write(work))
