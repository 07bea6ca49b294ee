"""Workers that are copies of this process (fork): they have everything it knows.

Nothing has to be sent to them but the numbers of the batches; the results come back.
"""

from __future__ import annotations

import contextlib
import gc
import os
import struct
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from selectors import EVENT_READ, DefaultSelector
from typing import Any, BinaryIO

from plugins.fastbuild.wire import Findings, attempt, lost, receive, send

_NUMBER = struct.Struct("<I")


def why_no_copy() -> str:
    """Why a copy of this process would not be whole; nothing where it would.

    The copy has none of the other threads, but the locks that they held.
    """
    if not hasattr(os, "fork"):
        return "this system makes no copies of processes"
    if sys.platform == "darwin":
        return "macOS makes no safe copies of processes"
    others = [one for one in threading.enumerate() if one is not threading.current_thread()]
    named = ", ".join(f"“{one.name}”" for one in others)
    if len(others) > 1:
        return f"the threads {named} run in it, and no copy of it would be whole"
    return f"the thread {named} runs in it, and no copy of it would be whole" if named else ""


class Copies:
    """Some copies with one list of things to do; each takes the next batch when it is ready."""

    def __init__(
        self, work: Callable[[Sequence[Any]], Any], things: Sequence[Any], size: int
    ) -> None:
        self._work = work
        self._things = things
        self._size = size

    def run(self, workers: int) -> Iterator[tuple[int, Any]]:
        """Each result as it comes, with the place of the first thing of its batch."""
        count = -(-len(self._things) // self._size)
        todo, give = os.pipe()
        os.write(give, b"".join(map(_NUMBER.pack, range(count))))
        os.close(give)
        # So that workers do not touch, and thereby copy, all that is there; to look for garbage among
        # it first takes longer than a copy does.
        gc.freeze()
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
        receive_from, send_to = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        process = os.fork()
        if process:
            os.close(send_to)
            return process, os.fdopen(receive_from, "rb", buffering=0)
        os.close(receive_from)
        for other in others:
            os.close(other.fileno())
        code = 1
        try:
            self._serve(todo, send_to)
            code = 0
        finally:
            os._exit(code)

    def _serve(self, todo: int, send_to: int) -> None:
        """In a worker: take numbers of batches until none is left, and answer each."""
        with os.fdopen(send_to, "wb") as answers:
            while number := os.read(todo, _NUMBER.size):
                start = _NUMBER.unpack(number)[0] * self._size
                answer = attempt(self._work, start, self._things[start : start + self._size])
                send(answers, answer)
                if answer[0] != "made":
                    return
            send(answers, ("done", 0, None))


def _answers(started: dict[int, BinaryIO]) -> Iterator[tuple[int, Any]]:
    """Each result as it comes; all problems of all workers together."""
    findings = Findings()
    with DefaultSelector() as selector:
        for process, stream in started.items():
            selector.register(stream, EVENT_READ, process)
        while selector.get_map():
            for key, _ in selector.select():
                try:
                    kind, start, value = receive(key.fileobj)  # type: ignore[arg-type]
                except EOFError:
                    raise lost(key.data) from None
                if kind == "made":
                    yield start, value
                    continue
                selector.unregister(key.fileobj)
                findings.take(kind, value)
    findings.tell()


def _end(started: dict[int, BinaryIO]) -> None:
    """Wait for all workers; those still at work, because another one failed, are stopped."""
    for process, stream in started.items():
        stream.close()
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, 15)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(process, 0)
