"""The postman: takes letters from the outbox to the mail server, in the background.

Any number may work on one outbox. When the server is away all letters wait, none is blamed; when
it refuses one, that one waits or is given up, the others go.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from dialogue import ids
from dialogue.database import Database
from dialogue.mail import backoff, outbox
from dialogue.mail.letter import Sender, message
from dialogue.mail.rounds import rounds
from dialogue.mail.smtp import Connection, RefusedError, Server, UnavailableError
from dialogue.moments import now as current

_log = logging.getLogger(__name__)
# How long the outbox stays unlooked at when it was empty, and how long what is sent is remembered.
LOOK = timedelta(seconds=1)
REMEMBERED = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Round:
    """What came of one round: letters sent, put off and given up; ``unavailable`` says why it ended."""

    sent: int = 0
    put_off: int = 0
    failed: int = 0
    unavailable: str = ""


class Postman:
    """Sends what is due, again and again until cancelled."""

    def __init__(
        self,
        database: Database,
        server: Server,
        sender: Callable[[], Sender],
        clock: Callable[[], datetime] = current,
    ) -> None:
        self._database = database
        self._server = server
        self._sender = sender
        self._clock = clock
        self._name = ids.new()
        self._forgetting = clock()
        self._failures = 0
        self._stop = threading.Event()

    async def run(self) -> None:
        """Work until cancelled, and then only finish the letter in hand."""
        await rounds(self._once, self._stop)

    def round(self) -> Round:
        """Send every letter that is due, over one connection."""
        done = Round()
        with Connection(self._server) as connection:
            while not self._stop.is_set() and not done.unavailable:
                leased = self._next()
                if leased is None:
                    break
                done = _sum(done, self._deliver(connection, leased))
        return done

    def _next(self) -> outbox.Leased | None:
        now = self._clock()
        if not self._database.read(lambda connection: outbox.waits(connection, now)):
            return None
        return self._database.write(lambda connection: outbox.lease(connection, now))

    def _deliver(self, connection: Connection, leased: outbox.Leased) -> Round:
        try:
            sender = self._sender()
            made = message(leased.letter, sender, leased.message_id, leased.created)
            connection.send(sender.address, leased.letter.to, made.as_bytes())
        except UnavailableError as error:
            self._note(outbox.release, leased, self._clock())
            return Round(unavailable=str(error))
        except RefusedError as error:
            return self._refused(leased, error)
        except ValueError as error:
            return self._failed(leased, f"cannot be made into a message: {error}")
        self._note(outbox.sent, leased, self._clock())
        return Round(sent=1)

    def _refused(self, leased: outbox.Leased, error: RefusedError) -> Round:
        now = self._clock()
        if error.final or backoff.too_old(leased.created, now):
            return self._failed(leased, str(error))
        pause = backoff.pause(leased.attempts + 1, leased.id)
        self._note(outbox.put_off, leased, now + pause, str(error))
        return Round(put_off=1)

    def _failed(self, leased: outbox.Leased, problem: str) -> Round:
        self._note(outbox.failed, leased, self._clock(), problem)
        _log.error("mail given up", extra={"mail": leased.id})
        return Round(failed=1)

    def _note(self, note: Callable[..., None], leased: outbox.Leased, *facts: object) -> None:
        self._database.write(lambda connection: note(connection, leased, *facts))

    def _once(self) -> timedelta:
        """Work one round; return how long to pause: longer and longer while there is trouble."""
        self._failures = self._failures + 1 if self._troubled() else 0
        return backoff.pause(self._failures, self._name) if self._failures else LOOK

    def _troubled(self) -> bool:
        """Work one round; return whether the server or the database was away."""
        try:
            self._forget()
            done = self.round()
        except SQLAlchemyError as error:
            _log.error("mail waits: no database", extra={"reason": type(error).__name__})
            return True
        if done.unavailable:
            _log.warning("mail waits: no mail server", extra={"reason": done.unavailable})
        return bool(done.unavailable)

    def _forget(self) -> None:
        """Once an hour: no need to write to the database every second."""
        now = self._clock()
        if now < self._forgetting:
            return
        self._forgetting = now + timedelta(hours=1)
        self._database.write(lambda connection: outbox.purge(connection, now - REMEMBERED))


def _sum(one: Round, two: Round) -> Round:
    return Round(
        one.sent + two.sent,
        one.put_off + two.put_off,
        one.failed + two.failed,
        two.unavailable,
    )
