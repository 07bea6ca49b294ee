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
        self, server: Any, _session: Any, envelope: Any
    ) -> str:
        """Take the message."""
        if self.how != "mute" and (said := await self._trouble("DATA", server)):
            return said
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        name = str(message["Message-ID"])
        self.taken.append((time.monotonic(), name, message.get_content()))
        if self.how == "mute":
            self.unacknowledged.add(name)
            server.transport.abort()
        return "250 OK"

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


def controller(relay: Relay, port: int) -> Controller:
    """A server for ``relay``, not started yet."""
    return Controller(relay, hostname="127.0.0.1", port=port, server_hostname="mail.test")
