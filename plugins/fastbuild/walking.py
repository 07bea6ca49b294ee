"""The files below a folder with what tells whether they changed, and their digests."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from hashlib import blake2b
from stat import S_ISDIR, S_ISREG

Stamp = tuple[int, int, int, int]
# A file written so shortly before it was looked at may be written again without a newer time
# (the "racy git" rule): nanoseconds.
RACY = 2_000_000_000


def walk(
    folder: str, ignored: Callable[[str], bool], excluded: frozenset[str] = frozenset()
) -> Iterator[tuple[str, Stamp | None]]:
    """Every file below ``folder``, by its path there with forward slashes, and its stamp.

    Links are followed, as Pelican does; a path that leads to no ordinary file has no stamp.
    ``ignored`` tells by the name of a file or folder what is left out, ``excluded`` holds paths.
    """
    yield from _below(folder, "", ignored, excluded)


def _below(
    folder: str, above: str, ignored: Callable[[str], bool], excluded: frozenset[str]
) -> Iterator[tuple[str, Stamp | None]]:
    folders = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if ignored(entry.name) or above + entry.name in excluded:
                continue
            stamp = _stamp_of(entry)
            if stamp == ():
                folders.append(entry.name)
            else:
                yield above + entry.name, stamp or None
    for name in folders:
        yield from _below(f"{folder}/{name}", f"{above}{name}/", ignored, excluded)


def _stamp_of(entry: os.DirEntry[str]) -> Stamp | tuple[()] | None:
    """The stamp of a file, nothing in a tuple for a folder, None for what is neither."""
    try:
        seen = entry.stat()
    except OSError:
        return None
    if S_ISDIR(seen.st_mode):
        return ()
    return stamp_from(seen) if S_ISREG(seen.st_mode) else None


def stamp_from(seen: os.stat_result) -> Stamp:
    """What changes when a file is written: size, times of content and of its entry, and its number."""
    return seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino


def stamp(path: str) -> Stamp | None:
    """The stamp of the file at ``path``; None where there is no ordinary file."""
    try:
        seen = os.stat(path)  # noqa: PTH116 - called for every file
    except OSError:
        return None
    return stamp_from(seen) if S_ISREG(seen.st_mode) else None


def is_settled(found: Stamp, looked: int) -> bool:
    """Whether a file with this stamp, seen at ``looked`` (ns), cannot have changed unnoticed."""
    return max(found[1], found[2]) + RACY < looked


def digest_of(path: str) -> bytes:
    """The digest of the bytes of a file."""
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - called for every source
        return blake2b(file.readall(), digest_size=16).digest()
