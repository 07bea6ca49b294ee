"""What a connection is told that gets no answer from the application: small, complete, in plain text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus

from dialogue.web.security import Kind, headers


@dataclass(frozen=True, slots=True)
class Refusal:
    """A status, its text, and in how many seconds to come back; ``why`` is for the log.

    What is ``hostile`` no browser sends: nothing more is read from who did.
    """

    status: HTTPStatus
    why: str
    said: str
    retry: int = 0
    hostile: bool = False

    def answer(self, more: Iterable[tuple[bytes, bytes]] = ()) -> bytes:
        """The whole HTTP/1.1 answer with the security headers; the connection ends with it."""
        text = f"{self.said}\n".encode()
        sent = {
            "Content-Type": "text/plain; charset=utf-8",
            "Content-Length": str(len(text)),
            "Connection": "close",
            **({"Retry-After": str(self.retry)} if self.retry else {}),
            **headers(Kind.SERVICE),
        }
        lines = [f"HTTP/1.1 {self.status.value} {self.status.phrase}".encode()]
        lines += [f"{name}: {value}".encode() for name, value in sent.items()]
        lines += [name + b": " + value for name, value in more]
        return b"\r\n".join([*lines, b"", text])


BAD_REQUEST = Refusal(
    HTTPStatus.BAD_REQUEST,
    "malformed request",
    "This is no HTTP request that can be read here.",
    hostile=True,
)
PIPELINED = Refusal(
    HTTPStatus.BAD_REQUEST,
    "too many pipelined requests",
    "Wait for answers before you send more requests.",
    hostile=True,
)
TINY_CHUNKS = Refusal(
    HTTPStatus.BAD_REQUEST,
    "tiny chunks",
    "The form came in too many pieces. Nothing was sent.",
    hostile=True,
)
TOO_SLOW = Refusal(
    HTTPStatus.REQUEST_TIMEOUT,
    "timeout",
    "The request did not arrive in time. Nothing was sent. Try again.",
)
HEADERS_TOO_LARGE = Refusal(
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    "headers too large",
    "The headers of the request are too large.",
    hostile=True,
)
TOO_MANY_REQUESTS = Refusal(
    HTTPStatus.TOO_MANY_REQUESTS,
    "requests of one block",
    "Too many requests at a time from your network. Nothing was sent. Try again in a moment.",
    retry=1,
)
BUSY = Refusal(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "requests in all",
    "Too many requests at a time. Nothing was sent. Try again in a moment.",
    retry=2,
)
FULL = Refusal(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "connections",
    "Too many connections. Nothing was sent. Try again in a moment.",
    retry=2,
)
BODIES_FULL = Refusal(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "bytes of bodies",
    "Too much is being sent at a time. Nothing was stored. Try again in a moment.",
    retry=5,
)
