"""Write a file whole or not at all, whenever the process or the machine stops."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

_NEW_FILE = 0o644
# Hidden, and with an ending that no web server maps to a type, should one be left behind.
_PREFIX, _SUFFIX = ".parley-", ".tmp"


def replace(path: Path, data: bytes) -> None:
    """Put ``data`` at ``path``: readers see the old file or the new one, never a part.

    A file that is there keeps its mode. The data is on the disk when this returns. Raises
    :class:`OSError`; the old file is then as it was.
    """
    mode = _mode(path)
    handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
    _sync_folder(path.parent)


def is_draft(name: str) -> bool:
    """Whether a file of this name is one that was being written."""
    return name.startswith(_PREFIX) and name.endswith(_SUFFIX)


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        return _NEW_FILE


def _sync_folder(folder: Path) -> None:
    """Make the rename last: it is the folder that holds the name."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
