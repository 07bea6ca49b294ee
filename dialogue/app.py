"""The web application: its parts below ``/dialogue``, the rules that hold for every answer."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount

from dialogue.logs import Requests
from dialogue.migrate import migrate
from dialogue.part import Worker
from dialogue.parts import PARTS
from dialogue.replies.store import Publisher
from dialogue.services import Services, services
from dialogue.settings import Settings
from dialogue.web.guards import BodyLimit, Headers, failed

MOUNT = "/dialogue"
# Requests that may wait for the database, or for Akismet, at a time.
_THREADS = 40


def create_app(settings: Settings, publisher: Publisher | None = None) -> Starlette:
    """The application for ``settings``; its database is brought up to date when it starts.

    It answers below ``/dialogue/``. Raises DialogueError.
    """
    return app_of(services(settings, publisher))


def app_of(given: Services) -> Starlette:
    """The application made of services that exist already."""
    routes = [route for part in PARTS for route in part.routes(given)]
    workers = [worker for part in PARTS for worker in part.workers(given)]

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="request")
        asyncio.get_running_loop().set_default_executor(pool)
        await asyncio.to_thread(migrate, given.database)
        async with _running(workers):
            yield
        given.database.close()

    app = Starlette(
        routes=[Mount(MOUNT, routes=routes)],
        middleware=[
            Middleware(Requests),
            Middleware(Headers),
            Middleware(BodyLimit, most=given.settings.body_limit),
        ],
        exception_handlers={Exception: failed},
        lifespan=lifespan,
    )
    app.state.services = given
    given.pages.warm()
    return app


@contextlib.asynccontextmanager
async def _running(workers: list[Worker]) -> AsyncIterator[None]:
    """Run ``workers``; one that fails takes the service down, so that somebody notices."""
    async with asyncio.TaskGroup() as tasks:
        running = [tasks.create_task(_run(worker)) for worker in workers]
        yield
        for task in running:
            task.cancel()


async def _run(worker: Worker) -> None:
    await worker()
