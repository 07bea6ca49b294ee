"""Workers at work, for the tests of what they do."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterable, Iterator

import pytest

from dialogue.supervision.leader import Leader
from dialogue.supervision.outage import OutageError
from dialogue.supervision.supervisor import Supervisor
from dialogue.supervision.worker import Worker


class Alone:
    """The leader of one process."""

    def leads(self) -> bool:
        """Always."""
        return True

    def resign(self) -> None:
        """Never."""


@contextlib.contextmanager
def working(workers: Iterable[Worker], leader: Leader | None = None) -> Iterator[Supervisor]:
    """Supervise ``workers``; fails where one of them died."""
    died = threading.Event()
    supervisor = Supervisor(workers, leader or Alone(), died.set)
    supervisor.start()
    try:
        yield supervisor
    finally:
        supervisor.stop()
    assert not died.is_set()


@contextlib.contextmanager
def away(monkeypatch: pytest.MonkeyPatch, where: object, name: str) -> Iterator[None]:
    """An outage: ``name`` in ``where`` raises; whoever got hold of it may call it again later."""
    real, over = getattr(where, name), threading.Event()

    def tried(*given: object) -> object:
        if not over.is_set():
            raise OutageError("the database is away")
        return real(*given)

    with monkeypatch.context() as patch:
        patch.setattr(where, name, tried)
        yield
    over.set()
