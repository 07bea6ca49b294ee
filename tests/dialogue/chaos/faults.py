"""What goes wrong: each fault is entered, lasts for a while, and is mended on leaving."""

from __future__ import annotations

import os
import random
import resource
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from tests.dialogue.chaos.relay import PHASES
from tests.dialogue.chaos.world import World
from thread.lock import output_lock

_WAYS = ("hang", "drop", "421 4.3.2 not now", "451 4.3.0 later", "550 5.1.1 no")
_ROOM = 4_096


@contextmanager
def database_away(world: World, _: random.Random) -> Iterator[None]:
    """The database is stopped, or somebody holds its lock."""
    with world.database.away():
        yield


@contextmanager
def disk_full(world: World, _: random.Random) -> Iterator[None]:
    """No file of the service grows much beyond the largest there is."""
    sizes = [each.stat().st_size for each in world.files() if each.is_file()]
    with _limited(world, resource.RLIMIT_FSIZE, max([*sizes, _ROOM]) + _ROOM):
        yield


@contextmanager
def no_descriptors(world: World, _: random.Random) -> Iterator[None]:
    """No further file and no further connection can be opened."""
    most = {pid: len(os.listdir(f"/proc/{pid}/fd")) + 1 for pid in world.pids()}  # noqa: PTH208
    with _limited(world, resource.RLIMIT_NOFILE, most):
        yield


@contextmanager
def mail_fails(world: World, chance: random.Random) -> Iterator[None]:
    """The mail server fails in one phase of the conversation."""
    world.relay.fail(chance.choice(PHASES), chance.choice(_WAYS))
    try:
        yield
    finally:
        world.relay.heal()


@contextmanager
def mail_is_mute(world: World, _: random.Random) -> Iterator[None]:
    """The mail server takes messages and breaks off before it says so."""
    world.relay.fail("DATA", "mute")
    try:
        yield
    finally:
        world.relay.heal()


@contextmanager
def mail_away(world: World, _: random.Random) -> Iterator[None]:
    """Nobody listens at the mail server's port."""
    with world.no_relay():
        yield


@contextmanager
def build_runs(world: World, _: random.Random) -> Iterator[None]:
    """A build holds the lock of the output."""
    with output_lock(world.output):
        yield


@contextmanager
def process_killed(world: World, chance: random.Random) -> Iterator[None]:
    """A process of the service is killed, the parent of the workers, too."""
    os.kill(chance.choice(sorted(world.all_pids())), signal.SIGKILL)
    yield
    world.keep()


@contextmanager
def clock_jumps(world: World, chance: random.Random) -> Iterator[None]:
    """The service's clock is hours or days off, and right again afterwards."""
    world.clock(chance.choice((-90_000, -3_600, 3_600, 90_000, 260_000)))
    try:
        yield
    finally:
        world.clock(0)


Fault = Callable[[World, random.Random], AbstractContextManager[None]]

READERS_SEE: frozenset[Fault] = frozenset(
    {database_away, disk_full, no_descriptors, process_killed, clock_jumps}
)
"""Those during which readers may have to wait or be refused; the others are none of their business."""

KEEP_FROM_WRITING: frozenset[Fault] = frozenset({database_away, disk_full, no_descriptors})
"""Those during which the service cannot note what it did."""

ALL: tuple[Fault, ...] = (
    *(database_away, disk_full, no_descriptors, process_killed, clock_jumps),
    *(mail_fails, mail_is_mute, mail_away, build_runs),
)


@contextmanager
def _limited(world: World, what: int, most: int | Mapping[int, int]) -> Iterator[None]:
    before: dict[int, tuple[int, int]] = {}
    for pid in world.pids():
        size = most if isinstance(most, int) else most[pid]
        hard = resource.prlimit(pid, what)[1]
        before[pid] = resource.prlimit(pid, what, (size, hard))
    try:
        yield
    finally:
        for pid, limits in before.items():
            if Path(f"/proc/{pid}").exists():
                resource.prlimit(pid, what, limits)
