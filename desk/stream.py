"""Reading from the network with an end in sight: all of a response by one deadline, up to one size."""

from __future__ import annotations

import io
import socket
import time
import zlib
from types import TracebackType
from typing import Protocol

_CHUNK = 65_536
# zlib's window size for a gzip header (its documentation of ``wbits``).
_GZIP = 16 + zlib.MAX_WBITS


class Readable(Protocol):
    """What a body is read from."""

    def read(self, size: int, /) -> bytes:
        """Up to ``size`` bytes; none at the end."""


class TimedSocket:
    """As much of a socket as :mod:`http.client` uses; every call ends by ``deadline``.

    A socket's own timeout begins again with every byte, so a server could send one each second
    for ever. ``deadline`` is a time of :func:`time.monotonic`.
    """

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self._sock = sock
        self._deadline = deadline

    def sendall(self, data: bytes) -> None:
        """Send all of ``data``."""
        self._hurry()
        self._sock.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:  # noqa: ARG002 - http.client only reads
        """What is received, as a file."""
        return io.BufferedReader(_Received(self))

    def receive_into(self, buffer: memoryview) -> int:
        """Read what is there; the number of bytes, 0 at the end."""
        self._hurry()
        return self._sock.recv_into(buffer)

    def close(self) -> None:
        """Stay open: http.client closes as soon as it has the headers, the body is still to come."""

    def __enter__(self) -> TimedSocket:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._sock.close()

    def _hurry(self) -> None:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("it took too long")
        self._sock.settimeout(left)


class _Received(io.RawIOBase):
    """The receiving side of a :class:`TimedSocket`."""

    def __init__(self, sock: TimedSocket) -> None:
        super().__init__()
        self._timed = sock

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # what it is called with
        """Read into ``buffer``."""
        return self._timed.receive_into(buffer)


def decoded(source: Readable, encoding: str, size: int) -> bytes:
    """The body of a response, decompressed, at most ``size`` bytes of it.

    Raises ValueError where it is larger, or compressed in a way that was not asked for; the message
    continues a URL.
    """
    if encoding.lower() not in ("", "identity", "gzip"):
        raise ValueError(f"is encoded as {encoding!r}, which was not asked for")
    unzip = zlib.decompressobj(_GZIP) if encoding.lower() == "gzip" else None
    pieces: list[bytes] = []
    room = size + 1
    while room > 0 and (chunk := source.read(_CHUNK)):
        try:
            # One byte more than fits is enough to know; a bomb is never unpacked.
            piece = unzip.decompress(chunk, room) if unzip else chunk
        except zlib.error as error:
            raise ValueError("is not the gzip it says it is") from error
        pieces.append(piece)
        room -= len(piece)
    if room <= 0:
        raise ValueError(f"is larger than {size} bytes")
    if unzip and pieces and not unzip.eof:
        raise ValueError("ends before its gzip does")
    return b"".join(pieces)
