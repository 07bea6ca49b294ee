"""The postman: takes letters from the outbox to the mail server, in the background.

Only the leader's works, so that two clocks that differ cannot end each other's leases. When the
server is away all letters wait, none is blamed; when it refuses one, that one waits or is given
up, the others go.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from dialogue.database import Database
from dialogue.mail import backoff, outbox
from dialogue.mail.letter import Sender, message
from dialogue.mail.smtp import Connection, RefusedError, Server, UnavailableError
from dialogue.moments import now as current
from dialogue.supervision.outage import OutageError, is_outage, reason
from dialogue.supervision.owed import Owed
from dialogue.supervision.worker import Signals, Worker

_log = logging.getLogger(__name__)
# How long the outbox stays unlooked at when it was empty, and how long what is sent is remembered.
LOOK = timedelta(seconds=1)
# How many letters one round sends at most, and how long a server that is away has its peace.
_AT_ONCE = 100
_LONGEST = timedelta(minutes=5)
REMEMBERED = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Round:
    """What came of one round: letters sent, put off and given up; ``unavailable`` says why it ended."""

    sent: int = 0
    put_off: int = 0
    failed: int = 0
    unavailable: str = ""


class Postman:
    """Sends what is due, round after round."""

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
        self._signals = Signals()
        self._forgetting = clock()
        self._owed = Owed()

    def worker(self) -> Worker:
        """What the supervisor runs; when it stops, only the letter in hand is finished."""
        return Worker("mail", self._once, self._signals, leads=True, longest=_LONGEST)

    def round(self) -> Round:
        """Send letters that are due, over one connection; an outage of the server ends the round."""
        self._owed.settle()
        outbox.give_up_lost(self._database, self._clock())
        done = Round()
        with Connection(self._server) as connection:
            for _ in range(_AT_ONCE):
                ends = self._signals.stop.is_set() or done.unavailable
                leased = None if ends else self._next()
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
        except Exception as error:  # noqa: BLE001 - a verdict on this letter; the others go on
            return self._broken(leased, error)
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

    def _broken(self, leased: outbox.Leased, error: Exception) -> Round:
        if is_outage(error):
            self._note(outbox.release, leased, self._clock())
            raise error
        facts = {"worker": "mail", "reason": reason(error)}
        _log.error("a mail could not be made", extra=facts, exc_info=error)
        self._note(outbox.broken, leased, self._clock(), reason(error))
        return Round(put_off=1)

    def _note(self, note: Callable[..., None], leased: outbox.Leased, *facts: object) -> None:
        write = self._database.write
        self._owed.write(lambda: write(lambda connection: note(connection, leased, *facts)))

    def _once(self) -> timedelta:
        self._forget()
        done = self.round()
        if done.unavailable:
            raise OutageError(f"no mail server: {done.unavailable}")
        return LOOK if done.sent + done.put_off + done.failed < _AT_ONCE else timedelta(0)

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
