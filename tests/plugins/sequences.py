"""What tests share that change a site again and again and compare it with a clean build."""

from __future__ import annotations

from copy import copy
from pathlib import Path
from shutil import rmtree
from typing import Any

from hypothesis import HealthCheck

from plugins.fastbuild.settings import BuildSettings
from tests.plugins.building import Built, Workshop

QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file with its bytes."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def clean_build(workshop: Workshop, output: Path, **settings: Any) -> Built:
    """The same site built from nothing, by one process, into another folder."""
    rmtree(output, ignore_errors=True)
    other = copy(workshop)
    other.output, other.puts_off = output, False
    return other.build(BUILD=BuildSettings(cache=None, workers=1), **settings)


def damage_cache(folder: Path, length: int) -> None:
    """Cut the cache of a site off, or write into the midst of it."""
    for path in folder.glob(".parley/build/*.sqlite"):
        with path.open("r+b") as file:
            file.seek(length) if length % 2 else file.truncate(length)
            file.write(b"garbage" * 20)
