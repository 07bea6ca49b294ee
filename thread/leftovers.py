"""What a killed writer leaves in the output folder: hidden files that nobody will finish."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from thread import atomic


def remove(folder: Path, before: float) -> int:
    """Remove the drafts below ``folder`` last written before then (in seconds of the epoch).

    Whoever holds the lock of an output folder knows that those older than its lock have no writer.
    Returns how many there were. Raises OSError.
    """
    found = [path for path in _drafts(str(folder)) if path.stat().st_mtime < before]
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


def _drafts(folder: str) -> Iterator[Path]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _drafts(entry.path)
            elif atomic.is_draft(entry.name):
                yield Path(entry.path)
