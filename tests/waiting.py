"""Waiting for what happens elsewhere: in another thread, process or browser."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE = 120.0
"""Seconds that anything may take on a slow machine with every core busy: it costs only failures."""


def until(
    condition: Callable[[], object],
    evidence: object = "it never came to that",
    seconds: float = PATIENCE,
) -> None:
    """Wait until ``condition`` holds; fail with ``evidence``, or what it returns, after ``seconds``."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, evidence() if callable(evidence) else evidence
        time.sleep(0.02)
