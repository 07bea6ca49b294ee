"""The teller: looks who has to be told of what, and puts the letters into the outbox."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from dialogue.errors import DialogueError
from dialogue.mail.rounds import rounds
from dialogue.moments import now as current
from dialogue.notices import due
from dialogue.notices.dispatcher import Dispatcher
from dialogue.services import Services

_log = logging.getLogger(__name__)
LOOK = timedelta(seconds=1)
TROUBLE = timedelta(seconds=30)


class Teller:
    """Works until cancelled; any number may work on one database."""

    def __init__(self, services: Services, clock: Callable[[], datetime] = current) -> None:
        self._database = services.database
        self._dispatcher = Dispatcher(services)
        self._clock = clock
        self._forgetting = clock()

    async def run(self) -> None:
        """Look every second; after trouble, later."""
        await rounds(lambda: TROUBLE if self._troubled() else LOOK, threading.Event())

    def round(self) -> None:
        """Put every letter that is due into the outbox."""
        now = self._clock()
        self._dispatcher.round(now)
        self._forget(now)

    def _forget(self, now: datetime) -> None:
        if now < self._forgetting:
            return
        self._forgetting = now + timedelta(hours=1)
        self._database.write(due.forget)

    def _troubled(self) -> bool:
        """Work one round; return whether the database or the built site was away."""
        try:
            self.round()
        except SQLAlchemyError as error:
            _log.error("notices wait: no database", extra={"reason": type(error).__name__})
            return True
        except DialogueError as error:
            _log.error("notices wait: no site", extra={"reason": str(error)})
            return True
        return False
