"""The address that the preview is served at."""

from __future__ import annotations

import errno
import socket

from desk.errors import DeskError


def listen(bind: str, port: int) -> socket.socket:
    """A socket that listens; raises DeskError with what to do where there can be none.

    Made before anything else, so that a port in use is known before anything is built.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            bind, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except (OSError, OverflowError) as error:
        raise DeskError(f"cannot serve at {bind} port {port}: {error}") from error
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
    except OSError as error:
        listener.close()
        raise DeskError(_refused(error, bind, port)) from error
    return listener


def _refused(error: OSError, bind: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is in use, perhaps by another preview; choose another with --port"
    if error.errno == errno.EACCES:
        return f"port {port} needs more rights than you have; choose one above 1023 with --port"
    return f"cannot serve at {bind} port {port}: {error.strerror}"


def url(listener: socket.socket) -> str:
    """Where a browser finds ``listener``."""
    host, port = listener.getsockname()[:2]
    return f"http://{bracketed(host)}:{port}"


def bracketed(host: str) -> str:
    """``host`` as URLs need it: an address with colons in brackets (RFC 3986)."""
    return f"[{host}]" if ":" in host else host
