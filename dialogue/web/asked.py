"""What was asked of us: one request as a value, and handlers that answer it in a thread."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias
from urllib.parse import parse_qsl

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from dialogue import boundary
from dialogue.errors import DialogueError, OutOfBoundsError
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


class _RefusedError(Exception):
    """The request cannot be taken as it is; ``status`` says why to machines, ``field`` where."""

    def __init__(self, status: int, message: str, field: str = "form") -> None:
        self.status, self.field = status, field
        super().__init__(message)


def route(
    path: str, settings: Settings, handler: Handler, *methods: str, any_body: bool = False
) -> Route:
    """The route for ``handler``, which is called in a thread: it may wait for the database.

    With ``any_body`` a body that is no form of ours is passed over, where others answer 415.
    """
    return Route(path, _Endpoint(settings, handler, any_body), methods=methods)


@dataclass(frozen=True, slots=True)
class _Endpoint:
    """Answers the requests of one route: an application of its own, as nothing need be around it."""

    settings: Settings
    handler: Handler
    any_body: bool

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        response = await asyncio.to_thread(self._answer, request, await request.body())
        await response(scope, receive, send)

    def _answer(self, request: Request, body: bytes) -> Response:
        try:
            asked = self._asked(request, body)
        except _RefusedError as error:
            return _refusal(error, request)
        try:
            response = self.handler(asked)
        except OutOfBoundsError as error:
            said = f"{error}. Nothing was sent."
            return _refusal(_RefusedError(422, said, error.field), request)
        except (SQLAlchemyError, DialogueError) as error:
            _log.error("a request failed", exc_info=error)
            response = _unavailable(asked, request.method)
        if request.method == "POST":
            response.headers.setdefault("Vary", f"Accept, {origin.VARY}")
        return response

    def _asked(self, request: Request, body: bytes) -> Asked:
        """The request behind the boundary: all that handlers see of it; raises _RefusedError."""
        headers = _headers(request)
        peer = request.client.host if request.client else None
        forwarded = request.headers.getlist("x-forwarded-for")
        return Asked(
            form=_form(headers.get("content-type", ""), body, any_body=self.any_body),
            query=_fields(request.scope["query_string"]),
            params=_params(request),
            headers=headers,
            address=visitor(peer, forwarded, self.settings.trusted_proxies),
            source=origin.source(headers, self.settings.site_url),
        )


def _refusal(error: _RefusedError, request: Request) -> Response:
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"faults": {error.field: str(error)}}, error.status)
    return PlainTextResponse(f"{error}\n", error.status)


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


def _headers(request: Request) -> Mapping[str, str]:
    """The headers by name in lower case (ASGI); several of one name are joined (RFC 9110, 5.3)."""
    found: dict[str, str] = {}
    for name, value in request.headers.items():
        found[name] = f"{found[name]}, {value}" if name in found else value
    try:
        return MappingProxyType({name: boundary.received(found[name]) for name in found})
    except boundary.TooLongError as error:
        raise _RefusedError(431, f"A header {error}.") from error


def _params(request: Request) -> Mapping[str, str]:
    """The parameters of the path; one that is no text as it stands names nothing here."""
    found = {name: str(value) for name, value in request.path_params.items()}
    if any(
        len(text) > boundary.LINE or boundary.wellformed(text) != text for text in found.values()
    ):
        raise _RefusedError(404, "There is nothing at this address.")
    return MappingProxyType(found)


def _form(content_type: str, body: bytes, *, any_body: bool) -> Mapping[str, str]:
    if body and content_type.partition(";")[0].strip().lower() == _FORM:
        return _fields(body)
    if body and not any_body:
        raise _RefusedError(415, f"Send the form as {_FORM}.")
    return MappingProxyType({})


def _fields(data: bytes) -> Mapping[str, str]:
    """The fields of a form or a query, the first of each name; raises _RefusedError."""
    try:
        text = data.decode("ascii")
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise _RefusedError(400, "This is no form that can be read here.") from error
    return MappingProxyType(dict(_received(reversed(pairs))))


def _received(pairs: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    for name, value in pairs:
        try:
            yield boundary.received(name), boundary.received(value, boundary.limit_of(name))
        except boundary.TooLongError as error:
            said = f"{name[:80]}: {error}. Nothing was sent. Go back and make it shorter."
            raise _RefusedError(
                422, boundary.wellformed(said), boundary.wellformed(name[:80])
            ) from error
