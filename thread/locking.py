"""Locks on open files that go with their holder, however that ends: the system's own, on each system.

A lock belongs to what is open, not to its name. POSIX systems lock files and folders as a whole
(``flock``). Windows opens no folders and locks bytes (``LockFile``, through ``msvcrt``): there the first
byte of a file is locked, for a folder that of a file in it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

# In folders, where they cannot be locked themselves.
NAME = ".parley-lock"

if sys.platform == "win32":
    import msvcrt

    def take(handle: int) -> bool:
        """Lock what is open as ``handle`` without waiting; False where somebody else has it."""
        os.lseek(handle, 0, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def open_folder(folder: Path) -> int:
        """A handle to lock ``folder`` by; raises OSError where there is no such folder."""
        return open_file(folder / NAME)

    def is_of(handle: int, folder: Path) -> bool:
        """Whether ``handle`` was opened in the folder that now has this path."""
        found = folder / NAME
        return found.exists() and os.path.samestat(os.fstat(handle), found.stat())

else:
    import fcntl

    def take(handle: int) -> bool:
        """Lock what is open as ``handle`` without waiting; False where somebody else has it."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def open_folder(folder: Path) -> int:
        """A handle to lock ``folder`` by; raises OSError where there is no such folder."""
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY)

    def is_of(handle: int, folder: Path) -> bool:
        """Whether ``handle`` is that of the folder that now has this path."""
        return os.path.samestat(os.fstat(handle), folder.stat())


def open_file(path: Path, mode: int = 0o644) -> int:
    """A handle to lock the file at ``path`` by, which is made where there is none."""
    return os.open(path, os.O_RDWR | os.O_CREAT, mode)
