"""One worker process that is started anew, and what is said to it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from plugins.fastbuild.wire import Answer, receive, send

_ROOT = Path(__file__).resolve().parent.parent.parent
_BEGIN = (
    "import sys; sys.path[:] = sys.argv[1:]; from plugins.fastbuild.spawned import main; main()"
)
# Seconds for a process that nobody asks for more to end by itself.
_PATIENCE = 5


@dataclass(frozen=True, slots=True)
class Equipment:
    """What a new process is given first: the bytes for a function ``module:name`` in it.

    The function returns what unpacks the parcels that follow.
    """

    function: str
    data: bytes


class Hand:
    """One new process; ``number`` is the system's, ``able`` says that it can be given work."""

    def __init__(self, equipment: Equipment) -> None:
        command = [sys.executable, "-P", *_flags(), "-c", _BEGIN, *sys.path, str(_ROOT)]
        self._process = subprocess.Popen(  # noqa: S603 - this very interpreter
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._ask = cast("BinaryIO", self._process.stdin)
        self._hear = cast("BinaryIO", self._process.stdout)
        self._equipment: Equipment | None = equipment
        self.number = self._process.pid
        self.able = True

    def send(self, *message: object) -> None:
        """Ask for something; raises OSError where the process is gone."""
        send(self._ask, message)

    def receive(self) -> Answer:
        """Wait for the next answer; raises EOFError or OSError where the process is gone."""
        answer: Answer = receive(self._hear)
        return answer

    def begin(self, parcel: bytes) -> str:
        """Give it something to do; why it cannot, if so."""
        if self._equipment:
            try:
                self.send("equip", self._equipment.function, self._equipment.data)
                kind, _, why = self.receive()
            except (OSError, EOFError):
                self.able = False
                return f"it ended with status {self._process.wait()} before it could begin"
            self.able = kind == "ready"
            if not self.able:
                return str(why)
            self._equipment = None
        self.send("errand", parcel)
        kind, _, why = self.receive()
        return "" if kind == "ready" else str(why)

    def end(self, *, at_once: bool) -> None:
        """Wait for the end of the process: when it has done what it does, or ``at_once``."""
        if at_once:
            self._process.kill()
        with suppress(OSError):
            self._ask.close()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._hear.close()


def _flags() -> Iterator[str]:
    """The options of this interpreter that change what code does."""
    yield from ("-O",) * sys.flags.optimize
    if sys.flags.ignore_environment:
        yield "-E"
    if sys.flags.no_user_site:
        yield "-s"
    yield from ("-X", f"utf8={sys.flags.utf8_mode}")
