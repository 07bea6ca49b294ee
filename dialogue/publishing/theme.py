"""The theme's templates of replies, read again when somebody changes them."""

from __future__ import annotations

import os
from pathlib import Path

from thread.templates import Templates

_Stamp = tuple[tuple[str, int, int], ...]


class Theme:
    """The templates in ``folders``, of which the first wins; cheap to ask, never out of date."""

    def __init__(self, *folders: Path) -> None:
        self._folders = folders
        self._stamp: _Stamp = ()
        self._templates = Templates(*folders)

    def templates(self) -> Templates:
        """The templates as they are now."""
        stamp = self._now()
        if stamp != self._stamp:
            self._templates = Templates(*self._folders)
            self._stamp = stamp
        return self._templates

    def _now(self) -> _Stamp:
        """What tells one state of the macros from another: the block is made of nothing else."""
        found = []
        for folder in self._folders:
            macros = folder / "macros"
            if macros.is_dir():
                for entry in os.scandir(macros):
                    stat = entry.stat()
                    found.append((entry.path, stat.st_mtime_ns, stat.st_size))
        return tuple(sorted(found))
