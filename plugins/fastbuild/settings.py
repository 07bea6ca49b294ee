"""Settings of the build engine."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from plugins.errors import Problem, SettingsError

WORKERS = "PARLEY_WORKERS"


@dataclass(frozen=True, slots=True)
class BuildSettings:
    """How the site is built: the folder of the cache, and the number of processes.

    ``cache`` is safe to delete; None keeps nothing from build to build. ``workers`` 0 is one for
    each core; the environment variable PARLEY_WORKERS has the last word. Raises ValueError for
    fewer than 0.
    """

    cache: Path | None = None
    workers: int = 0

    def __post_init__(self) -> None:
        if self.workers < 0:
            raise ValueError(f"workers: {self.workers} is none; 0 is one for each core")


def workers_of(settings: BuildSettings, environment: Mapping[str, str]) -> int:
    """The number of processes to build with; raises SettingsError for a variable that says none."""
    said = environment.get(WORKERS, "").strip()
    if said and not (said.isdigit() and int(said)):
        hint = "unset it, or set it to a number from 1"
        raise SettingsError([Problem("environment", 1, WORKERS, f"{said!r} is no number", hint)])
    return int(said) if said else settings.workers or len(_cores())


def _cores() -> range | set[int]:
    """The cores that this process may use, where the system tells."""
    if hasattr(os, "sched_getaffinity"):
        return os.sched_getaffinity(0)
    return range(os.cpu_count() or 1)
