"""Answers in pieces: a client that does not read keeps one of them in memory, not all."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_PIECE = 65_536


class Pieces:
    """Sends large bodies piece by piece; the server waits in between until they are taken."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on."""

        async def cut(message: Message) -> None:
            body = message.get("body", b"")
            if len(body) <= _PIECE:
                await send(message)
                return
            for start in range(0, len(body), _PIECE):
                more = message.get("more_body", False) or start + _PIECE < len(body)
                piece = body[start : start + _PIECE]
                await send({**message, "body": piece, "more_body": more})

        await self._app(scope, receive, cut if scope["type"] == "http" else send)
