"""The cleaner: once an hour it drops what the service promised not to keep."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from dialogue import moments, spent
from dialogue.moderation import throttle
from dialogue.part import Part, Worker
from dialogue.privacy import traces
from dialogue.services import Services

_log = logging.getLogger(__name__)
_PAUSE = timedelta(hours=1)


def clean(services: Services) -> None:
    """Empty old traces of addresses; forget used tokens and tries to sign in that count no more."""
    now = moments.now()
    oldest = now - timedelta(days=services.settings.address_days)

    def work(connection: Connection) -> None:
        traces.purge(connection, oldest)
        spent.forget(connection, now)
        throttle.forget(connection, now)

    services.database.write(work)


def _workers(services: Services) -> Sequence[Worker]:
    async def run() -> None:
        while True:
            try:
                await asyncio.to_thread(clean, services)
            except SQLAlchemyError as error:  # tried again in an hour; replies are not held up
                _log.error("cleaning waits: no database", extra={"reason": type(error).__name__})
            await asyncio.sleep(_PAUSE.total_seconds())

    return [run]


PART = Part(lambda _: (), _workers)
