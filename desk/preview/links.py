"""Symbolic links below a folder, and where saves of what they lead to can be seen.

The system tells of changes in a folder, not of those of what a link in it leads to; and an editor
that saves by renaming replaces that. So the folder that it lies in has to be watched.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

# As many steps as Linux follows (path_resolution(7)).
_MOST_STEPS = 40


def links_below(folders: Iterable[Path]) -> Mapping[Path, frozenset[Path]]:
    """Each path that links below ``folders`` lead to or over, with these links.

    A path is that of a file or folder, by its real folder; links in folders that are linked count.
    """
    found: dict[Path, set[Path]] = defaultdict(set)
    for folder in folders:
        for link in _links(folder):
            for place in _steps(link):
                found[place].add(link)
    return {place: frozenset(links) for place, links in found.items()}


def _links(folder: Path) -> Iterator[Path]:
    seen = set()
    for root, folders, files in os.walk(folder, followlinks=True):
        real = os.path.realpath(root)
        if real in seen:
            folders.clear()
            continue
        seen.add(real)
        for name in (*folders, *files):
            path = Path(root, name)
            if path.is_symlink():
                yield path


def _steps(link: Path) -> Iterator[Path]:
    """What ``link`` names, what that names if it is a link, and so on; none for a circle."""
    path = link
    for _ in range(_MOST_STEPS):
        if not path.is_symlink():
            return
        named = path.parent / path.readlink()
        path = Path(os.path.realpath(named.parent), named.name)
        yield path
