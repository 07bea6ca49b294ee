"""A real SMTP server on this machine that can be away, refuse, put off, or hang up when it hurts."""

from __future__ import annotations

import asyncio
import contextlib
import email
import email.policy
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from dialogue.mail.smtp import Security, Server


@dataclass
class Post:
    """What the server was given, and how it treats what comes: ``answers`` by recipient.

    An answer is a whole SMTP line such as ``550 no``; ``data`` is that for the message itself.
    With ``hang_up`` it takes the message and breaks off instead of saying so.
    """

    messages: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    data: str = "250 OK"
    hang_up: bool = False

    async def handle_RCPT(  # noqa: N802 - the name that aiosmtpd calls
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _: list[str]
    ) -> str:
        """Answer as told for this address."""
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802 - the name that aiosmtpd calls
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Keep the message, if it is taken."""
        if not self.data.startswith("250"):
            return self.data
        assert isinstance(envelope.content, bytes)
        self.raw.append(envelope.content)
        self.messages.append(
            email.message_from_bytes(envelope.content, policy=email.policy.default)
        )
        if self.hang_up:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return self.data

    @property
    def ids(self) -> list[str]:
        """The Message-IDs of what came, in order."""
        return [str(message["Message-ID"]) for message in self.messages]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextlib.contextmanager
def serving(
    post: Post,
    port: int,
    security: Security = "none",
    context: ssl.SSLContext | None = None,
    login: tuple[str, str] | None = None,
) -> Iterator[Server]:
    """Run a server for ``post`` on ``port``; yield how to reach it."""

    def known(
        server: SMTP, session: Session, envelope: Envelope, way: str, data: object
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        right = login == (data.login.decode(), data.password.decode())
        return AuthResult(success=right, handled=False)

    controller = Controller(
        post,
        hostname="127.0.0.1",
        port=port,
        server_hostname="mail.test",
        ssl_context=context if security == "tls" else None,
        tls_context=context if security == "starttls" else None,
        require_starttls=security == "starttls",
        authenticator=known if login else None,
        auth_require_tls=security == "starttls",
    )
    controller.start()
    user, password = login or ("", "")
    try:
        yield Server("127.0.0.1", port, security, user, password, seconds=30)
    finally:
        controller.stop(no_assert=True)
