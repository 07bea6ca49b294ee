"""What the last build left: what it looked at, what it made, and what it reported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from plugins.digests import digest_bytes
from plugins.engine.report import Report
from plugins.engine.units import Made, content_of
from plugins.fastbuild.clock import Span
from plugins.fastbuild.frozen import dumps, loads
from plugins.fastbuild.inventory import Seen
from plugins.fastbuild.store import Store
from plugins.fastbuild.walking import stamp

_NEVER = Span(Span().since, Span().since)


@dataclass(frozen=True, slots=True)
class Memory:
    """All of it; an empty one where nothing is known.

    ``made`` holds units by name, and ``hashes`` digests of output files with the stamps they had.
    ``span`` are the moments for which the last build is right; ``asks_history`` says that it also
    depends on the history of the files. ``checked`` is a digest of what was
    checked of the content as a whole and found right.
    """

    seen: Seen = field(default_factory=dict)
    made: Mapping[str, Made] = field(default_factory=dict)
    hashes: dict[str, tuple[tuple[int, ...], str]] = field(default_factory=dict)
    report: Report | None = None
    span: Span = _NEVER
    asks_history: bool = False
    checked: str = ""

    def is_intact(self, output: Path) -> bool:
        """Whether every file that the last build left in ``output`` is there as it left it."""
        folder = str(output)
        return all(
            content_of(stamp(f"{folder}/{path}")) == content_of(seen)
            for made in self.made.values()
            for path, seen in made.files
        )

    def digests(self, made: Mapping[str, Made], staged: Path, output: Path) -> Mapping[str, str]:
        """The digest of every file of the site, made or left in place."""
        found = {}
        for unit in made.values():
            for path, _ in unit.files:
                fresh = staged / path
                found[path] = (
                    digest_bytes(fresh.read_bytes()) if fresh.is_file() else self._old(path, output)
                )
        return found

    def _old(self, path: str, output: Path) -> str:
        known = self.hashes.get(path)
        now = content_of(stamp(f"{output}/{path}"))
        if known and known[0] == now:
            return known[1]
        made = digest_bytes((output / path).read_bytes())
        self.hashes[path] = (now, made)
        return made


def recall(store: Store) -> Memory:
    """What is kept in ``store``; an empty memory where that is damaged."""
    row = store.get("facts", "memory")
    if row is None:
        return Memory()
    values: Any = loads(row)
    return values if isinstance(values, Memory) else Memory()


def keep(memory: Memory, store: Store) -> None:
    """Write it down for the next build."""
    store.put("facts", [("memory", dumps(memory))])
    store.commit()


def forget(store: Store) -> None:
    """Note that the output may not be what the memory says."""
    store.drop("facts", ["memory"])
    store.commit()
