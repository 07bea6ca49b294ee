"""Work in the background, round after round in a thread, that is left to end what it has begun."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from datetime import timedelta

# How long a round may take to end when the service stops: a mail server may just be answering.
GRACE = timedelta(seconds=10)


async def rounds(work: Callable[[], timedelta], stop: threading.Event) -> None:
    """Call ``work`` until cancelled; it returns how long to pause until the next time.

    When cancelled, ``stop`` is set, so that a long round can end early, and the round at hand is
    waited for: what it did is noted before the database is closed.
    """
    running: asyncio.Future[timedelta] | None = None
    try:
        while True:
            running = asyncio.ensure_future(asyncio.to_thread(work))
            pause = await asyncio.shield(running)
            await asyncio.sleep(pause.total_seconds())
    finally:
        stop.set()
        if running is not None and not running.done():
            await asyncio.wait([running], timeout=GRACE.total_seconds())
