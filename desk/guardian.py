"""Stays while the work is handed on from process to process, so that who started it sees but one.

The guardian forks the first worker and waits. A worker may fork another one that takes its place: that
one announces itself, and the guardian, to whom orphans come, waits for it from then on. It ends as
the last worker ended, or when it is told to, and then nothing that any of them started is left. It holds
nothing, so it costs next to nothing.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import struct
from collections.abc import Callable, Iterator
from types import FrameType

from desk.kernel import adopt_orphans

_PROCESS = struct.Struct("<q")
_TOLD = {signal.SIGTERM, signal.SIGINT}

Announce = Callable[[], None]
"""Tells the guardian that the calling process is the one that works now."""


def guarded(work: Callable[[Announce | None], int]) -> int:
    """Do ``work`` in a process that a copy of it may replace; the exit status of the last one.

    Where the system does not hand orphans to a guardian, ``work`` is done here and given None.
    """
    if not hasattr(os, "fork") or not adopt_orphans():
        return work(None)
    heard, tell = os.pipe()
    signal.pthread_sigmask(signal.SIG_BLOCK, _TOLD)
    worker = os.fork()
    if not worker:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _TOLD)
        os.close(heard)
        return work(lambda: _announce(tell))
    os.close(tell)
    return _end_as(_Guardian(worker, heard).wait())


def _announce(tell: int) -> None:
    with contextlib.suppress(BrokenPipeError):  # without a guardian the work goes on
        os.write(tell, _PROCESS.pack(os.getpid()))


class _Guardian:
    """Waits for the worker that announced itself last."""

    def __init__(self, worker: int, heard: int) -> None:
        self._worker = worker
        self._heard = heard
        self._told = 0
        for number in _TOLD:
            signal.signal(number, self._stop)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _TOLD)

    def wait(self) -> int:
        """Wait until a worker has ended without another in its place; how it ended (wait(2))."""
        while True:
            ended, status = os.waitpid(-1, 0)  # also whom nobody else waits for any more
            if ended == self._worker and not self._told:
                self._listen()
            if ended == self._worker:
                _end_children()
                return self._told or status

    def _listen(self) -> None:
        """Learn which worker announced itself last."""
        while select.select([self._heard], [], [], 0)[0]:
            data = os.read(self._heard, _PROCESS.size)
            if not data:
                return
            (self._worker,) = _PROCESS.unpack(data)

    def _stop(self, number: int, _frame: FrameType | None) -> None:
        self._told = number
        self._listen()
        _kill(self._worker)


def _end_children() -> None:
    """End whatever workers left running, and wait for it."""
    with contextlib.suppress(ChildProcessError, OSError):
        while True:
            for child in _children():
                _kill(child)
            os.waitpid(-1, 0)


def _children() -> Iterator[int]:
    """The processes whose parent this one is (proc_pid_stat(5))."""
    for name in os.listdir("/proc"):  # noqa: PTH208 - a process that holds nothing loads nothing
        if name.isdigit():
            with contextlib.suppress(OSError), open(f"/proc/{name}/stat", "rb") as file:  # noqa: PTH123
                if int(file.read().rpartition(b")")[2].split()[1]) == os.getpid():
                    yield int(name)


def _kill(process: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


def _end_as(status: int) -> int:
    """The exit status of a worker; a signal that killed it kills the guardian, too."""
    code = os.waitstatus_to_exitcode(status)
    if code < 0:
        if -code != signal.SIGKILL:
            signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    return code
