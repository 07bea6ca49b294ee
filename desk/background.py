"""The build in the background: in a copy of the process, which then takes its place.

The copy has the whole site in memory. While it builds, the first process goes on answering; when a
file is saved, it stops the copy, whose work is out of date. Before the copy changes anything that
readers see it asks. Once it is told to go on, the first process waits: so an older text never comes
over a newer one. When the copy has succeeded it has the newest state, so it goes on, and the first
one ends.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import struct
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType

from desk.job import Outcome
from desk.kernel import die_with, outlive_parent

_ASKS, _TAKES_OVER, _REPORTS = b"?", b"!", b"="
_LENGTH = struct.Struct("<I")
_CHUNK = 65_536
# Seconds that a copy gets to clean up before it is killed, and after which it is told again.
_GRACE, _AGAIN = 5.0, 0.1


@dataclass(frozen=True, slots=True)
class Taken:
    """What a copy that takes over goes on with; ``rest`` is what was received of further jobs."""

    outcome: Outcome
    rest: bytes


class StoppedError(BaseException):
    """The copy is told to stop; no one who handles errors of a build should hold it up."""


@dataclass(slots=True)
class Copy:
    """A copy at work, as the first process sees it: ``number`` is that of its job."""

    process: int
    link: socket.socket
    number: int
    stopped: bool = False

    def stop(self) -> None:
        """Have it end soon, having published nothing."""
        if not self.stopped:
            self.stopped = True
            self.link.close()
            self._signal(signal.SIGTERM)

    def has_ended(self) -> bool:
        """Whether one that was stopped is gone; if so, this may not be asked again."""
        return self.stopped and os.waitpid(self.process, os.WNOHANG)[0] != 0

    def wait(self) -> int:
        """Wait for the end of one that was stopped, or has said all; how it ended (wait(2))."""
        until = time.monotonic() + _GRACE
        while True:
            ended, status = os.waitpid(self.process, os.WNOHANG)
            if ended:
                self.link.close()
                return status
            if time.monotonic() > until:
                self._signal(signal.SIGKILL)
            elif self.stopped:
                self._signal(signal.SIGTERM)  # Python may lose what a handler raises
            _pause_for(self.process, _AGAIN)

    def answer(self, rest: bytes) -> bytes | None:
        """What it reports, empty where it died; None once it takes over.

        Called when its link can be read. A copy that asks may go on, and is waited for; it gets
        ``rest``, what has been received of further jobs.
        """
        data = b""
        while more := _received(self.link):
            data += more
            if data == _ASKS:
                data = b""
                with contextlib.suppress(OSError):
                    self.link.sendall(_LENGTH.pack(len(rest)) + rest)
            elif data == _TAKES_OVER:
                return None
        return data.removeprefix(_REPORTS)

    def _signal(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.process, number)


def _pause_for(process: int, seconds: float) -> None:
    """Wait until a process ends, or so long."""
    try:
        watched = os.pidfd_open(process)
    except OSError:
        time.sleep(seconds)
        return
    try:
        select.select([watched], [], [], seconds)
    finally:
        os.close(watched)


class Link:
    """The copy's side: asks the first process, tells it, and takes its place."""

    def __init__(self, link: socket.socket) -> None:
        self._link = link
        self.rest: bytes | None = None

    def ask(self) -> None:
        """Wait until the first process gives way; raises :class:`StoppedError` where it does not."""
        if self.rest is None:
            self._send(_ASKS)
            (length,) = _LENGTH.unpack(self._exactly(_LENGTH.size))
            self.rest = self._exactly(length)

    def take_over(self) -> bytes:
        """Tell that this process goes on; what the first one had received of further jobs."""
        self.ask()
        self._send(_TAKES_OVER)
        self._link.close()
        return self.rest or b""

    def report(self, outcome: Outcome) -> None:
        """Tell of an outcome after which the first process goes on."""
        self._send(_REPORTS + outcome.to_json().encode())

    def _send(self, data: bytes) -> None:
        try:
            self._link.sendall(data)
        except OSError as error:
            raise StoppedError from error

    def _exactly(self, length: int) -> bytes:
        data = b""
        while len(data) < length:
            more = _received(self._link)
            if not more:
                raise StoppedError
            data += more
        return data


def start(
    number: int, work: Callable[[Link], Outcome], announce: Callable[[], None]
) -> Copy | Taken:
    """Do ``work`` in a copy of this process.

    Returns the :class:`Copy` here. In the copy, returns only where it takes over.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    here, there = socket.socketpair()
    first = os.getpid()
    process = os.fork()
    if process:
        there.close()
        return Copy(process, here, number)
    here.close()
    try:
        return _taken_over(Link(there), work, announce, first)
    except StoppedError:
        os._exit(0)
    except BaseException:  # noqa: BLE001 - the frames above are those of the first process
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)


def _taken_over(
    link: Link, work: Callable[[Link], Outcome], announce: Callable[[], None], first: int
) -> Taken:
    signal.signal(signal.SIGTERM, _stop)
    if not die_with(first):
        raise StoppedError
    outcome = work(link)
    sys.stdout.flush()
    if not outcome.going or not outcome.ok:
        link.report(outcome)
        raise StoppedError
    link.ask()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    outlive_parent()
    announce()
    return Taken(outcome, link.take_over())


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise StoppedError


def _received(link: socket.socket) -> bytes:
    """More of what the other side says; nothing where it has ended."""
    try:
        return link.recv(_CHUNK)
    except OSError:
        return b""
