"""The teller: looks who has to be told of what, and puts the letters into the outbox."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from dialogue.errors import DialogueError
from dialogue.mail import outbox, setup
from dialogue.mail.address import AddressError, inbox, parsed
from dialogue.mail.letter import Letter
from dialogue.mail.rounds import rounds
from dialogue.moments import now as current
from dialogue.notices import due, guard, letters
from dialogue.notices.links import Links
from dialogue.replies.model import Stored
from dialogue.services import Services

_log = logging.getLogger(__name__)
LOOK = timedelta(seconds=1)
TROUBLE = timedelta(seconds=30)
# More replies an hour than that are told of in one letter.
HOURLY = 30


class Teller:
    """Works until cancelled; any number may work on one database."""

    def __init__(self, services: Services, clock: Callable[[], datetime] = current) -> None:
        self._services = services
        self._settings = services.settings
        self._database = services.database
        self._links = Links(services.settings.site_url, services.tokens)
        self._domain = setup.domain(services.settings)
        self._clock = clock
        self._forgetting = clock()

    async def run(self) -> None:
        """Look every second; after trouble, later."""
        await rounds(lambda: TROUBLE if self._troubled() else LOOK, threading.Event())

    def round(self) -> None:
        """Put every letter that is due into the outbox."""
        now = self._clock()
        for reply in self._database.read(due.held) if self._settings.moderators else ():
            self._held(reply, now)
        for reply in self._database.read(lambda found: due.unconfirmed(found, now)):
            self._confirm(reply, now)
        for parent, answer in self._database.read(lambda found: due.answers(found, now)):
            self._answered(parent, answer, now)
        self._forget(now)

    def _held(self, reply: Stored, now: datetime) -> None:
        post, site = self._services.targets.find(reply.target), self._services.targets.site
        found: list[Letter] = []
        many = self._told_lately(now) >= HOURLY
        for to in self._settings.moderators:
            if many:
                found.append(letters.more_held(to, f"{now:%Y-%m-%dT%H}", site, self._links))
            elif post is not None:
                found.append(letters.held(to, reply, post, site, self._links))
        self._tell(reply, "held", found, now)

    def _told_lately(self, now: datetime) -> int:
        since = now - timedelta(hours=1)
        return self._database.read(lambda found: due.told_since(found, "held", since))

    def _confirm(self, reply: Stored, now: datetime) -> None:
        letter = self._request(reply)
        mark = self._links.mark(reply.email or "")

        def may(connection: Connection) -> bool:
            unwanted = due.is_silenced(connection, mark)
            return not unwanted and guard.admit(connection, mark, reply.address or "", now)

        self._tell(reply, "confirm", [letter] if letter else [], now, may)

    def _request(self, reply: Stored) -> Letter | None:
        """The letter that asks; None where there is no such post or no such address."""
        post, site = self._services.targets.find(reply.target), self._services.targets.site
        try:
            parsed(reply.email or "")
        except AddressError:
            return None
        publishes = self._settings.moderation == "first" and self._database.read(
            lambda found: due.trusted(found, reply)
        )
        if post is None:
            return None
        return letters.confirm(reply, post, site, self._links, publishes=publishes)

    def _answered(self, parent: Stored, answer: Stored, now: datetime) -> None:
        post, site = self._services.targets.find(parent.target), self._services.targets.site
        found = [] if post is None else [letters.answered(parent, answer, post, site, self._links)]
        mark = self._links.mark(parent.email or "")

        def may(connection: Connection) -> bool:
            unwanted = due.is_silenced(connection, mark, parent.id)
            return not unwanted and not _same_inbox(parent, answer)

        self._tell(answer, "answer", found, now, may)

    def _tell(
        self,
        reply: Stored,
        kind: str,
        found: list[Letter],
        now: datetime,
        may: Callable[[Connection], bool] = lambda _: True,
    ) -> None:
        """Put the letters in if they ``may`` be sent; either way, this is done with."""

        def work(connection: Connection) -> None:
            if due.claim(connection, reply.id, kind, now) and found and may(connection):
                for letter in found:
                    outbox.put(connection, letter, self._domain, now)

        self._database.write(work)

    def _forget(self, now: datetime) -> None:
        if now < self._forgetting:
            return
        self._forgetting = now + timedelta(hours=1)

        def work(connection: Connection) -> None:
            guard.forget(connection, now)
            due.forget(connection)

        self._database.write(work)

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


def _same_inbox(one: Stored, two: Stored) -> bool:
    return bool(one.email and two.email) and inbox(one.email or "") == inbox(two.email or "")
