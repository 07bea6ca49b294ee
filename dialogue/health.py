"""How the service is, for whatever watches over it: alive, ready to take a reply, at work.

``/dialogue/health/live`` says that the process answers. ``/dialogue/health`` says whether a reply can
be stored, how each worker is and what lies in each queue; ``/dialogue/metrics`` says the same to
Prometheus. None of them says why something fails: that is in the log, and for moderators.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from dialogue import metrics, moments, queues, storing
from dialogue.queues import Load
from dialogue.services import Services
from dialogue.supervision.state import State, Status
from dialogue.supervision.supervisor import Supervisor

_log = logging.getLogger(__name__)
# However often it is asked, the database is tried once in that time, by one thread.
_FRESH_SECONDS = 1.0
_PATIENCE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Health:
    """``stores``: a reply can be stored. ``loads`` is empty where the database does not answer."""

    stores: bool
    workers: Sequence[Status]
    loads: Sequence[Load]

    @property
    def status(self) -> str:
        """``ok``; ``degraded`` where replies are taken and some work fails; ``failing``."""
        if not self.stores:
            return "failing"
        bad = any(worker.state in (State.FAILING, State.STUCK) for worker in self.workers)
        return "degraded" if bad else "ok"


class Probe:
    """Tries to store a reply, and counts what lies in the queues; never twice at once."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="health")
        self._running: Future[Sequence[Load] | None] | None = None
        self._began = 0.0

    async def loads(self) -> Sequence[Load] | None:
        """What lies in the queues; None where no reply can be stored."""
        if self._running is None or (self._running.done() and self._is_old()):
            self._began = time.monotonic()
            self._running = self._pool.submit(self._try)
        try:
            # Of the pool, not of a loop: whoever asks waits for it in a loop of their own.
            waiting = asyncio.shield(asyncio.wrap_future(self._running))
            return await asyncio.wait_for(waiting, _PATIENCE_SECONDS)
        except TimeoutError:
            return None

    def _is_old(self) -> bool:
        return time.monotonic() - self._began >= _FRESH_SECONDS

    def _try(self) -> Sequence[Load] | None:
        database, settings = self._services.database, self._services.settings
        try:
            storing.store_and_forget(database)
            return database.read(lambda found: queues.loads(found, moments.now(), settings))
        except Exception as error:  # noqa: BLE001 - whatever it is, no reply can be stored
            _log.error("no reply can be stored", extra={"reason": type(error).__name__})
            return None


def routes(services: Services, supervisor: Supervisor) -> Sequence[BaseRoute]:
    """The pages of health and metrics."""
    probe = Probe(services)

    async def found() -> Health:
        loads = await probe.loads()
        return Health(loads is not None, supervisor.statuses(), loads or ())

    async def live(_: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def ready(_: Request) -> Response:
        health = await found()
        return JSONResponse(_as_json(health), 200 if health.stores else 503)

    async def measured(request: Request) -> Response:
        if not _may_measure(services, request):
            return PlainTextResponse("Not found\n", 404)
        health = await found()
        said = metrics.text(health.stores, health.workers, health.loads, moments.now())
        return PlainTextResponse(said, 200, media_type=metrics.MEDIA_TYPE)

    return [
        Route("/health", ready, methods=["GET"]),
        Route("/health/live", live, methods=["GET"]),
        Route("/metrics", measured, methods=["GET"]),
    ]


def _may_measure(services: Services, request: Request) -> bool:
    """Whether the request has the token; without one in the settings nobody may."""
    wanted = services.settings.metrics_token
    shown = request.headers.get("authorization", "")
    return bool(wanted) and hmac.compare_digest(shown.encode(), f"Bearer {wanted}".encode())


def _as_json(health: Health) -> dict[str, object]:
    now = moments.now()
    return {
        "status": health.status,
        "stores_replies": health.stores,
        "workers": {
            worker.name: {
                "state": worker.state.value,
                "seconds_since_round": worker.seconds,
                "failures_in_a_row": worker.failures,
            }
            for worker in health.workers
        },
        "queues": {
            load.queue: {
                "waiting": load.waiting,
                "oldest_seconds": metrics.age(load.oldest, now),
                "set_aside": load.set_aside,
            }
            for load in health.loads
        },
    }
