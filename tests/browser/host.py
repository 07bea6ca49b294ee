"""A built site at a host for tests, which remembers what it was asked for."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dialogue.hosting.site import Site
from tests.waiting import until


@dataclass(frozen=True, slots=True)
class Request:
    """One request as the host saw it, and how many bytes of body it was answered with."""

    path: str
    purpose: str
    size: int


@dataclass(slots=True)
class Host:
    """Where the site is, and every request so far."""

    address: str
    requests: list[Request] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Counted:
    """Writes down every request that the application answers."""

    app: ASGIApp
    seen: list[Request]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        size = 0

        async def count(message: Message) -> None:
            nonlocal size
            size += len(message.get("body", b""))
            await send(message)

        await self.app(scope, receive, count)
        purpose = Headers(scope=scope).get("sec-purpose", "")
        self.seen.append(Request(scope["path"], purpose, size))


@contextmanager
def hosting(folder: Path, base: str = "") -> Iterator[Host]:
    """Serve the site built into ``folder`` at 127.0.0.1, below the path ``base``."""
    seen: list[Request] = []
    app = _Counted(Site(folder, base), seen)
    config = uvicorn.Config(app, port=0, http="h11", ws="none", lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        until(lambda: server.started, "the host did not start")
        port = server.servers[0].sockets[0].getsockname()[1]
        yield Host(f"http://127.0.0.1:{port}", seen)
    finally:
        server.should_exit = True
        thread.join()
