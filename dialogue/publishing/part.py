"""Publishing as a part of the service: it catches up, and calls the hook."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.routing import BaseRoute

from dialogue.part import Part, Worker
from dialogue.publishing.export import Export
from dialogue.publishing.making import hook_of
from dialogue.publishing.publisher import Publishing
from dialogue.services import Services
from dialogue.web.asked import route

_EVERY, _LONGEST = 5.0, 600.0


async def keep_up(publishing: Publishing) -> None:
    """Publish what a failure or a crash has left, less often while it fails, until cancelled."""
    pause = _EVERY
    while True:
        await run_in_threadpool(publishing.warm)
        done = await run_in_threadpool(publishing.catch_up)
        pause = _EVERY if done else min(pause * 2, _LONGEST)
        await asyncio.sleep(pause)


def _routes(services: Services) -> Sequence[BaseRoute]:
    return [route("/export", services.settings, Export(services).answer, "GET")]


def _workers(services: Services) -> Sequence[Worker]:
    publisher = services.store.publisher
    if not isinstance(publisher, Publishing):
        return ()
    return (partial(keep_up, publisher), hook_of(services.settings).run)


PART = Part(_routes, _workers)
