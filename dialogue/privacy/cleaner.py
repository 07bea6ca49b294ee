"""The cleaner: once an hour it drops what the service promised not to keep."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import Connection

from dialogue import moments, queues, spent
from dialogue.moderation import decisions, throttle
from dialogue.part import Part
from dialogue.privacy import traces
from dialogue.services import Services
from dialogue.supervision.worker import Worker

_PAUSE = timedelta(hours=1)


def clean(services: Services) -> None:
    """Empty old traces of addresses; forget used tokens, tries to sign in and decisions that count no more."""
    now = moments.now()
    oldest = now - timedelta(days=services.settings.address_days)

    def work(connection: Connection) -> None:
        traces.purge(connection, oldest)
        spent.forget(connection, now)
        throttle.forget(connection, now)
        decisions.forget(connection, now)
        queues.forget(connection, now)

    services.database.write(work)


def _workers(services: Services) -> Sequence[Worker]:
    def clean_once() -> timedelta:
        clean(services)
        return _PAUSE

    return [Worker("cleaner", clean_once, leads=True)]


PART = Part(lambda _: (), _workers)
