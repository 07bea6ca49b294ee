"""What holds for every request and every answer, whichever part it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dialogue.web.security import Kind, headers, kind_of

_Raw = tuple[bytes, bytes]


def _raw(kind: Kind) -> Sequence[_Raw]:
    return [(name.lower().encode(), value.encode()) for name, value in headers(kind).items()]


_RAW = MappingProxyType({kind: _raw(kind) for kind in Kind})
# A text needs no policy of the site, which may be missing; it may run nothing at all.
_TEXT = [each for each in _RAW[Kind.SERVICE] if each[0] == b"content-security-policy"]


class Headers:
    """Adds the security headers that every answer of a kind has, unless it said otherwise.

    Without a kind, it is that of the service at the path.
    """

    def __init__(self, app: ASGIApp, kind: Kind | None = None) -> None:
        self._app, self._kind = app, kind

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with headers."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                kind = self._kind or kind_of(scope["path"])
                message = {**message, "headers": _with(message["headers"], kind)}
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)


def _with(given: Sequence[_Raw], kind: Kind) -> Sequence[_Raw]:
    found = {name.lower(): value for name, value in given}
    added = _RAW[kind]
    if found.get(b"content-type", b"").startswith(b"text/plain"):
        added = [*_TEXT, *added]
    return [*given, *dict(each for each in added if each[0] not in found).items()]


def failed(request: Request, _: Exception) -> Response:
    """The answer to a request that ran into a fault of ours, which the log has."""
    said = "Something went wrong here, and it was noted. Go back, where your text still is."
    return PlainTextResponse(f"{said}\n", 500, headers(kind_of(request.url.path)))


class BodyLimit:
    """Reads no more of a request's body than ``most`` bytes, whatever it says about its length.

    How many bodies may arrive at once, and how slowly, is for the server: dialogue/connections.
    """

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app, self._most = app, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer 413: at once where that length is announced."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = bytearray()
        more, size = True, _announced(scope)
        while more and size <= self._most:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            more, size = message.get("more_body", False), len(body)
        if size > self._most:
            await _too_large(self._most)(scope, receive, send)
            return
        await self._app(scope, _replay(bytes(body), receive), send)


def _announced(scope: Scope) -> int:
    """The Content-Length; 0 where none is given, or one that is no number."""
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value[:20])
    return 0


def _replay(body: bytes, receive: Receive) -> Receive:
    parts: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return parts.pop() if parts else await receive()

    return again


def _too_large(most: int) -> PlainTextResponse:
    # No page can give back what was not read: the browser still has it, one step back.
    said = (
        f"This is more than {most} bytes, too much for a form here. Nothing was sent. "
        "Go back, where your text still is, and make it shorter."
    )
    return PlainTextResponse(said, 413)
