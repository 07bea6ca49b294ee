"""An honest reader beside attackers: real sockets, a real service, one process."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from tests.dialogue.connections.attacks import ATTACKS
from tests.dialogue.connections.conftest import attacked, is_served, memory_of
from tests.dialogue.serving import Place, Running

MB = 1_000_000
# Small enough for a few hundred attackers to be too many.
FEW = {
    "DIALOGUE_SERVE_SITE": "yes",
    "DIALOGUE_MAX_CONNECTIONS": "120",
    "DIALOGUE_MAX_BLOCK_CONNECTIONS": "60",
    "DIALOGUE_MAX_REQUESTS": "100",
}


@pytest.mark.parametrize(
    ("name", "spread"),
    [
        ("half_header", False),
        ("half_header", True),
        ("dripping_body", True),
        ("not_reading", False),
        ("pipelining", False),
        ("endless_headers", False),
        ("tiny_chunks", True),
    ],
)
def test_a_reader_is_served_beside_attackers(place: Place, name: str, *, spread: bool) -> None:
    """Three times as many connections as there may be, and a page and a reply take no second."""
    served = with_descriptors(place, "-S -n 300").serve(**FEW)
    with served as running, attacked(place.port, name, 360, spread=spread):
        is_served(running)
        assert running.process.poll() is None


@pytest.mark.deep
@pytest.mark.parametrize("spread", [False, True], ids=["one address", "many addresses"])
@pytest.mark.parametrize("name", list(ATTACKS))
def test_a_reader_is_served_beside_1500_attackers(place: Place, name: str, *, spread: bool) -> None:
    """With the limits as they are by default, for every attack."""
    with place.serve(DIALOGUE_SERVE_SITE="yes") as running:
        before = memory_of(running)
        with attacked(place.port, name, 1500, spread=spread), _highest(running) as memory:
            is_served(running, times=20)
        assert memory[0] - before < 300 * MB


@pytest.mark.deep
def test_a_reader_is_served_beside_10000_idle_connections(place: Place) -> None:
    """Each of them has asked once and asks no more."""
    served = place.serve(DIALOGUE_SERVE_SITE="yes")
    with served as running, attacked(place.port, "idle", 10_000, spread=True):
        is_served(running, times=20)


@pytest.mark.parametrize("count", [150, pytest.param(800, marks=pytest.mark.deep)])
def test_unfinished_bodies_take_no_memory(place: Place, count: int) -> None:
    """Forms of 0.9 MB that never end cost little more than what all forms may hold together."""
    with place.serve(DIALOGUE_MAX_BODY_BYTES="4194304", **FEW) as running:
        before = memory_of(running)
        with attacked(place.port, "unfinished_body", count), _highest(running) as memory:
            is_served(running)
        assert memory[0] - before < 60 * MB


def test_few_descriptors_are_no_end(place: Place) -> None:
    """Where the system allows few, fewer connections are taken, and the rest is served."""
    served = with_descriptors(place, "-n 256").serve(DIALOGUE_SERVE_SITE="yes")
    with served as running, attacked(place.port, "half_header", 500, spread=True):
        is_served(running)
    assert "raise LimitNOFILE" in place.log.read_text()


def with_descriptors(place: Place, limit: str) -> Place:
    """The same place, where a service is started with that limit of descriptors (``ulimit``)."""
    return replace(place, wrapper=("sh", "-c", f'ulimit {limit} && exec "$@"', "sh"))


@contextmanager
def _highest(running: Running) -> Iterator[list[int]]:
    """The most memory that the service has in the meantime."""
    found, done = [0], threading.Event()

    def watch() -> None:
        while not done.wait(0.1):
            found[0] = max(found[0], memory_of(running))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield found
    finally:
        done.set()
        watcher.join()
