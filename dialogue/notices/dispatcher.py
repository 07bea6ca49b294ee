"""Letters that are due, put into the outbox as far as their causes leave room."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection

from dialogue.contact import mailing
from dialogue.mail import setup
from dialogue.mail.address import AddressError, inbox, parsed
from dialogue.mail.causes import Cause
from dialogue.mail.letter import Letter
from dialogue.mail.limits import Room, digest_is_due
from dialogue.notices import due, letters
from dialogue.notices.attempted import Attempted
from dialogue.notices.links import Links
from dialogue.replies.model import Stored
from dialogue.services import Services

# Replies in one digest that are shown; of the rest it says how many there are.
_SHOWN = 50


class Dispatcher:
    """Puts letters into the outbox for one application; any number may work on one database."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._settings = services.settings
        self._database = services.database
        self._links = Links(services.settings.site_url, services.tokens)
        self._mailer = setup.mailer(services)
        self._attempted = Attempted(services.database)

    def round(self, now: datetime) -> None:
        """Put in every letter that is due and has room."""
        self._attempted.begin_round(now)
        if self._settings.moderators:
            self._waiting(now)
            self._waiting_digest(now)
        self._confirmations(now)
        self._answers(now)
        mailing.digest(self._services, now)

    def _waiting(self, now: datetime) -> None:
        if self._is_full(Cause.WAITING, now):
            return
        found = self._database.read(lambda at: due.held(at, now))
        sending = [(reply, partial(self._held, reply, now)) for reply in found]
        self._attempted.each("held", sending, now)

    def _held(self, reply: Stored, now: datetime) -> bool:
        """Tell each moderator of ``reply``; False if there is no room for that."""
        post, site = self._services.targets.find(reply.target), self._services.targets.site
        wanted = self._settings.moderators if post else ()
        found = [letters.held(to, reply, post, site, self._links) for to in wanted if post]

        def work(connection: Connection) -> bool:
            self._mailer.lock(connection, Cause.WAITING)
            room = self._mailer.room(connection, Cause.WAITING, wanted, now)
            if wanted and room is not Room.FREE:
                return False
            if due.claim(connection, reply.id, "held", now):
                self._mailer.put(connection, Cause.WAITING, found, now)
            return True

        return self._database.write(work)

    def _waiting_digest(self, now: datetime) -> None:
        """One letter to each moderator about all replies that there was no room for."""
        pause = timedelta(minutes=self._settings.mail_digest_minutes)

        def is_due(connection: Connection) -> bool:
            found = due.held(connection, now, 1)
            return bool(found) and digest_is_due(
                connection, Cause.WAITING_DIGEST, found[0].created, now, pause
            )

        if not self._database.read(is_due):
            return
        posts, site = (
            {post.id: post for post in self._services.targets.all()},
            self._services.targets.site,
        )

        def work(connection: Connection) -> None:
            self._mailer.lock(connection, Cause.WAITING)
            if not is_due(connection):
                return
            first = due.held(connection, now, _SHOWN)
            count = due.claim_held(connection, now)
            made = [
                letters.held_digest(to, first, count, posts, site, self._links, now)
                for to in self._settings.moderators
            ]
            self._mailer.put(connection, Cause.WAITING_DIGEST, made, now)

        self._database.write(work)

    def _confirmations(self, now: datetime) -> None:
        if self._is_full(Cause.CONFIRM, now):
            return
        found = self._database.read(lambda at: due.unconfirmed(at, now))
        sending = [(reply, partial(self._confirm, reply, now)) for reply in found]
        self._attempted.each("confirm", sending, now)

    def _confirm(self, reply: Stored, now: datetime) -> bool:
        """Ask whether the address is right, once; False if the total leaves no room now.

        Beyond the limit of an inbox or a network nothing is asked, then or later: somebody types
        in addresses of others.
        """
        letter = self._request(reply)

        def work(connection: Connection) -> bool:
            self._mailer.lock(connection, Cause.CONFIRM)
            room = self._room(connection, letter, reply, now) if letter else None
            if room is Room.TOTAL:
                return False
            if due.claim(connection, reply.id, "confirm", now) and letter and room is Room.FREE:
                self._mailer.put(connection, Cause.CONFIRM, [letter], now, reply.address)
            return True

        return self._database.write(work)

    def _room(
        self, connection: Connection, letter: Letter, reply: Stored, now: datetime
    ) -> Room | None:
        """The room for a letter that asks; None where the inbox wants no mail from us."""
        if due.is_silenced(connection, *self._links.marks(letter.to)):
            return None
        network = reply.address or ""
        return self._mailer.room(connection, Cause.CONFIRM, [letter.to], now, network)

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

    def _answers(self, now: datetime) -> None:
        if self._is_full(Cause.ANSWER, now):
            return
        found = self._database.read(lambda at: due.answers(at, now))
        sending = [(reply, partial(self._answered, parent, reply, now)) for parent, reply in found]
        self._attempted.each("answer", sending, now)

    def _answered(self, parent: Stored, answer: Stored, now: datetime) -> bool:
        """Tell the writer of ``parent``, once; False if the total leaves no room now."""
        post, site = self._services.targets.find(parent.target), self._services.targets.site
        to = parent.email or ""
        silent = (*self._links.marks(to), parent.id)

        def work(connection: Connection) -> bool:
            self._mailer.lock(connection, Cause.ANSWER)
            left = self._mailer.left(connection, Cause.ANSWER, to, now)
            unwanted = _same_inbox(parent, answer) or due.is_silenced(connection, *silent)
            wanted = bool(left) and not unwanted
            if wanted and self._mailer.is_full(connection, Cause.ANSWER, now):
                return False
            if due.claim(connection, answer.id, "answer", now) and wanted and post:
                letter = letters.answered(parent, answer, post, site, self._links, last=left == 1)
                self._mailer.put(connection, Cause.ANSWER, [letter], now)
            return True

        return self._database.write(work)

    def _is_full(self, cause: Cause, now: datetime) -> bool:
        """Asked first, so that nobody is kept from writing while there is no room."""
        return self._database.read(lambda found: self._mailer.is_full(found, cause, now))


def _same_inbox(one: Stored, two: Stored) -> bool:
    return bool(one.email and two.email) and inbox(one.email or "") == inbox(two.email or "")
