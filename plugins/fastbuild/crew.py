"""Worker processes: a function applied to many things at once, with the same outcome as one by one.

Where the system can fork and no thread is running, workers are copies of this process: they have
everything it knows and nothing has to be sent to them. Elsewhere the work is done here.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import struct
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from selectors import EVENT_READ, DefaultSelector
from typing import Any, BinaryIO, TypeVar

from plugins.errors import SiteError
from plugins.fastbuild.store import DamagedError

Result = TypeVar("Result")
Work = Callable[[Sequence[Any]], Result]

_NUMBER = struct.Struct("<I")
_LENGTH = struct.Struct("<Q")
# As many batches as a pipe holds numbers, by the smallest there is (POSIX allows 512 bytes; ours 4096).
_MOST = 1_000


class WorkerError(RuntimeError):
    """A worker process failed or was killed; the message says how."""


def in_batches(
    work: Work[Result], things: Sequence[Any], workers: int, size: int
) -> Iterator[tuple[int, Result]]:
    """Apply ``work`` to ``things`` in batches of about ``size``; yield each result as it comes.

    With it comes the place of the first thing of its batch. Raises what ``work`` raises as
    :class:`SiteError` or :class:`DamagedError`, and :class:`WorkerError` for every other end of a
    worker.
    """
    size = max(size, -(-len(things) // _MOST))
    starts = range(0, len(things), size)
    workers = min(workers, len(starts))
    if workers < 2 or not can_fork():
        for start in starts:
            yield start, work(things[start : start + size])
        return
    yield from _Crew(work, things, size).run(workers)


def can_fork() -> bool:
    """Whether a copy of this process would be whole: no other thread holds a lock in it."""
    return hasattr(os, "fork") and sys.platform != "darwin" and threading.active_count() == 1


class _Crew:
    """Some workers with one list of things to do; each takes the next batch when it is ready."""

    def __init__(self, work: Work[Any], things: Sequence[Any], size: int) -> None:
        self._work = work
        self._things = things
        self._size = size

    def run(self, workers: int) -> Iterator[tuple[int, Any]]:
        count = -(-len(self._things) // self._size)
        todo, give = os.pipe()
        os.write(give, b"".join(map(_NUMBER.pack, range(count))))
        os.close(give)
        gc.collect()
        gc.freeze()  # so that workers do not touch, and thereby copy, all that is there
        started: dict[int, BinaryIO] = {}
        try:
            for _ in range(workers):
                process, answers = self._start(todo, tuple(started.values()))
                started[process] = answers
            yield from _answers(started)
        finally:
            os.close(todo)
            _end(started)
            gc.unfreeze()

    def _start(self, todo: int, others: Sequence[BinaryIO]) -> tuple[int, BinaryIO]:
        receive, send = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        process = os.fork()
        if process:
            os.close(send)
            return process, os.fdopen(receive, "rb", buffering=0)
        os.close(receive)
        for other in others:
            os.close(other.fileno())
        code = 1
        try:
            self._serve(todo, send)
            code = 0
        finally:
            os._exit(code)

    def _serve(self, todo: int, send: int) -> None:
        """In a worker: take numbers of batches until none is left, and answer each."""
        with os.fdopen(send, "wb") as answers:
            try:
                while number := os.read(todo, _NUMBER.size):
                    start = _NUMBER.unpack(number)[0] * self._size
                    made = self._work(self._things[start : start + self._size])
                    _send(answers, ("made", start, made))
                _send(answers, ("done", 0, None))
            except SiteError as error:
                _send(answers, ("problems", 0, (error.problems, error.notices)))
            except DamagedError as error:
                _send(answers, ("damaged", 0, str(error)))
            except Exception:  # noqa: BLE001 - whatever it is, the process that asked must be told
                _send(answers, ("failed", 0, traceback.format_exc()))


def _send(answers: BinaryIO, answer: tuple[str, int, Any]) -> None:
    data = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
    answers.write(_LENGTH.pack(len(data)))
    answers.write(data)
    answers.flush()


def _answers(started: dict[int, BinaryIO]) -> Iterator[tuple[int, Any]]:
    """Each result as it comes; all problems of all workers together."""
    problems, notices = [], []
    with DefaultSelector() as selector:
        for process, stream in started.items():
            selector.register(stream, EVENT_READ, process)
        while selector.get_map():
            for key, _ in selector.select():
                kind, start, value = _receive(key.fileobj, key.data)  # type: ignore[arg-type]
                if kind == "made":
                    yield start, value
                    continue
                selector.unregister(key.fileobj)
                if kind == "damaged":
                    raise DamagedError(value)
                if kind == "failed":
                    raise WorkerError(f"a worker of the build failed:\n{value}")
                if kind == "problems":
                    problems += value[0]
                    notices += value[1]
    if problems:
        raise SiteError(problems, notices)


def _receive(stream: BinaryIO, process: int) -> tuple[str, int, Any]:
    head = _exactly(stream, _LENGTH.size)
    data = _exactly(stream, _LENGTH.unpack(head)[0]) if head else b""
    if not data:
        raise WorkerError(
            f"worker {process} of the build ended before its work was done; it was killed, or there "
            "was no memory left: build again, or with PARLEY_WORKERS=1"
        )
    answer: tuple[str, int, Any] = pickle.loads(data)  # noqa: S301 - written by our own copy
    return answer


def _exactly(stream: BinaryIO, length: int) -> bytes:
    """So many bytes, not one more: what is read ahead, no selector would tell of. Or none."""
    data = bytearray()
    while len(data) < length:
        more = stream.read(length - len(data))
        if not more:
            return b""
        data += more
    return bytes(data)


def _end(started: dict[int, BinaryIO]) -> None:
    """Wait for all workers; those still at work, because another one failed, are stopped."""
    for process, stream in started.items():
        stream.close()
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, 15)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(process, 0)
