"""What the last build left: what it looked at, what it made, and what it reported.

A build that knows all of the site writes it down as a whole. One that only brought a few pages up
to date adds what it changed in a row of its own, which costs little however large the site is; the
row names the whole that it belongs to, and is nothing without that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from plugins.digests import digest_bytes
from plugins.engine.made import Made, content_of
from plugins.engine.report import Report
from plugins.fastbuild.clock import Span
from plugins.fastbuild.frozen import dumps, loads
from plugins.fastbuild.inventory import Seen
from plugins.fastbuild.store import Store
from plugins.fastbuild.walking import stamp

_NEVER = Span(Span().since, Span().since)
# The rows of the table of facts that hold it: the whole, and what came since.
_WHOLE, _SINCE = "memory", "memory since"
# So many changes are written down as quickly with the whole.
_MOST = 1_000


@dataclass(frozen=True, slots=True)
class Changes:
    """What was changed since the whole was written down: files looked at, and units made."""

    seen: Seen = field(default_factory=dict)
    made: Mapping[str, Made] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Memory:
    """All of it; an empty one where nothing is known.

    ``made`` holds units by name, and ``hashes`` digests of output files with the stamps they had.
    ``span`` are the moments for which the last build is right; ``asks_history`` says that it also
    depends on the history of the files. ``checked`` is a digest of what was
    checked of the content as a whole and found right. ``quoted`` are the sources of posts whose
    text stands elsewhere than on their page, too; None where any may. ``row`` is the digest of the
    row that holds the whole, and ``since`` what was changed after that.
    """

    seen: Seen = field(default_factory=dict)
    made: Mapping[str, Made] = field(default_factory=dict)
    hashes: dict[str, tuple[tuple[int, ...], str]] = field(default_factory=dict)
    report: Report | None = None
    span: Span = _NEVER
    asks_history: bool = False
    checked: str = ""
    quoted: frozenset[str] | None = None
    row: str = ""
    since: Changes = Changes()

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
    row = store.get("facts", _WHOLE)
    found: Any = loads(row) if row else None
    if not row or not isinstance(found, Memory):
        return Memory()
    whole: Memory = replace(found, row=digest_bytes(row))
    later = store.get("facts", _SINCE)
    of, since, report, span = loads(later) if later else ("", Changes(), None, _NEVER)
    if of != whole.row:
        return whole
    seen, made = {**whole.seen, **since.seen}, {**whole.made, **since.made}
    return replace(whole, seen=seen, made=made, report=report, span=span, since=since)


def keep(memory: Memory, store: Store) -> None:
    """Write all of it down for the next build."""
    whole = replace(memory, row="", since=Changes())
    store.put("facts", [(_WHOLE, dumps(whole))])
    store.drop("facts", [_SINCE])
    store.commit()


def amend(memory: Memory, seen: Seen, made: Mapping[str, Made], store: Store) -> Memory:
    """Write down that these files were looked at and these units made; returns the whole of it.

    ``memory`` is what is known already, with the new report and span.
    """
    since = Changes({**memory.since.seen, **seen}, {**memory.since.made, **made})
    amended = replace(
        memory, seen={**memory.seen, **seen}, made={**memory.made, **made}, since=since
    )
    if not memory.row or len(since.seen) + len(since.made) > _MOST:
        keep(amended, store)
    else:
        row = dumps((memory.row, since, memory.report, memory.span))
        store.put("facts", [(_SINCE, row)])
        store.commit()
    return amended
