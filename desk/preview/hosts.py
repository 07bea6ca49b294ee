"""Answers only requests that were meant for this machine.

A page anywhere on the web can point a name of its own at 127.0.0.1 and read what a server there
answers to that name (DNS rebinding). Drafts are not for it: only names and addresses that cannot
be pointed are answered.
"""

from __future__ import annotations

import ipaddress

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send


class OwnHost:
    """ASGI middleware: 403 unless the Host header names this machine or the address bound to."""

    def __init__(self, app: ASGIApp, bind: str) -> None:
        self._app = app
        self._bind = bind

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on or refuse one request."""
        if is_own(Headers(scope=scope).get("host", ""), self._bind):
            await self._app(scope, receive, send)
            return
        text = f"This preview answers only as localhost or {self._bind}, not under other names.\n"
        await PlainTextResponse(text, status_code=403)(scope, receive, send)


def is_own(host: str, bind: str) -> bool:
    """Whether a Host header (``name``, ``name:port``, ``[address]:port``) may ask ``bind``."""
    name = _without_port(host).lower()
    if name == bind.lower() or name == "localhost" or name.endswith(".localhost"):
        return bool(name)
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or _is_any(bind)


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]


def _is_any(bind: str) -> bool:
    """Whether ``bind`` means every address of this machine; each may then be asked for."""
    try:
        return ipaddress.ip_address(bind).is_unspecified
    except ValueError:
        return False
