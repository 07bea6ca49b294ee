"""The web application: its parts below ``/dialogue``, the rules that hold for every answer."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount

from dialogue import health
from dialogue.logs import Requests
from dialogue.migrate import migrate
from dialogue.parts import PARTS
from dialogue.replies.store import Publisher
from dialogue.services import Services, services
from dialogue.settings import Settings
from dialogue.supervision.leader import leader_of
from dialogue.supervision.supervisor import Supervisor
from dialogue.web.guards import BodyLimit, Headers, failed

_log = logging.getLogger(__name__)
MOUNT = "/dialogue"
# Requests that may wait for the database, or for Akismet, at a time.
_THREADS = 40


def create_app(
    settings: Settings, publisher: Publisher | None = None, died: Callable[[], None] | None = None
) -> Starlette:
    """The application for ``settings``; its database is brought up to date when it starts.

    It answers below ``/dialogue/``. ``died`` is called when its work in the background cannot go
    on: the process has to end then, as nothing but requests would be served. Raises DialogueError.
    """
    return app_of(services(settings, publisher), died)


def app_of(given: Services, died: Callable[[], None] | None = None) -> Starlette:
    """The application made of services that exist already."""
    # A replica never stands for leader: what the leader does is done where the pages are.
    every = [worker for part in PARTS for worker in part.workers(given)]
    workers = [worker for worker in every if given.settings.publish or not worker.leads]
    supervisor = Supervisor(workers, leader_of(given.database), died or _only_logged)
    routes = [route for part in PARTS for route in part.routes(given)]

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="request")
        asyncio.get_running_loop().set_default_executor(pool)
        await asyncio.to_thread(migrate, given.database)
        supervisor.start()
        try:
            yield
        finally:
            await asyncio.to_thread(supervisor.stop)
            given.database.close()

    app = Starlette(
        routes=[Mount(MOUNT, routes=[*health.routes(given, supervisor), *routes])],
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


def _only_logged() -> None:
    """Where the application is embedded, the process is somebody else's to end."""
    _log.critical("work in the background has ended; start the service again")
