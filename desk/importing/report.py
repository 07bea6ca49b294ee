"""What became of every file of the old site: for people in a few lines, for programs in full."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from desk.importing.addresses import summary
from desk.importing.model import Asset, Item, Note, Page, Result, Used

_MOST_GROUPS = 22


@dataclass(frozen=True, slots=True)
class Line:
    """One file of the old site: what became of it, where it is now, and what to look at."""

    source: str
    result: Result
    target: str = ""
    reason: str = ""
    notes: tuple[Note, ...] = ()


def lines_of(items: Sequence[Item]) -> list[Line]:
    """A line for every file, in order."""
    return sorted(map(_line, (item for item in items if item.source)), key=lambda line: line.source)


def _line(item: Item) -> Line:
    if isinstance(item, Page | Used):
        result: Result = "converted with notes" if item.notes else "converted"
        return Line(item.source, result, item.target, notes=item.notes)
    if isinstance(item, Asset):
        return Line(item.source, "copied", item.target)
    return Line(item.source, "refused", reason=item.reason)


def as_json(lines: Sequence[Line], lost: Sequence[str] = ()) -> str:
    """The whole report: counts, every file, and the old addresses that are ``lost``."""
    counts = Counter(line.result for line in lines)
    report = {"files": len(lines), "counts": counts, "lines": [asdict(line) for line in lines]}
    report["lost"] = list(lost)
    return json.dumps(report, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def as_text(lines: Sequence[Line], lost: Sequence[str] = ()) -> str:
    """Some thirty lines: the counts, and what a person should look at, grouped."""
    counts = Counter(line.result for line in lines)
    said = ", ".join(f"{counts[result]:,} {result}" for result in sorted(counts))
    return (
        "\n".join([f"{len(lines):,} files: {said or 'none'}", *_groups(lines), *summary(lost)])
        + "\n"
    )


def _groups(lines: Sequence[Line]) -> Iterator[str]:
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for line in lines:
        if line.result == "refused":
            groups["refused", line.reason].append(line.source)
        for note in line.notes:
            if note.sure != "sure":
                groups[note.kind, note.sure].append(f"{line.source}:{note.line}: {note.what}")
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    for (kind, sure), places in ordered[:_MOST_GROUPS]:
        yield f"  {len(places):,} x {kind} ({sure}), first {places[0]}"[:240]
    if rest := ordered[_MOST_GROUPS:]:
        count = sum(len(places) for _, places in rest)
        yield f"  {count:,} more of {len(rest)} kinds: see import-report.json"
