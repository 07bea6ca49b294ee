"""What a killed writer leaves in the output folder: hidden files that nobody will finish."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from thread import atomic


def remove(folder: Path, before: float) -> int:
    """Remove the drafts below ``folder`` that were last written before then (seconds of the epoch).

    Whoever has just got the lock of an output folder knows that those older than that have no writer
    any more. Folders that we may not read are not ours. Returns how many there were. Raises OSError.
    """
    return sum(_remove(path, before) for path in [*_drafts(str(folder))])


def _remove(path: str, before: float) -> bool:
    with suppress(FileNotFoundError):
        if os.lstat(path).st_mtime < before:
            Path(path).unlink()
            return True
    return False


def _drafts(folder: str) -> Iterator[str]:
    """Links to folders are not followed."""
    with suppress(PermissionError, FileNotFoundError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _drafts(entry.path)
            elif atomic.is_draft(entry.name):
                yield entry.path
