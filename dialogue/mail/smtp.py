"""The way to the mail server: one connection for many messages, and what its answers mean."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass, field
from types import TracebackType
from typing import Literal, Self

Security = Literal["tls", "starttls", "none"]

_PERMANENT = 500
_CLOSING = 421


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail is handed over. ``seconds`` limits each step of a conversation.

    ``tls`` speaks TLS from the first byte, ``starttls`` insists on it before anything is said.
    ``context`` decides which certificates are believed; without one, the system's.
    """

    host: str
    port: int
    security: Security = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    seconds: float = 30.0
    context: ssl.SSLContext | None = field(default=None, repr=False, compare=False)


class UnavailableError(Exception):
    """The server takes no mail from us now, whatever the message; says why."""


class RefusedError(Exception):
    """The server did not take this message; ``final`` if it never will."""

    def __init__(self, code: int, answer: bytes | str) -> None:
        self.final = code >= _PERMANENT
        text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
        super().__init__(f"{code} {' '.join(text.split())}"[:200])


class Connection:
    """A conversation with the server, begun with the first message and ended by ``with``."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def send(self, sender: str, to: str, message: bytes) -> None:
        """Hand ``message`` over; on return the server has it. UnavailableError, RefusedError."""
        smtp = self._smtp = self._smtp or _opened(self._server)
        try:
            smtp.sendmail(sender, [to], message)
        except smtplib.SMTPRecipientsRefused as error:
            raise self._refused(*error.recipients[to]) from error
        except smtplib.SMTPDataError as error:
            raise self._refused(error.smtp_code, error.smtp_error) from error
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise UnavailableError(_said(error)) from error

    def greet(self) -> None:
        """Connect and sign in without sending anything; UnavailableError if that fails."""
        self._smtp = self._smtp or _opened(self._server)

    def _refused(self, code: int, answer: bytes | str) -> Exception:
        """What a refusal means; with 421 the server ends the conversation (RFC 5321, 3.8)."""
        if code != _CLOSING:
            return RefusedError(code, answer)
        self.close()
        return UnavailableError(str(RefusedError(code, answer)))

    def close(self) -> None:
        """End the conversation; the server may already have."""
        smtp, self._smtp = self._smtp, None
        if smtp is None:
            return
        try:
            smtp.quit()
        except (OSError, smtplib.SMTPException):
            smtp.close()


def _opened(server: Server) -> smtplib.SMTP:
    try:
        return _signed_in(server)
    except (OSError, smtplib.SMTPException) as error:
        raise UnavailableError(_said(error)) from error


def _signed_in(server: Server) -> smtplib.SMTP:
    smtp = _connected(server)
    try:
        if server.security == "starttls":
            smtp.starttls(context=_context(server))
        if server.user:
            smtp.login(server.user, server.password)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _connected(server: Server) -> smtplib.SMTP:
    if server.security == "tls":
        return smtplib.SMTP_SSL(
            server.host, server.port, timeout=server.seconds, context=_context(server)
        )
    return smtplib.SMTP(server.host, server.port, timeout=server.seconds)


def _context(server: Server) -> ssl.SSLContext:
    return server.context or ssl.create_default_context()


def _said(error: Exception) -> str:
    """The reason in one line; never the conversation, which may hold the password."""
    if isinstance(error, smtplib.SMTPResponseException):
        return str(RefusedError(error.smtp_code, error.smtp_error))
    return f"{type(error).__name__}: {error}"[:200]
