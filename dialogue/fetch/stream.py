"""Reading from the network with an end in sight: everything by one deadline, headers up to one size."""

from __future__ import annotations

import io
import socket
import time
from http.client import HTTPException
from types import TracebackType


class TimedSocket:
    """As much of a socket as :mod:`http.client` uses; every call ends by ``deadline``.

    A socket's own timeout begins again with every byte, so a server could send one each second
    for ever. ``deadline`` is a time of :func:`time.monotonic`. Until :meth:`headers_end` no more
    than ``room`` bytes are received: http.client bounds each header, not all of them together.
    """

    def __init__(self, sock: socket.socket, deadline: float, room: int) -> None:
        self._sock = sock
        self._deadline = deadline
        self._room: int | None = room

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
        size = self._sock.recv_into(buffer)
        if self._room is not None:
            self._room -= size
            if self._room < 0:
                raise HTTPException("its headers are too large")
        return size

    def headers_end(self) -> None:
        """Say that the body follows, which its reader bounds."""
        self._room = None

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
