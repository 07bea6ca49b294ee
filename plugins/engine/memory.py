"""What the last build left: the files it looked at, what it made of them, and what it reported.

Each file and each unit has rows of its own in the store, so a build writes down what changed, however
large the site is. The rows count for nothing unless all of them are there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from struct import Struct
from typing import Any

from plugins.digests import digest_bytes
from plugins.engine.made import Keys, Made, Written, content_of
from plugins.engine.report import Report
from plugins.fastbuild.clock import Span
from plugins.fastbuild.frozen import dumps, loads
from plugins.fastbuild.inventory import Seen
from plugins.fastbuild.store import Store
from plugins.fastbuild.walking import Stamp, stamp

_NEVER = Span(Span().since, Span().since)
# The row of the table of facts that holds the rest.
_REST = "memory"
# Size, two times, and the number of a file, which has no sign.
_STAMP = Struct("<qqqQ")
# Between the keys of a unit. One that holds it comes back as another, so its unit is made again.
_BETWEEN = "\x1f"


@dataclass(frozen=True, slots=True)
class Memory:
    """All of it; an empty one where nothing is known.

    ``made`` holds units by name, and ``hashes`` digests of output files with the stamps they had.
    ``span`` are the moments for which the last build is right; ``asks_history`` says that it also
    depends on the history of the files. ``checked`` is a digest of what was
    checked of the content as a whole and found right. ``quoted`` are the sources of posts whose
    text stands elsewhere than on their page, too; None where any may.
    """

    seen: Seen = field(default_factory=dict)
    made: Mapping[str, Made] = field(default_factory=dict)
    hashes: dict[str, tuple[tuple[int, ...], str]] = field(default_factory=dict)
    report: Report | None = None
    span: Span = _NEVER
    asks_history: bool = False
    checked: str = ""
    quoted: frozenset[str] | None = None

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
    """What is kept in ``store``; an empty memory where any of it is lost or damaged."""
    row = store.get("facts", _REST)
    if row is None:
        return Memory()
    rest, *counts = loads(row)
    try:
        seen, made = dict(_seen(store)), dict(_made(store))
    except (ValueError, TypeError, AttributeError):
        return Memory()
    if [len(seen), len(made), sum(len(one.files) for one in made.values())] != counts:
        return Memory()
    whole: Memory = replace(rest, seen=seen, made=made)
    return whole


def _seen(store: Store) -> Iterator[tuple[tuple[str, str], tuple[Stamp | None, bytes]]]:
    for root, path, found, digest in store.rows("SELECT root, path, stamp, digest FROM source"):
        yield (root, _text(path)), (_stamp(found), digest)


def _made(store: Store) -> Iterator[tuple[str, Made]]:
    files: dict[bytes, list[tuple[str, Stamp | None]]] = defaultdict(list)
    for unit, path, found in store.rows(
        "SELECT unit, path, stamp FROM output ORDER BY unit, place"
    ):
        files[unit].append((_text(path), _stamp(found)))
    for name, keys, post in store.rows("SELECT name, keys, post FROM unit"):
        yield (
            _text(name),
            Made(_keys(keys), tuple(files[name]), _text(post)),
        )


def keep(memory: Memory, before: Memory, store: Store) -> None:
    """Write down what of ``memory`` is not in ``store`` yet, which has ``before``, all or nothing."""
    if not before.made:
        before = Memory()
        for table in ("source", "unit", "output"):
            store.write(f"DELETE FROM {table}", [()])  # noqa: S608 - one of three
    seen = [key for key, found in memory.seen.items() if before.seen.get(key) != found]
    lost = before.seen.keys() - memory.seen.keys()
    store.write(
        "DELETE FROM source WHERE root = ? AND path = ?",
        ((root, _raw(path)) for root, path in lost),
    )
    store.write(
        "INSERT OR REPLACE INTO source VALUES (?, ?, ?, ?)",
        ((key[0], _raw(key[1]), _packed(memory.seen[key][0]), memory.seen[key][1]) for key in seen),
    )
    known = before.made
    made = {
        name: one
        for name, one in memory.made.items()
        if (old := known.get(name)) is not one and old != one
    }
    stale = [(_raw(name),) for name in {*made, *(known.keys() - memory.made.keys())}]
    store.write("DELETE FROM output WHERE unit = ?", stale)
    store.write("DELETE FROM unit WHERE name = ?", stale)
    units = ((_raw(name), _joined(one.keys), _raw(one.post)) for name, one in made.items())
    store.write("INSERT INTO unit VALUES (?, ?, ?)", units)
    store.write(
        "INSERT INTO output VALUES (?, ?, ?, ?)",
        (row for name, one in made.items() for row in _outputs(name, one.files)),
    )
    counts = (len(one.files) for one in memory.made.values())
    rest = replace(memory, seen={}, made={})
    row = dumps((rest, len(memory.seen), len(memory.made), sum(counts)))
    store.put("facts", [(_REST, row)])
    store.commit()


def _outputs(unit: str, files: Written) -> Iterator[tuple[Any, ...]]:
    for place, (path, found) in enumerate(files):
        yield _raw(path), _raw(unit), place, _packed(found)


def _joined(keys: Keys) -> str:
    return _BETWEEN.join(part for pair in keys for part in pair)


def _keys(text: str) -> Keys:
    parts: Any = text.split(_BETWEEN) if text else ()
    return tuple(zip(parts[::2], parts[1::2], strict=True))


def _packed(found: Stamp | None) -> bytes | None:
    return _STAMP.pack(*found) if found else None


def _stamp(data: bytes | None) -> Stamp | None:
    if data is None:
        return None
    if len(data) != _STAMP.size:
        raise ValueError("no stamp")
    size, written, entered, number = _STAMP.unpack(data)
    return size, written, entered, number


def _raw(path: str) -> bytes:
    """As bytes: the name of a file may be in no encoding."""
    return path.encode("utf-8", "surrogateescape")


def _text(path: bytes) -> str:
    return path.decode("utf-8", "surrogateescape")
