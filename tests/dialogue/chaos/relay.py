"""A mail relay that fails in any phase of the conversation, and remembers what it took."""

from __future__ import annotations

import asyncio
import email
import email.policy
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

PHASES = ("EHLO", "MAIL", "RCPT", "DATA")
_PATIENCE = 20.0


@dataclass
class Relay:
    """``phase`` is where it fails and ``how`` the way: an SMTP line, ``hang``, ``drop`` or ``mute``.

    ``mute`` takes the message and breaks the connection instead of acknowledging it.
    """

    phase: str = ""
    how: str = ""
    taken: list[tuple[float, str, str]] = field(default_factory=list)
    unacknowledged: set[str] = field(default_factory=set)
    healthy: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        """Begin well."""
        self.healthy.set()

    def fail(self, phase: str, how: str) -> None:
        """From now on, fail in ``phase``."""
        self.healthy.clear()
        self.phase, self.how = phase, how

    def heal(self) -> None:
        """Work as it should."""
        self.phase = self.how = ""
        self.healthy.set()

    async def handle_EHLO(  # noqa: N802 - the name that aiosmtpd calls
        self, server: Any, session: Any, _envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        """Greet."""
        session.host_name = hostname
        if said := await self._trouble("EHLO", server):
            return [said]
        return responses

    async def handle_MAIL(  # noqa: N802 - the name that aiosmtpd calls
        self, server: Any, _session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        """Take the sender."""
        said = await self._trouble("MAIL", server)
        if not said:
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return said or "250 OK"

    async def handle_RCPT(  # noqa: N802 - the name that aiosmtpd calls
        self, server: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        """Take a recipient."""
        said = await self._trouble("RCPT", server)
        if not said:
            envelope.rcpt_tos.append(address)
        return said or "250 OK"

    async def handle_DATA(  # noqa: N802 - the name that aiosmtpd calls
        self, server: Any, session: Any, envelope: Any
    ) -> str:
        """Take the message."""
        if self.how != "mute" and (said := await self._trouble("DATA", server)):
            return said
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        name = str(message["Message-ID"])
        self.taken.append((time.monotonic(), name, message.get_content()))
        session.taken = name
        if self.how == "mute":
            self.cut(session)
            server.transport.abort()
        return "250 OK"

    def cut(self, session: Any) -> None:
        """Note that what was taken last in ``session`` was not acknowledged."""
        if name := getattr(session, "taken", None):
            self.unacknowledged.add(name)

    async def _trouble(self, phase: str, server: Any) -> str:
        if phase != self.phase:
            return ""
        if self.how == "hang":
            end = time.monotonic() + _PATIENCE
            while not self.healthy.is_set() and time.monotonic() < end:
                await asyncio.sleep(0.05)
            return ""
        if self.how == "drop":
            server.transport.abort()
            return "421 gone"
        return self.how if self.how != "mute" else ""


class _Conversation(SMTP):
    def __init__(self, transports: list[asyncio.Transport], *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._transports = transports

    def connection_made(self, transport: Any) -> None:
        """Remember it, to cut it off at the end."""
        self._transports.append(transport)
        super().connection_made(transport)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - the name that aiosmtpd calls
        """Take a message; note where the connection was cut before it could be acknowledged."""
        try:
            await super().smtp_DATA(arg)
        finally:
            if self.transport is None or self.transport.is_closing():
                self.event_handler.cut(self.session)


class Listening(Controller):
    """A server for a relay, which cuts its connections off when it stops."""

    def __init__(self, relay: Relay, port: int) -> None:
        super().__init__(relay, hostname="127.0.0.1", port=port, server_hostname="mail.test")
        self._transports = list[asyncio.Transport]()

    def factory(self) -> SMTP:
        """What speaks with one client."""
        return _Conversation(self._transports, self.handler, **self.SMTP_kwargs)

    def hang_up(self) -> None:
        """Cut every connection off and stop."""
        asyncio.run_coroutine_threadsafe(self._cut(), self.loop).result(10)
        self.stop(no_assert=True)

    async def _cut(self) -> None:
        for transport in self._transports:
            transport.abort()
        # The sockets are closed in the next turn of the loop.
        await asyncio.sleep(0.05)
