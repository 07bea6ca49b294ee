"""A folder that keeps what was costly to make, found by a key that says all it was made from.

An entry is a file with the SHA-256 of its data in front. It is written beside and renamed, so a
build that is killed leaves no half entry, and what does not match its sum is made anew.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

_SUM = hashlib.sha256().digest_size


class Cache:
    """The entries below ``folder``, which is made when it is first needed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> bytes | None:
        """The data kept under ``key``; None where there is none, or it is damaged."""
        try:
            kept = self._path(key).read_bytes()
        except OSError:
            return None
        data = kept[_SUM:]
        return data if hashlib.sha256(data).digest() == kept[:_SUM] else None

    def put(self, key: str, data: bytes) -> None:
        """Keep ``data`` under ``key``. Raises :class:`OSError`."""
        write_whole(self._path(key), hashlib.sha256(data).digest() + data)

    def _path(self, key: str) -> Path:
        name = hashlib.sha256(key.encode()).hexdigest()
        return self._folder / name[:2] / name[2:]


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that nobody ever sees a part of it. Raises :class:`OSError`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".part-", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
