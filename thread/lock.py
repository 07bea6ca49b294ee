"""One writer at a time in an output folder: the build that swaps it, or the service that splices.

The lock is the system's (flock), so it goes with its holder however that ends. Its file lies beside
the folder where it can, since the folder is public and may be emptied by a build.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PAUSE = 0.01


class OutputBusyError(Exception):
    """Somebody else has written to the output folder for longer than we would wait."""

    def __init__(self, output: Path, seconds: float) -> None:
        super().__init__(
            f"{output}: another build or the dialogue service has written here for more than "
            f"{seconds:g} seconds; wait for it, or end it, and try again"
        )


def lock_file(output: Path) -> Path:
    """The file that is locked for ``output``: hidden, and beside it if that can be written to."""
    folder = output.resolve()
    name = f".parley-{folder.name}.lock"
    parent = folder.parent
    return parent / name if os.access(parent, os.W_OK) else folder / name


@contextmanager
def output_lock(output: Path, seconds: float = 60) -> Iterator[None]:
    """Hold the lock of ``output``; raises :class:`OutputBusyError` after waiting for ``seconds``.

    Not to be taken twice by one thread: the second would wait for the first.
    """
    handle = os.open(lock_file(output), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        _wait(handle, output, seconds)
        yield
    finally:
        os.close(handle)


def _wait(handle: int, output: Path, seconds: float) -> None:
    end = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > end:
                raise OutputBusyError(output, seconds) from None
            time.sleep(_PAUSE)
