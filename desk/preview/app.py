"""The web application of the preview: the built site, and below ``/_desk/`` what keeps it live."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route
from starlette.types import ASGIApp

from desk.preview import pages
from desk.preview.board import Board, State
from desk.preview.hosts import OwnHost
from desk.preview.talk import Both
from dialogue.hosting import files
from dialogue.hosting.headers import read_rules
from dialogue.hosting.media_types import media_type

_STATIC = Path(__file__).parent / "static"
# Nothing is kept by the browser: what it shows is what was built last. And a wrong type is to be
# seen here, not first on a host that sends this header too.
_FRESH = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
_NONE: Mapping[str, str] = MappingProxyType({})


def preview(
    folder: Path, board: Board, bind: str, service: ASGIApp | None = None, url: str = ""
) -> ASGIApp:
    """The application that serves the site built into ``folder``; ``bind`` is its address.

    ``service`` answers below ``/dialogue`` and knows the site as ``url``.
    """
    desk = _Desk(folder, board)
    site = Starlette(
        routes=[
            Route("/_desk/events", desk.events),
            Route("/_desk/problems", desk.problems),
            Route("/_desk/{name}", desk.static),
            Route("/{path:path}", desk.page),
        ],
    )
    return OwnHost(site if service is None else Both(site, service, url, board), bind)


@dataclass(frozen=True, slots=True)
class _Desk:
    folder: Path
    board: Board

    async def events(self, _: Request) -> Response:
        """Server-sent events: the state now, and each that follows."""
        headers = {**_FRESH, "content-type": "text/event-stream; charset=utf-8"}
        return StreamingResponse(_events(self.board), headers=headers)

    async def problems(self, _: Request) -> Response:
        return HTMLResponse(pages.problems(self.board.state), headers=_FRESH)

    async def static(self, request: Request) -> Response:
        found = files.find(_STATIC, request.path_params["name"])
        return Response(status_code=404) if found is None else _file(found)

    async def page(self, request: Request) -> Response:
        state = await self.board.ready()
        return await run_in_threadpool(self._answer, request, state)

    def _answer(self, request: Request, state: State) -> Response:
        if not state.revision:
            return HTMLResponse(pages.nothing_yet(state), 500, headers=_FRESH)
        inside = _below(state.base, request.path_params["path"])
        if inside is None:
            return _redirect(f"{state.base}/", request)
        found = files.find(self.folder, inside)
        if found is None:
            return self._missing(request, state)
        if found.slash:
            return _redirect(f"{state.base}/{found.name.removesuffix('index.html')}", request)
        own = read_rules(self.folder).of(request.url.path)
        return _page(found, state, own) if _is_html(found) else _file(found, own)

    def _missing(self, request: Request, state: State) -> Response:
        own = files.find(self.folder, "404.html")
        if own is None:
            return HTMLResponse(pages.missing(state), 404, headers=_FRESH)
        return _page(own, state, read_rules(self.folder).of(request.url.path), 404)


async def _events(board: Board) -> AsyncIterator[str]:
    yield "retry: 1000\n\n"
    async for state in board.follow():
        yield f"data: {state.to_json()}\n\n"


def _below(base: str, path: str) -> str | None:
    """``path`` as seen from ``base``, or None if it is not below it; only ``base`` has a slash."""
    whole = f"/{path}"
    if not base or whole.startswith(f"{base}/"):
        return whole.removeprefix(base)
    return None


def _is_html(found: files.Found) -> bool:
    return media_type(found.name).startswith("text/html")


def _page(found: files.Found, state: State, own: Mapping[str, str], status: int = 200) -> Response:
    headers = {**own, **_FRESH}
    return HTMLResponse(pages.live(found.path.read_bytes(), state), status, headers=headers)


def _file(found: files.Found, own: Mapping[str, str] = _NONE) -> Response:
    headers = {"content-type": media_type(found.name), **own, **_FRESH}
    return FileResponse(found.path, headers=headers)


def _redirect(path: str, request: Request) -> Response:
    """To ``path`` of this site; as it begins with one slash, never to another."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(quote(path) + query, 307, headers=_FRESH)
