"""The teller: looks who has to be told of what, and puts the letters into the outbox."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from dialogue.moments import now as current
from dialogue.notices import due
from dialogue.notices.dispatcher import Dispatcher
from dialogue.services import Services
from dialogue.supervision.worker import Worker

LOOK = timedelta(seconds=1)


class Teller:
    """Works round after round; any number may work on one database."""

    def __init__(self, services: Services, clock: Callable[[], datetime] = current) -> None:
        self._database = services.database
        self._dispatcher = Dispatcher(services)
        self._clock = clock
        self._forgetting = clock()

    def worker(self) -> Worker:
        """What the supervisor runs: a look every second."""
        return Worker("notices", self._once)

    def round(self) -> None:
        """Put every letter that is due into the outbox."""
        now = self._clock()
        self._dispatcher.round(now)
        self._forget(now)

    def _once(self) -> timedelta:
        self.round()
        return LOOK

    def _forget(self, now: datetime) -> None:
        if now < self._forgetting:
            return
        self._forgetting = now + timedelta(hours=1)
        self._database.write(due.forget)
