"""What the owner wants done after replies were published: a command, a request, or both.

That something was published is a file, so it outlives the service; whoever calls the hook holds a
lock, so several workers call it once.
"""

from __future__ import annotations

import logging
import os
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from dialogue.supervision.outage import OutageError
from dialogue.supervision.worker import Worker
from thread.locking import open_file, take

_log = logging.getLogger(__name__)
_DUE, _LOCK = "hook.due", "hook.lock"
_COMMAND_SECONDS, _REQUEST_SECONDS = 600, 30
_LOOK = timedelta(seconds=1)
_LONGEST = timedelta(minutes=10)
_FAILURES = (OSError, subprocess.SubprocessError)


@dataclass(frozen=True, slots=True)
class Hook:
    """Calls ``command`` and ``url`` when nothing was published for ``seconds`` any more.

    ``state`` is the service's private folder.
    """

    state: Path
    command: tuple[str, ...] = ()
    url: str = ""
    seconds: float = 10

    def due(self) -> None:
        """Note that something was published; raises OSError."""
        if self.command or self.url:
            self.state.mkdir(parents=True, exist_ok=True)
            (self.state / _DUE).touch()

    def call(self) -> bool:
        """Call the hook if it is due; says whether nothing is left to do."""
        with self._turn() as mine:
            stamp = self._stamp()
            if stamp is None or not mine:
                return stamp is None
            # A stamp of the future is of a clock that was wrong.
            if 0 <= time.time() - stamp < self.seconds:
                return True
            if not self._called():
                return False
            if self._stamp() == stamp:
                (self.state / _DUE).unlink(missing_ok=True)
            return True

    def worker(self) -> Worker:
        """What the supervisor runs: a call whenever it is due, less often while it fails."""
        return Worker("hook", self._round, leads=True, longest=_LONGEST)

    def _round(self) -> timedelta:
        if not self.call():
            raise OutageError("the hook failed or is being called by somebody else")
        return _LOOK

    def _called(self) -> bool:
        steps: list[Callable[[], None]] = []
        if self.command:
            steps.append(self._run)
        if self.url:
            steps.append(self._request)
        try:
            for step in steps:
                step()
        except _FAILURES as error:
            _log.error("the hook failed and will be called again", extra={"reason": _reason(error)})
            return False
        return True

    def _run(self) -> None:
        subprocess.run(  # noqa: S603 - the owner's own command, not a shell's
            self.command, check=True, timeout=_COMMAND_SECONDS, stdin=subprocess.DEVNULL
        )

    def _request(self) -> None:
        request = urllib.request.Request(self.url, data=b"", method="POST")  # noqa: S310 - settings allow http and https only
        with urllib.request.urlopen(request, timeout=_REQUEST_SECONDS):  # noqa: S310 - the same
            return

    def _stamp(self) -> float | None:
        with suppress(FileNotFoundError):
            return (self.state / _DUE).stat().st_mtime
        return None

    @contextmanager
    def _turn(self) -> Iterator[bool]:
        """Whether no other worker is at it."""
        if not self.state.is_dir():
            yield False
            return
        handle = open_file(self.state / _LOCK, 0o600)
        try:
            yield take(handle)
        finally:
            os.close(handle)


def _reason(error: Exception) -> str:
    if isinstance(error, subprocess.CalledProcessError):
        return f"exit status {error.returncode}"
    return type(error).__name__
