"""The server of the service: uvicorn, with limits for connections."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import cast

import uvicorn
from starlette.types import ASGIApp

from dialogue.connections.descriptors import fitted, raise_limit
from dialogue.connections.peers import Peers
from dialogue.connections.protocol import Guarded
from dialogue.connections.registry import Registry
from dialogue.settings import Settings

GRACE = 10
"""Seconds that answers on their way may take after the service was told to stop."""
_SECOND, _MINUTE = 10, 600
"""In ticks of uvicorn."""


class Server(uvicorn.Server):
    """Uvicorn's server, which looks after the deadlines of connections, too."""

    def __init__(self, settings: Settings, app: ASGIApp) -> None:
        self._registry = Registry(fitted(settings, raise_limit()))
        super().__init__(_config(settings, app, self._registry))

    async def on_tick(self, counter: int) -> bool:
        """Be called ten times a second."""
        if counter % _SECOND == 0:
            self._registry.sweep()
        if counter % _MINUTE == 0:
            self._registry.report()
        return await super().on_tick(counter)


def _config(settings: Settings, app: ASGIApp, registry: Registry) -> uvicorn.Config:
    protocol = partial(Guarded, registry, Peers(settings.trusted_proxies))
    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        # Uvicorn calls it as it would call the class.
        http=cast("type[asyncio.Protocol]", protocol),
        # Uvicorn would believe X-Forwarded-For from this machine; dialogue/web/address.py decides.
        proxy_headers=False,
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE,
    )
