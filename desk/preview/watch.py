"""Notices what is saved, always: also while a build runs, and while nobody asks."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from watchfiles import Change, awatch

from desk.errors import DeskError
from desk.preview.links import links_below

_QUIET = 5
"""Milliseconds without another change after which changes count as one save."""
_PATIENCE = 400
"""Milliseconds after which they do although more come in."""

_NOT_OURS = re.compile(
    r"""
    \.git | \.hg | \.svn | \.idea | \.vscode | \.obsidian | \.parley.* | \.DS_Store
    | __pycache__ | .*\.py[cod] | node_modules | \..*_cache
    | .*~ | \.?\#.* | .*\.sw[a-z] | .*\.tmp | .*\.bak | 4913 | \.goutputstream-.*
    | .*___jb_(tmp|old)___ | .*\.kate-swp | .*\.(part|crdownload) | \._.*
    """,
    re.VERBOSE,
)
"""Names of version control, caches, and the temporary files that editors write beside a file."""


class Watcher:
    """Gathers changes below ``folders`` and to the Python files directly in ``root``.

    Nothing below ``ignored`` counts, nor what editors, caches and version control leave.
    """

    def __init__(self, root: Path, folders: Iterable[Path], ignored: Iterable[Path]) -> None:
        self._root = root
        self._folders = {folder.resolve() for folder in folders}
        self._ignored = {path.resolve() for path in ignored}
        self._changed: set[Path] = set()
        self._some = asyncio.Event()
        self._moved = asyncio.Event()
        self._linked: Mapping[Path, frozenset[Path]] = {}

    async def run(self) -> None:
        """Watch until cancelled. Raises DeskError, in a group, where the system cannot watch more.

        What changed while the watch was set up anew is not known: all of it counts as changed.
        """
        again = False
        while True:
            self._moved = asyncio.Event()
            roots = [path for path in sorted(self._outermost()) if path.is_dir()]
            self._linked = links_below(roots)
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._gather(roots, recursive=True))
                tasks.create_task(self._gather(self._parents(), recursive=False))
                await asyncio.sleep(0)  # both are watching now
                if again:
                    self._add(roots)
            again = True

    def cover(self, folders: Iterable[Path]) -> None:
        """Watch ``folders`` too."""
        more = {folder.resolve() for folder in folders} - self._folders
        self._folders |= more
        if more:
            self._moved.set()

    async def next(self) -> frozenset[Path]:
        """Everything that has changed since the last call, as soon as there is anything."""
        await self._some.wait()
        changed, self._changed = frozenset(self._changed), set()
        self._some.clear()
        return changed

    async def _gather(self, roots: list[Path], *, recursive: bool) -> None:
        if not roots:
            await self._moved.wait()
            return
        changes = awatch(
            *roots,
            watch_filter=self._counts if recursive else self._is_root,
            debounce=_PATIENCE,
            step=_QUIET,
            stop_event=self._moved,
            recursive=recursive,
            ignore_permission_denied=True,
        )
        try:
            async for change in changes:
                self._take({Path(path) for _, path in change}, recursive=recursive)
        except (OSError, RuntimeError) as error:  # RuntimeError is how watchfiles says it
            raise DeskError(
                f"changes cannot be watched for: {error}; on Linux raise fs.inotify.max_user_watches"
            ) from error

    def _take(self, paths: set[Path], *, recursive: bool) -> None:
        links = {link for path in paths for link in self._linked.get(path, ())}
        self._add(links | (paths if recursive else paths - self._linked.keys()))
        if not recursive and (paths & self._folders or any(link.is_dir() for link in links)):
            self._moved.set()
        if recursive and any(self._may_link(path) for path in paths):
            self._moved.set()

    def _may_link(self, path: Path) -> bool:
        """Whether other files may have to be watched since this path changed."""
        known = any(path in links for links in self._linked.values())
        return known or path.is_symlink() or (path.is_dir() and bool(links_below([path])))

    def _add(self, paths: Iterable[Path]) -> None:
        self._changed |= set(paths)
        self._some.set()

    def _outermost(self) -> set[Path]:
        return {path for path in self._folders if not self._folders & set(path.parents)}

    def _parents(self) -> list[Path]:
        """Where a folder that is made again, and what a link leads to, can be seen to change."""
        parents = {self._root, *(folder.parent for folder in self._outermost())}
        parents |= {place.parent for place in self._linked}
        return [path for path in sorted(parents) if path.is_dir()]

    def _is_root(self, _: Change, name: str) -> bool:
        path = Path(name)
        settings = path.parent == self._root and path.suffix == ".py"
        own = path in self._outermost() or path in self._linked
        return own or (settings and not _NOT_OURS.fullmatch(path.name))

    def _counts(self, _: Change, name: str) -> bool:
        path = Path(name)
        if any(path.is_relative_to(ignored) for ignored in self._ignored):
            return False
        inside = next((path.relative_to(f) for f in self._folders if path.is_relative_to(f)), path)
        return not any(_NOT_OURS.fullmatch(part) for part in inside.parts)
