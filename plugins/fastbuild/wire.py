"""What processes of one build say to each other: pickled values, each behind its length in bytes.

Both ends are our own code in processes that we started, so what is loaded is what we wrote.
"""

from __future__ import annotations

import pickle
import struct
import traceback
from collections.abc import Callable, Sequence
from typing import Any, BinaryIO

from plugins.errors import Problem, SiteError
from plugins.fastbuild.store import DamagedError

# What became of a batch ("made", "problems", "damaged", "failed"), where it begins, and the rest.
Answer = tuple[str, int, Any]

_LENGTH = struct.Struct("<Q")


class UnsendableError(Exception):
    """Something cannot be given to a process that shares nothing with this one; why, in words."""


class WorkerError(RuntimeError):
    """A worker process failed or was killed; the message says how."""


def send(stream: BinaryIO, message: object) -> None:
    """Write one message."""
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: BinaryIO) -> Any:
    """Read one message, and not a byte more; raises EOFError where there is no whole one."""
    [length] = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    return pickle.loads(_exactly(stream, length))  # noqa: S301 - written by our own code


def _exactly(stream: BinaryIO, length: int) -> bytes:
    data = bytearray()
    while len(data) < length:
        more = stream.read(length - len(data))
        if not more:
            raise EOFError
        data += more
    return bytes(data)


def attempt(work: Callable[[Sequence[Any]], Any], start: int, batch: Sequence[Any]) -> Answer:
    """Do the work, and say what became of it."""
    try:
        return "made", start, work(batch)
    except SiteError as error:
        return "problems", start, (error.problems, error.notices)
    except DamagedError as error:
        return "damaged", start, str(error)
    except Exception:  # noqa: BLE001 - whatever it is, the process that asked must be told
        return "failed", start, traceback.format_exc()


class Findings:
    """What workers answer instead of a result; problems are kept until all have answered."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []
        self._notices: list[Problem] = []

    def take(self, kind: str, value: Any) -> None:
        """Keep problems; raises :class:`DamagedError` or :class:`WorkerError` for the rest."""
        if kind == "problems":
            self._problems += value[0]
            self._notices += value[1]
        elif kind == "damaged":
            raise DamagedError(value)
        elif kind == "failed":
            raise WorkerError(f"a worker of the build failed:\n{value}")

    def tell(self) -> None:
        """Raise :class:`SiteError` with all problems, if there are any."""
        if self._problems:
            raise SiteError(self._problems, self._notices)


def lost(process: int) -> WorkerError:
    """The error for a worker that is gone without a word."""
    return WorkerError(
        f"worker {process} of the build ended before its work was done; it was killed, or there "
        "was no memory left: build again, or with PARLEY_WORKERS=1"
    )
