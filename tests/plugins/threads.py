"""Another thread, for tests of what a build does where one runs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def thread(name: str) -> Iterator[None]:
    """Another thread of this process, as a plugin may start one."""
    over = threading.Event()
    started = threading.Thread(target=over.wait, name=name)
    started.start()
    try:
        yield
    finally:
        over.set()
        started.join()
