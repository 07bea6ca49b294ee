"""What holds for every request and every answer, whichever part it belongs to."""

from __future__ import annotations

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Pages of the service run no script but the site's own, are framed by nobody and kept nowhere. A
# referrer is sent to ourselves: `no-referrer` would make browsers send forms with `Origin: null`.
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
_RAW = [(name.lower().encode(), value.encode()) for name, value in _HEADERS.items()]


class Headers:
    """Adds the headers that every answer has, unless its own part said otherwise."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with headers."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = {name.lower() for name, _ in message["headers"]}
                added = [header for header in _RAW if header[0] not in said]
                message = {**message, "headers": [*message["headers"], *added]}
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)


class BodyLimit:
    """Reads no more of a request's body than ``most`` bytes, whatever it says about its length."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app, self._most = app, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer 413 when the body turns out to be too large."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = bytearray()
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > self._most:
                await _too_large(self._most)(scope, receive, send)
                return
        await self._app(scope, _replay(bytes(body), receive), send)


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
    return PlainTextResponse(said, 413, {"Connection": "close"})
