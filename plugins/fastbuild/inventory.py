"""What lies in the folders that a site is made from, and what of it is not as it was.

The truth is the digest of each file's bytes; a file is only read again where its stamp changed, or
was taken so soon after the file was written that another change could have the same.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from plugins.fastbuild.walking import Stamp, digest_of, is_settled, stamp, walk

# A file by the name of its root and its path there; with its digest, and the stamp if it is one to
# be trusted. A path that leads to no file has an empty digest.
Seen = Mapping[tuple[str, str], tuple[Stamp | None, bytes]]


def is_never_ignored(name: str) -> bool:  # noqa: ARG001 - the signature of those that look at it
    """For folders of which everything counts."""
    return False


@dataclass(frozen=True, slots=True)
class Root:
    """A folder, or a single file, by a name that stays the same wherever it is."""

    name: str
    path: str
    ignored: Callable[[str], bool] = is_never_ignored
    excluded: frozenset[str] = field(default_factory=frozenset)


def take_inventory(roots: Iterable[Root], before: Seen) -> Seen:
    """Every file of ``roots``; ``before`` is the last inventory."""
    looked = time.time_ns()
    found = {}
    for root in roots:
        for path, seen in _files(root):
            key = (root.name, path)
            known = before.get(key)
            if known and seen and known[0] == seen:
                found[key] = known
            else:
                found[key] = _look(f"{root.path}/{path}" if path else root.path, seen, looked)
    return found


def changed(now: Seen, before: Seen) -> frozenset[tuple[str, str]]:
    """The files that are new, gone or have other bytes."""
    fresh = {key for key, (_, digest) in now.items() if before.get(key, (None, None))[1] != digest}
    return frozenset(fresh.union(before.keys() - now.keys()))


def _files(root: Root) -> Iterable[tuple[str, Stamp | None]]:
    if os.path.isdir(root.path):  # noqa: PTH112 - called for every root of every build
        return walk(root.path, root.ignored, root.excluded)
    found = stamp(root.path)
    return [("", found)] if found else []


def _look(path: str, seen: Stamp | None, looked: int) -> tuple[Stamp | None, bytes]:
    if seen is None:
        return None, b""
    try:
        digest = digest_of(path)
    except OSError:
        return None, b""
    return (seen if is_settled(seen, looked) else None), digest
