"""What was asked of us: one request as a value, and handlers that answer it in a thread."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias
from urllib.parse import parse_qsl

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from dialogue.errors import DialogueError
from dialogue.settings import Settings
from dialogue.web import origin
from dialogue.web.address import Address, visitor
from dialogue.web.origin import Source

_log = logging.getLogger(__name__)
_FORM = "application/x-www-form-urlencoded"
_MOST_FIELDS = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: the first value of each form and query field, path parameters, who and whence.

    ``headers`` has lower-case names. ``address`` is the visitor's, None where it is not known.
    """

    form: Mapping[str, str] = field(hash=False)
    query: Mapping[str, str] = field(hash=False)
    params: Mapping[str, str] = field(hash=False)
    headers: Mapping[str, str] = field(hash=False)
    address: Address | None
    source: Source

    @property
    def wants_json(self) -> bool:
        """Whether a script asked, not a person's browser."""
        return "application/json" in self.headers.get("accept", "")


Handler: TypeAlias = Callable[[Asked], Response]


class _UnreadableError(Exception):
    """The body is no form that can be read here; ``status`` says why to machines."""

    def __init__(self, status: int, message: str) -> None:
        self.status = status
        super().__init__(message)


def route(path: str, settings: Settings, handler: Handler, *methods: str) -> Route:
    """The route for ``handler``, which is called in a thread: it may wait for the database."""
    return Route(path, _Endpoint(settings, handler), methods=methods)


@dataclass(frozen=True, slots=True)
class _Endpoint:
    """Answers the requests of one route: an application of its own, as nothing need be around it."""

    settings: Settings
    handler: Handler

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        response = await self._answer(Request(scope, receive))
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        try:
            asked = _asked(request, await request.body(), self.settings)
        except _UnreadableError as error:
            return PlainTextResponse(str(error), error.status)
        try:
            response = await asyncio.to_thread(self.handler, asked)
        except (SQLAlchemyError, DialogueError) as error:
            _log.error("a request failed", exc_info=error)
            response = _unavailable(asked, request.method)
        if request.method == "POST":
            response.headers.setdefault("Vary", f"Accept, {origin.VARY}")
        return response


def _unavailable(asked: Asked, method: str) -> Response:
    """The answer while the database or the site is away: nothing typed is lost.

    It is plain text, as a page needs the site, and in English, as no language is known.
    """
    if method != "POST":
        said = "This cannot be shown just now. Try again in a while."
    else:
        said = "This cannot be stored just now. Nothing was sent. Try again in a while."
    if asked.wants_json:
        return JSONResponse({"faults": {"form": said}}, 503)
    typed = asked.form.get("text", "")
    kept = f"{said}\n\nThis is what you wrote:\n\n{typed}\n" if typed else f"{said}\n"
    return PlainTextResponse(kept, 503, {"Retry-After": "60"})


def _asked(request: Request, body: bytes, settings: Settings) -> Asked:
    headers = dict(request.headers.items())  # their names are in lower case (ASGI)
    peer = request.client.host if request.client else None
    forwarded = request.headers.getlist("x-forwarded-for")
    return Asked(
        form=_form(headers.get("content-type", ""), body),
        query=MappingProxyType(dict(request.query_params)),
        params=MappingProxyType(dict(request.path_params)),
        headers=MappingProxyType(headers),
        address=visitor(peer, forwarded, settings.trusted_proxies),
        source=origin.source(headers, settings.site_url),
    )


def _form(content_type: str, body: bytes) -> Mapping[str, str]:
    if not body:
        return MappingProxyType({})
    if content_type.partition(";")[0].strip().lower() != _FORM:
        raise _UnreadableError(415, f"Send the form as {_FORM}.")
    try:
        text = body.decode("ascii")
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise _UnreadableError(400, "This is no form that can be read here.") from error
    return MappingProxyType(dict(_first(pairs)))


def _first(pairs: Sequence[tuple[str, str]]) -> Sequence[tuple[str, str]]:
    """The pairs from the last to the first, so that in a mapping the first of a name stays."""
    return pairs[::-1]
