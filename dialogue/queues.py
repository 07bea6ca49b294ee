"""The queues of work in the background: what waits in each, and what to do with jobs set aside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from sqlalchemy import ColumnElement, Connection, delete, func, select, update

from dialogue.mail import outbox, setup
from dialogue.mail.tables import outbox as letters
from dialogue.notices import due
from dialogue.publishing import backlog
from dialogue.replies import writing
from dialogue.replies.model import State
from dialogue.replies.tables import replies, threads
from dialogue.settings import Settings
from dialogue.supervision import attempts
from dialogue.supervision.attempts import SetAside
from dialogue.webmention import queue as webmention
from dialogue.webmention.queue import State as Mentioned
from dialogue.webmention.tables import webmentions

# Attempts at jobs that are gone are dropped when they are as old as this.
_OLD = timedelta(days=1)
Counted: TypeAlias = tuple[int, datetime | None]
"""How many jobs wait, and since when the oldest does, where that is known."""


@dataclass(frozen=True, slots=True)
class Load:
    """What lies in a queue: how many jobs could be done now, since when, how many are set aside."""

    queue: str
    waiting: int
    oldest: datetime | None
    set_aside: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A job that was set aside, what it is about, and whether it can be tried again."""

    fact: SetAside
    about: tuple[str, ...]
    again: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """One kind of job: ``count`` says how many wait and since when, ``about`` what one is about.

    ``about`` is None where there is no such job any more. ``dismiss`` gives one up for good.
    """

    name: str
    count: Callable[[Connection, datetime, Settings], Counted]
    about: Callable[[Connection, str], tuple[str, ...] | None]
    dismiss: Callable[[Connection, str, datetime], None]


def loads(connection: Connection, now: datetime, settings: Settings) -> Sequence[Load]:
    """What lies in each queue."""
    aside = attempts.counts(connection)
    counted = ((each.name, each.count(connection, now, settings)) for each in ALL)
    return [Load(name, *count, aside.get(name, 0)) for name, count in counted]


def set_aside(connection: Connection) -> Sequence[Listed]:
    """What was set aside and is still there, the newest first."""
    queues = {queue.name: queue for queue in ALL}
    found = []
    for fact in attempts.listed(connection):
        about = queues[fact.queue].about(connection, fact.job) if fact.queue in queues else None
        if about is not None:
            found.append(Listed(fact, about, _can_be_retried(connection, fact)))
    return found


def retry(connection: Connection, queue: str, job: str) -> None:
    """Have a job tried again, from the first attempt on."""
    attempts.finish(connection, queue, job)
    asked = select(replies.c.target).where(replies.c.id == job)
    if queue == writing.NAME and (target := connection.execute(asked).scalar_one_or_none()):
        writing.count_up(connection, target)


def dismiss(connection: Connection, queue: str, job: str, now: datetime) -> None:
    """Give a job up for good."""
    for each in ALL:
        if each.name == queue:
            each.dismiss(connection, job, now)
            attempts.finish(connection, queue, job)


def forget(connection: Connection, now: datetime) -> None:
    """Drop old attempts at jobs that are gone."""
    queues = {queue.name: queue for queue in ALL}
    for queue, job in attempts.older(connection, now - _OLD):
        if queue not in queues or queues[queue].about(connection, job) is None:
            attempts.finish(connection, queue, job)


def _can_be_retried(connection: Connection, fact: SetAside) -> bool:
    """A letter that the server refused for good has lost its words: it can only be dismissed."""
    if fact.queue != outbox.NAME:
        return True
    state = select(letters.c.state).where(letters.c.id == fact.job)
    return connection.execute(state).scalar_one_or_none() == "waiting"


def _counted(
    connection: Connection, since: ColumnElement[datetime], *conditions: ColumnElement[bool]
) -> Counted:
    query = select(func.count(), func.min(since)).where(*conditions)
    count, oldest = connection.execute(query).one()
    return int(count), oldest


def _webmentions(connection: Connection, now: datetime, _: Settings) -> Counted:
    free = attempts.is_free(webmention.NAME, webmentions.c.id, now)
    mine = webmention.is_due(now), webmention.unleased(now), free
    return _counted(connection, webmentions.c.due, *mine)


def _about_webmention(connection: Connection, job: str) -> tuple[str, ...] | None:
    about = select(webmentions.c.source, webmentions.c.url).where(webmentions.c.id == job)
    return _texts(connection.execute(about).first())


def _dismiss_webmention(connection: Connection, job: str, _: datetime) -> None:
    mine = update(webmentions).where(webmentions.c.id == job)
    connection.execute(mine.values(due=None, lease=None))
    waits = mine.where(webmentions.c.state == Mentioned.WAITING.value)
    connection.execute(waits.values(state=Mentioned.REFUSED.value))


def _mail(connection: Connection, now: datetime, _: Settings) -> Counted:
    return _counted(connection, letters.c.due, *outbox.due(now))


def _about_mail(connection: Connection, job: str) -> tuple[str, ...] | None:
    about = select(letters.c.recipient, letters.c.subject).where(letters.c.id == job)
    return _texts(connection.execute(about).first())


def _dismiss_mail(connection: Connection, job: str, _: datetime) -> None:
    connection.execute(delete(letters).where(letters.c.id == job))


def _notices(connection: Connection, now: datetime, settings: Settings) -> Counted:
    if not setup.sends(settings):
        return 0, None
    return due.waiting(connection, now, moderated=bool(settings.moderators))


def _about_notice(connection: Connection, job: str) -> tuple[str, ...] | None:
    kind, _, reply = job.partition("/")
    found = _about_reply(connection, reply)
    return None if found is None else (kind, *found)


def _dismiss_notice(connection: Connection, job: str, now: datetime) -> None:
    kind, _, reply = job.partition("/")
    due.claim(connection, reply, kind, now)


def _pages(connection: Connection, now: datetime, _: Settings) -> Counted:
    free = attempts.is_free(backlog.NAME, threads.c.target, now)
    newer = threads.c.published < threads.c.version
    return _counted(connection, threads.c.changed, newer, free)


def _about_page(connection: Connection, job: str) -> tuple[str, ...] | None:
    about = select(threads.c.target).where(threads.c.target == job)
    return _texts(connection.execute(about).first())


def _dismiss_page(connection: Connection, job: str, _: datetime) -> None:
    """Leave the page as it is until its replies change again."""
    mine = update(threads).where(threads.c.target == job)
    connection.execute(mine.values(published=threads.c.version))


def _no_replies(_connection: Connection, _now: datetime, _settings: Settings) -> Counted:
    """Replies wait in no queue of their own: they wait with their page."""
    return 0, None


def _about_reply(connection: Connection, job: str) -> tuple[str, ...] | None:
    about = select(replies.c.target, replies.c.author).where(replies.c.id == job)
    return _texts(connection.execute(about).first())


def _dismiss_reply(connection: Connection, job: str, now: datetime) -> None:
    """Reject it: it is not on its page already."""
    writing.decide(connection, job, State.REJECTED, now, "")


def _texts(row: Sequence[object] | None) -> tuple[str, ...] | None:
    return None if row is None else tuple(filter(None, map(str, row)))


ALL = (
    Queue(webmention.NAME, _webmentions, _about_webmention, _dismiss_webmention),
    Queue(outbox.NAME, _mail, _about_mail, _dismiss_mail),
    Queue(due.NAME, _notices, _about_notice, _dismiss_notice),
    Queue(backlog.NAME, _pages, _about_page, _dismiss_page),
    Queue(writing.NAME, _no_replies, _about_reply, _dismiss_reply),
)
"""Every queue there is."""
