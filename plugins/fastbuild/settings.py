"""Settings of the build engine."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from plugins.errors import Problem, SettingsError

WORKERS = "PARLEY_WORKERS"
START = "PARLEY_START"

Start = Literal["", "fork", "spawn"]


@dataclass(frozen=True, slots=True)
class BuildSettings:
    """How the site is built: the folder of the cache, and the processes.

    ``cache`` is safe to delete; None keeps nothing from build to build. ``workers`` 0 is one for
    each core. ``start`` says how they come to be: "fork" copies this process or does without, "spawn"
    starts new ones even for little work; by itself the build copies where that is safe, and
    elsewhere starts new ones where there is much to do. The environment variables PARLEY_WORKERS and
    PARLEY_START have the last word. Raises ValueError for what is none of these.
    """

    cache: Path | None = None
    workers: int = 0
    start: Start = ""

    def __post_init__(self) -> None:
        if self.workers < 0:
            raise ValueError(f"workers: {self.workers} is none; 0 is one for each core")
        if self.start not in get_args(Start):
            raise ValueError(f'start: {self.start!r} is no way; "fork" and "spawn" are')


def workers_of(settings: BuildSettings, environment: Mapping[str, str]) -> int:
    """The number of processes to build with; raises SettingsError for a variable that says none."""
    said = environment.get(WORKERS, "").strip()
    if said and not (said.isdigit() and int(said)):
        hint = "unset it, or set it to a number from 1"
        raise SettingsError([Problem("environment", 1, WORKERS, f"{said!r} is no number", hint)])
    return int(said) if said else settings.workers or len(_cores())


def start_of(settings: BuildSettings, environment: Mapping[str, str]) -> Start:
    """How processes come to be; raises SettingsError for a variable that says no way."""
    said = environment.get(START, "").strip()
    for way in get_args(Start):
        if said == way:
            return way or settings.start
    hint = 'unset it, or set it to "fork" or "spawn"'
    raise SettingsError([Problem("environment", 1, START, f"{said!r} is no way to start", hint)])


def _cores() -> range | set[int]:
    """The cores that this process may use, where the system tells."""
    if hasattr(os, "sched_getaffinity"):
        return os.sched_getaffinity(0)
    return range(os.cpu_count() or 1)
