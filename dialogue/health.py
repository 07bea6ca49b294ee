"""``/dialogue/health``: whether the service can take a reply, for whatever watches over it."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from dialogue.errors import DialogueError
from dialogue.part import Part
from dialogue.services import Services


def _routes(services: Services) -> Sequence[BaseRoute]:
    async def health(_: Request) -> Response:
        try:
            await run_in_threadpool(services.database.check)
        except DialogueError:  # the reason is for `doctor`, not for everybody
            return JSONResponse({"status": "failing"}, 503)
        return JSONResponse({"status": "ok"})

    return [Route("/health", health, methods=["GET"])]


PART = Part(_routes)
