"""One writer at a time in an output folder: the build that fills it, or the service that splices.

The lock is the system's, so it goes with its holder however that ends. What is locked is the
folder itself: all that builder and service may have in common. They may be two users, see it at two
places, as containers do, and may not write beside it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from thread.locking import is_of, open_folder, take

_PAUSE = 0.01


class OutputBusyError(Exception):
    """Somebody else has written to the output folder for longer than we would wait."""

    def __init__(self, output: Path, seconds: float) -> None:
        super().__init__(
            f"{output}: another build or the dialogue service has written here for more than "
            f"{seconds:g} seconds; wait for it, or end it, and try again"
        )


@contextmanager
def output_lock(output: Path, seconds: float = 60) -> Iterator[None]:
    """Hold the lock of ``output``; raises :class:`OutputBusyError` after waiting for ``seconds``.

    Not to be taken twice by one thread: the second would wait for the first.
    """
    handle = _locked(output, time.monotonic() + seconds, seconds)
    try:
        yield
    finally:
        os.close(handle)


def _locked(output: Path, end: float, seconds: float) -> int:
    """The folder, opened and locked; again where somebody has put another one in its place."""
    output.mkdir(parents=True, exist_ok=True)
    handle = open_folder(output)
    try:
        _wait(handle, output, end, seconds)
        if is_of(handle, output):
            return handle
    except BaseException:
        os.close(handle)
        raise
    os.close(handle)
    return _locked(output, end, seconds)


def _wait(handle: int, output: Path, end: float, seconds: float) -> None:
    while not take(handle):
        if time.monotonic() > end:
            raise OutputBusyError(output, seconds)
        time.sleep(_PAUSE)
