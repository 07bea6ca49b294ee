"""Answers in pieces, so that those who do not read keep one in memory and not all."""

from __future__ import annotations

from collections.abc import Iterator

from starlette.types import Message

_PIECE = 65_536


def pieces(message: Message) -> Iterator[Message]:
    """The messages that an ASGI message is sent as: a body of at most 64 kB in each."""
    body = message.get("body", b"")
    if len(body) <= _PIECE:
        yield message
        return
    for start in range(0, len(body), _PIECE):
        more = message.get("more_body", False) or start + _PIECE < len(body)
        yield {**message, "body": body[start : start + _PIECE], "more_body": more}
