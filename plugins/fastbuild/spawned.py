"""The other side of :mod:`plugins.fastbuild.hands`: what runs in a process that was started anew.

It is told by messages on its standard input what to work with, then what to do, then batch after
batch, and answers each on what was its standard output; what is printed goes to standard error.
It ends when nobody can ask it for more.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, BinaryIO

from plugins.fastbuild.wire import Answer, attempt, receive, send


def main() -> None:
    """Serve, and end without a word when the process that asks is gone or interrupted."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        # Whoever presses Ctrl-C means the whole build; one traceback, or none, is enough.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    # The parent does not search for garbage while it builds either: little is made.
    gc.disable()
    questions, answers = _apart()
    try:
        _Worker().serve(questions, answers)
    except (EOFError, BrokenPipeError):
        pass
    finally:
        sys.stderr.flush()
        os._exit(0)


def _apart() -> tuple[BinaryIO, BinaryIO]:
    """The two ends of the talk, where nothing that the site's code reads or prints gets between."""
    questions = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return questions, answers


class _Worker:
    """Does what it is told; nothing is done that it is not equipped for."""

    def __init__(self) -> None:
        self._unpack: Callable[[bytes], Any] = pickle.loads
        self._work: Callable[[Sequence[Any]], Any] = _nothing
        self._things: Sequence[Any] = ()

    def serve(self, questions: BinaryIO, answers: BinaryIO) -> None:
        while True:
            send(answers, self._answer(*receive(questions)))

    def _answer(self, kind: str, *told: Any) -> Answer:
        if kind == "batch":
            start, end = told
            return attempt(self._work, start, self._things[start:end])
        try:
            if kind == "equip":
                self._unpack = _function(told[0])(told[1])
            else:
                self._work, self._things = self._unpack(told[0])
        except Exception as error:  # noqa: BLE001 - whatever it is, the others do its share
            return "unfit", 0, f"{type(error).__name__}: {error}"
        return "ready", 0, None


def _nothing(batch: Sequence[Any]) -> None:
    raise LookupError(f"nobody said what to do with {len(batch)} things")


def _function(name: str) -> Callable[[bytes], Callable[[bytes], Any]]:
    """The function that a name such as ``package.module:function`` stands for."""
    module, _, own = name.partition(":")
    found: Callable[[bytes], Callable[[bytes], Any]] = getattr(import_module(module), own)
    return found
