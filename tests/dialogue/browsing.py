"""A browser of few words: sends requests to an application that runs, and shows its answers."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from functools import partial
from typing import Any

import httpx
from anyio.from_thread import BlockingPortal, start_blocking_portal
from starlette.applications import Starlette

ORIGIN = "https://blog.example"


class Browser:
    """Sends requests as a browser on the site would: forms carry its origin. Follows nothing."""

    def __init__(self, app: Starlette, portal: BlockingPortal, address: str) -> None:
        self._app = app
        transport = httpx.ASGITransport(app, client=(address, 40000))
        self._client = httpx.AsyncClient(transport=transport, base_url=ORIGIN)
        self._portal = portal

    def at(self, address: str) -> Browser:
        """Another browser, at another address."""
        return Browser(self._app, self._portal, address)

    def get(self, path: str, **options: Any) -> httpx.Response:
        """The answer to a GET."""
        return self._portal.call(partial(self._client.get, path, **options))

    def post(self, path: str, data: Any = None, **options: Any) -> httpx.Response:
        """The answer to a form; ``headers`` replace the ones a browser on the site would send."""
        headers = options.pop("headers", {"Origin": ORIGIN})
        return self._portal.call(
            partial(self._client.post, path, data=data, headers=headers, **options)
        )

    def ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        """The answer to any request, with nothing added."""
        return self._portal.call(partial(self._client.request, method, path, **options))

    def close(self) -> None:
        """Close the connections."""
        self._portal.call(self._client.aclose)


@contextlib.contextmanager
def browser(app: Starlette, address: str = "203.0.113.7") -> Iterator[Browser]:
    """A browser at ``address``, and the application started; on leaving it is stopped."""
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(app.router.lifespan_context(app)),
    ):
        opened = Browser(app, portal, address)
        yield opened
        opened.close()
