"""Logs for machines: one JSON object a line, and nothing in it that is about a visitor.

What is logged of a request is the route that answered, not its path: paths hold tokens. There are
no addresses, no queries, no names.
"""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_log = logging.getLogger("dialogue.requests")
# What may be said besides the message: facts about us, never about a visitor.
_FACTS = ("route", "method", "status", "milliseconds", "reason", "attempts", "worker")
_encode = json.JSONEncoder(ensure_ascii=False, default=str).encode


class Lines(logging.Formatter):
    """A record as one line of JSON, with the facts it carries."""

    def format(self, record: logging.LogRecord) -> str:
        """The line. Of an exception it has the type and where it was, not what was in it."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        said: dict[str, object] = {
            "time": moment,
            "level": record.levelname.lower(),
            "from": record.name,
            "said": record.getMessage(),
        }
        said |= {name: getattr(record, name) for name in _FACTS if hasattr(record, name)}
        if record.exc_info and record.exc_info[0]:
            said["error"] = record.exc_info[0].__name__
            said["at"] = [
                f"{frame.name} ({frame.filename}:{frame.lineno})"
                for frame in traceback.extract_tb(record.exc_info[2])
            ]
        return _encode(said)


def to_stderr() -> None:
    """Send everything that the service and its server log to standard error, in such lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)


class Requests:
    """Logs each request: by which route, with which status, in which time."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and log when it is done; an exception is logged and answered with 500."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start, status = time.perf_counter(), 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            spent = round((time.perf_counter() - start) * 1000, 1)
            facts = {"route": _route(scope), "method": scope["method"]}
            _note({**facts, "status": status, "milliseconds": spent})


def _note(facts: Mapping[str, object]) -> None:
    """Log a request; who calls this is no news, so nobody goes through the stack to find out."""
    if _log.isEnabledFor(logging.INFO):
        place = ("", 0, "request", (), None)
        _log.handle(_log.makeRecord(_log.name, logging.INFO, *place, extra=facts))


def _route(scope: Scope) -> str:
    """The pattern of the route that was chosen; empty where there was none."""
    return str(getattr(scope.get("route"), "path", ""))
