"""How far a build has come, on one line of a terminal that is written over and over."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from typing import TextIO, TypeVar

_WIDTH = 30
_EVERY = 0.1
# Items of which none takes long.
_FEW = 100

Item = TypeVar("Item")


def _go_on() -> None:
    """Nothing stops the build."""


class Progress:
    """A bar on ``stream`` if a person looks at it; nothing elsewhere.

    ``passing`` is called between steps while nothing has reached the output yet, and may raise to
    give the build up.
    """

    def __init__(self, stream: TextIO | None, passing: Callable[[], None] = _go_on) -> None:
        self.passing = passing
        self._stream = stream if stream is not None and stream.isatty() else None
        self._done = 0
        self._shown = 0.0

    def begin(self) -> None:
        """Count from nothing."""
        self._done = 0

    def __call__(self, what: str, count: int, total: int) -> None:
        """Tell that ``count`` more of ``total`` are done."""
        self.passing()
        self._done += count
        now = time.monotonic()
        if self._stream is None or now - self._shown < _EVERY:
            return
        self._shown = now
        full = _WIDTH * self._done // max(total, 1)
        bar = "█" * full + "·" * (_WIDTH - full)
        self._stream.write(f"\r{what:<8} {bar} {self._done:>7,} of {total:,}\x1b[K")
        self._stream.flush()

    def steadily(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items, with a pass after every few."""
        for number, item in enumerate(items):
            if number % _FEW == 0:
                self.passing()
            yield item

    def end(self) -> None:
        """Take the bar away."""
        if self._stream is not None and self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._shown = 0.0
