"""A connection to the very address that was checked; the name is what is asked for, and vouched for."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Sequence
from functools import cache

from dialogue.fetch.stream import TimedSocket


def connect(
    scheme: str, host: str, port: int, addresses: Sequence[str], *, deadline: float, headers: int
) -> TimedSocket:
    """A connection to the first of ``addresses`` that answers, encrypted for ``https``.

    An address that is silent uses up its share of the time, not all of it. ``headers`` is how many
    bytes of headers are taken. Raises OSError.
    """
    failure: OSError = OSError("it has no address")
    for number, address in enumerate(addresses):
        share = _left(deadline) / (len(addresses) - number)
        try:
            sock = socket.create_connection((address, port), timeout=share)
        except OSError as error:
            failure = error
            continue
        try:
            sock.settimeout(_left(deadline))
            if scheme == "https":
                sock = _trusting().wrap_socket(sock, server_hostname=host)
        except BaseException:
            sock.close()
            raise
        return TimedSocket(sock, deadline, headers)
    raise failure


@cache
def _trusting() -> ssl.SSLContext:
    """The system's certificates; reading them takes longer than most fetches."""
    return ssl.create_default_context()


def _left(deadline: float) -> float:
    """The seconds left; raises TimeoutError where there are none."""
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise TimeoutError("it took too long")
    return seconds
