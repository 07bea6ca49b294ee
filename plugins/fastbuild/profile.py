"""Where the time of a build goes, step by step."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Profile:
    """The time of each step of one build: on the clock, and of the processors in all processes."""

    def __init__(self) -> None:
        self._steps: dict[str, tuple[float, float, int]] = {}
        self._notes: list[str] = []

    def note(self, *notes: str) -> None:
        """Tell more, below the steps."""
        self._notes += notes

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Measure what happens inside as a step; a step may come several times."""
        clock, processors = time.perf_counter(), _processors()
        try:
            yield
        finally:
            took, used, count = self._steps.get(name, (0.0, 0.0, 0))
            clock, processors = time.perf_counter() - clock, _processors() - processors
            self._steps[name] = (took + clock, used + processors, count + 1)

    def __str__(self) -> str:
        total = sum(took for took, _, _ in self._steps.values()) or 1.0
        lines = [f"{'step':<28}{'seconds':>9}{'share':>7}{'processors':>12}"]
        for name, (took, used, _) in self._steps.items():
            lines.append(f"{name:<28}{took:>9.3f}{took / total:>7.0%}{used:>12.3f}")
        return "\n".join([*lines, *self._notes])


def _processors() -> float:
    """Processor seconds of this process and of those it has waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
