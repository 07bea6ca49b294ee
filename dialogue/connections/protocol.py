"""Uvicorn's HTTP/1.1 protocol with deadlines and totals, of which it has none itself.

Uvicorn reads, queues and answers requests; this tells the registry what each connection is at, ends
those that the registry drops, and bounds what one connection can pile up.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

import httptools
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from dialogue.connections import refusals
from dialogue.connections.head import HEADER, Head
from dialogue.connections.peers import Peers
from dialogue.connections.pieces import pieces
from dialogue.connections.refusals import Refusal
from dialogue.connections.registry import Entry, Phase, Registry

_PIPELINED = 16
"""Requests that may wait for the answer to one before them; browsers send none ahead."""
_PIECES, _LEAST_PIECE = 1000, 16
"""So many pieces of a body may be of any size; of more, each has so many bytes on average."""
_DISCARDED = 1_048_576
"""Bytes that are thrown away after a refusal before the connection is cut."""


class _StoppedError(Exception):
    """Ends the parsing of what has arrived; the connection has been refused already."""


class Guarded(HttpToolsProtocol):
    """One connection, within the limits of ``registry``."""

    def __init__(self, registry: Registry, peers: Peers, **given: Any) -> None:
        super().__init__(**given)
        self._registry, self._peers = registry, peers
        self._entry = Entry(self._drop)
        self._host, self._over = "", False
        # The request that is being answered, or was last; uvicorn's `cycle` is the newest that came.
        self._current: RequestResponseCycle | None = None
        self._head = Head(registry.limits.max_header_bytes)
        self._pieces = self._discarded = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn does
        """Take the connection, or refuse it."""
        super().connection_made(transport)
        self._host = self.client[0] if self.client else ""
        self._entry.block = self._peers.block(self._host)
        if refusal := self._registry.enter(self._entry):
            self._refuse(refusal)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._over = True
        self._disconnect()
        self._registry.leave(self._entry)
        self._entry.drop = lambda _: None  # or the two would keep each other in memory
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parse what has arrived; after a refusal, throw it away, up to a limit."""
        if self._over:
            self._discarded += len(data)
            if self._discarded > _DISCARDED:
                self.transport.abort()
            return
        if self._entry.phase is Phase.IDLE:
            self._registry.to(self._entry, Phase.HEADERS)
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            self.cycle.keep_alive = False  # what follows would be another protocol
        except httptools.HttpParserError:
            self._refuse(refusals.BAD_REQUEST)
        if refusal := self._head.received(len(data)):
            self._refuse(refusal)

    def on_message_begin(self) -> None:
        """Begin a request."""
        self._head.begin()
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        """Take a piece of the request's target."""
        self._check(self._head.parsed(len(url)))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header."""
        self._check(self._head.parsed(len(name) + len(value) + HEADER))
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Start the request, queue it behind the one before it, or refuse it."""
        self._head.begun = False
        first = self._is_free()
        if first:
            self._pieces = 0
            self._entry.visitor = self._peers.visitor(self._host, self._entry.block, self.headers)
            self._check(self._registry.busy(self._entry.visitor))
        elif len(self.pipeline) >= _PIPELINED:
            self._check(refusals.PIPELINED)
        super().on_headers_complete()
        if first:
            self._current = self.cycle
        self._settle()

    def on_body(self, body: bytes) -> None:
        """Take a piece of the request's body."""
        self._pieces += 1
        if self._pieces > _PIECES + self._entry.body // _LEAST_PIECE:
            self._check(refusals.TINY_CHUNKS)
        super().on_body(body)
        self._registry.took(self._entry, len(body))
        if self._over:
            raise _StoppedError

    def on_message_complete(self) -> None:
        """The request is here: it is work now."""
        if self._entry.phase is Phase.BODY:
            self._check(self._registry.busy(self._entry.visitor))
        super().on_message_complete()
        self._settle()

    def on_response_complete(self) -> None:
        """Go on to the next request, or wait for it; for how long is the registry's to say."""
        following = self.pipeline[-1][0] if self.pipeline else None
        super().on_response_complete()
        self._unset_keepalive_if_required()
        if following is not None and not self.transport.is_closing():
            self._current = following
        else:
            self._registry.release(self._entry)
        self._settle()

    def pause_writing(self) -> None:
        """The client does not take its answer as fast as it is sent."""
        super().pause_writing()
        self._settle()

    def resume_writing(self) -> None:
        """The client has taken what was there."""
        super().resume_writing()
        self._settle()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        super()._start_asgi_task(cycle, partial(self._run, app))

    async def _run(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer piece by piece: a client that does not read keeps one in memory, not all."""

        async def sent(message: Message) -> None:
            for piece in pieces(message):
                await send(piece)
                self._settle()
                self._registry.renew(self._entry)

        await app(scope, receive, sent)

    def _is_free(self) -> bool:
        """Whether no request is being answered."""
        return self._current is None or self._current.response_complete

    def _settle(self) -> None:
        """Say what the connection is at."""
        if self._over:
            return
        phase = self._phase()
        if phase is Phase.LINGER:
            self._linger()
        self._registry.to(self._entry, phase)

    def _phase(self) -> Phase:
        current = self._current
        if current is None:
            return Phase.HEADERS
        if self.flow.write_paused:
            return Phase.ANSWER
        if not current.response_complete:
            if current.more_body:
                return Phase.BODY
            return Phase.ANSWER if current.response_started else Phase.WORK
        if current.more_body:
            return Phase.LINGER  # it was answered before all of it was here
        return Phase.HEADERS if self._head.begun else Phase.IDLE

    def _check(self, refusal: Refusal | None) -> None:
        """Refuse within the parser: the rest of what has arrived is not parsed."""
        if refusal is not None:
            self._refuse(refusal)
            raise _StoppedError

    def _refuse(self, refusal: Refusal) -> None:
        """Answer and let what still comes pass by, so that the client can see the answer."""
        if self._over:
            return
        self._registry.note(refusal)
        if not self._answer(refusal):
            self.transport.abort()
        elif refusal.hostile:
            self.transport.close()
        else:
            self._linger()
            self._registry.to(self._entry, Phase.LINGER)

    def _drop(self, refusal: Refusal) -> None:
        """End the connection now: its place is needed, or its time is over."""
        idle = self._entry.phase is Phase.IDLE and not self.transport.get_write_buffer_size()
        if idle or (not self._over and self._answer(refusal)):
            self.transport.close()
        else:
            self.transport.abort()
        self._over = True
        self._registry.leave(self._entry)

    def _answer(self, refusal: Refusal) -> bool:
        """Write the last answer of this connection; False where none can be given any more."""
        current = self._current
        can = self._entry.phase in (Phase.HEADERS, Phase.BODY) and (
            current is None or current.response_complete or not current.response_started
        )
        self._over = True
        self._disconnect()
        self.pipeline.clear()
        self._registry.release(self._entry)
        if can:
            self.transport.write(refusal.answer(self.server_state.default_headers))
        return can

    def _disconnect(self) -> None:
        """Have the application stop, if it is at work for this connection."""
        if self._current is not None and not self._current.response_complete:
            self._current.disconnected = True
            self._current.message_event.set()

    def _linger(self) -> None:
        """Say that nothing more comes; what the client still sends is thrown away."""
        self._over = True
        if not self.transport.is_closing():
            self.transport.write_eof()
