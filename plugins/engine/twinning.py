"""Compressed twins of what a build publishes, made anew only for files that changed."""

from __future__ import annotations

import filecmp
import gzip
import os
import shutil
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import brotli

from thread.twins import BROTLI, GZIP, has_twins, twins

_UNPACK = {BROTLI: brotli.decompress, GZIP: gzip.decompress}
_DAMAGED = (brotli.error, OSError, EOFError, zlib.error)


@contextmanager
def publishing(output: Path, staged: Path, settings: object) -> Iterator[None]:  # noqa: ARG001 - see plugins.steps
    """Make the twins before the first file is published; see :mod:`plugins.steps`.

    For plugins that change staged files as well to come first, name this one last.
    """
    add_twins(staged, output)
    yield


def register() -> None:
    """Connect to Pelican, where there is nothing to connect: the build calls ``publishing``."""


def add_twins(staged: Path, output: Path) -> None:
    """Make the twins of all text files below ``staged``.

    Those of a file that ``output`` has in the same bytes are taken from there, if they hold what
    they should. A file that brings a twin of its own keeps it.
    """
    # Both compressors work outside the interpreter's lock, so threads are enough.
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        for _ in pool.map(lambda name: _add(staged / name, output / name), _texts(staged)):
            pass


def _texts(folder: Path) -> list[Path]:
    found = (path for path in folder.rglob("*") if has_twins(path.name) and path.is_file())
    return sorted(path.relative_to(folder) for path in found)


def _add(file: Path, published: Path) -> None:
    kept = list(_kept(file, published))
    if kept:
        for suffix, twin in kept:
            shutil.copyfile(twin, _beside(file, suffix))
        return
    for suffix, data in twins(file.read_bytes()).items():
        if not _beside(file, suffix).exists():
            _beside(file, suffix).write_bytes(data)


def _kept(file: Path, published: Path) -> Iterator[tuple[str, Path]]:
    """The twins of the last build, if the file is the same and both are good."""
    pairs = [(suffix, _beside(published, suffix)) for suffix in _UNPACK]
    if not all(twin.is_file() for _, twin in pairs):
        return
    if any(_beside(file, suffix).exists() for suffix in _UNPACK):
        return
    if (
        published.is_file()
        and filecmp.cmp(file, published, shallow=False)
        and all(_holds(twin, suffix, file) for suffix, twin in pairs)
    ):
        yield from pairs


def _holds(twin: Path, suffix: str, file: Path) -> bool:
    try:
        return bool(_UNPACK[suffix](twin.read_bytes()) == file.read_bytes())
    except _DAMAGED:
        return False


def _beside(file: Path, suffix: str) -> Path:
    return file.with_name(file.name + suffix)
