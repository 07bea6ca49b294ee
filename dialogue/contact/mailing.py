"""Messages on their way to whom they are for: one by one, and beyond the limit in a digest.

A message that has no room is stored and marked as not mailed; the digest brings all of those.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from dialogue import moments
from dialogue.contact import letters, store
from dialogue.contact.store import Message
from dialogue.mail import setup
from dialogue.mail.causes import Cause
from dialogue.mail.letter import Letter
from dialogue.mail.limits import Room, digest_is_due
from dialogue.notices.links import Links
from dialogue.services import Services

# Messages in one digest: the next one has the rest.
MOST = 200


def lock(connection: Connection, services: Services) -> None:
    """Keep others from counting mails of messages; before anything else in a transaction."""
    setup.mailer(services).lock(connection, Cause.MESSAGE)


def letters_of(services: Services, message: Message) -> tuple[Letter, ...]:
    """The letters that bring ``message`` to whom it is for; none where no mail is sent."""
    if not setup.sends(services.settings):
        return ()
    about = services.targets.find(message.target) if message.target else None
    links = Links(services.settings.site_url, services.tokens)
    site = services.targets.site
    wanted = letters.recipients(services.settings, about)
    return tuple(letters.brought(to, message, about, site, links) for to in wanted)


def deliver(
    connection: Connection, services: Services, message: Message, found: Sequence[Letter]
) -> None:
    """Put the letters of ``message`` in if there is room, else leave it for the digest."""
    now, mailer = moments.now(), setup.mailer(services)
    to = [letter.to for letter in found]
    if not to or mailer.room(connection, Cause.MESSAGE, to, now) is Room.FREE:
        mailer.put(connection, Cause.MESSAGE, found, now)
        store.mark_mailed(connection, [message.id], now)


def digest(services: Services, now: datetime) -> None:
    """Put in one letter for each recipient with the messages that were not mailed, if it is time."""
    pause = timedelta(minutes=services.settings.mail_digest_minutes)

    def is_due(connection: Connection, oldest: datetime) -> bool:
        return digest_is_due(connection, Cause.MESSAGE_DIGEST, oldest, now, pause)

    def look(connection: Connection) -> tuple[Message, ...]:
        waiting = store.unmailed(connection, 1)
        due = waiting and is_due(connection, waiting[0].created)
        return store.unmailed(connection, MOST) if due else ()

    found = services.database.read(look)
    if not found:
        return
    made = _digests(services, found, now)

    def work(connection: Connection) -> None:
        lock(connection, services)
        same = store.unmailed(connection, MOST) == found
        if same and is_due(connection, found[0].created):
            setup.mailer(services).put(connection, Cause.MESSAGE_DIGEST, made, now)
            store.mark_mailed(connection, [message.id for message in found], now)

    services.database.write(work)


def _digests(services: Services, found: Sequence[Message], now: datetime) -> list[Letter]:
    """A letter for each recipient of these messages."""
    posts = {post.id: post for post in services.targets.all()}
    by: dict[str, list[Message]] = {}
    for message in found:
        for to in letters.recipients(services.settings, posts.get(message.target)):
            by.setdefault(to, []).append(message)
    links, site = Links(services.settings.site_url, services.tokens), services.targets.site
    return [letters.digest(to, those, posts, site, links, now) for to, those in by.items()]
