"""The related posts of a build: looked for in all processes; what posts are about is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plugins.build.pool import WorkerPool
from plugins.catalogue.catalogue import Entry
from plugins.fastbuild.store import Store
from plugins.pages.related import relate
from plugins.pages.telling import terms_of

# Enough to repay the start of a process.
BATCH = 100
_KEY = 32


@dataclass(frozen=True, slots=True)
class Relating:
    """Finds the related posts of each post."""

    store: Store
    pool: WorkerPool

    def __call__(self, entries: Sequence[Entry]) -> Mapping[str, Sequence[Entry]]:
        """See :func:`plugins.pages.related.relate`."""
        return relate(entries, self._rows(entries), self._each)

    def _rows(self, entries: Sequence[Entry]) -> Mapping[str, bytes]:
        """The terms of each post by source, those that are not known made now."""
        keys = {entry.post.source: entry.whole.encode("ascii") for entry in entries}
        kept = dict(self.store.all("terms"))
        rows = {
            source: row[_KEY:] for source, row in kept.items() if row[:_KEY] == keys.get(source)
        }
        missing = [entry for entry in entries if entry.post.source not in rows]
        for start, made in self._each(_terms, missing):
            for entry, row in zip(missing[start:], made, strict=False):
                source = entry.post.source
                rows[source] = row
                self.store.put("terms", [(source, keys[source] + row)])
        self.store.drop("terms", kept.keys() - keys.keys())
        self.store.commit()
        return rows

    def _each(
        self, work: Callable[[Sequence[Any]], Any], things: Sequence[Any]
    ) -> Iterator[tuple[int, Any]]:
        return self.pool.in_batches(work, things, BATCH)


def _terms(entries: Sequence[Entry]) -> list[bytes]:
    return [terms_of(entry) for entry in entries]
