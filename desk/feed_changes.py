"""What subscribers of a feed will see when another version of it is published."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from desk.feed_reading import Seen, SeenFeed

ChangeKind = Literal["new", "changed", "re-announced", "vanished"]
# From harmless to harmful.
KINDS: tuple[ChangeKind, ...] = ("new", "changed", "re-announced", "vanished")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that subscribers see: about which entry, and what, in words."""

    kind: ChangeKind
    id: str
    title: str
    link: str
    words: str = ""

    def __str__(self) -> str:
        told = f"{self.kind}: “{self.title}” {self.link}".rstrip()
        return f"{told}: {self.words}" if self.words else told


def changes(
    published: SeenFeed,
    built: SeenFeed,
    *,
    known: Collection[str] = (),
    kept: Collection[str] = (),
) -> tuple[Change, ...]:
    """What subscribers of ``published`` will see of ``built``, new entries first.

    ``known`` are the ids anywhere on the published site, and ``kept`` those on the new one, in
    archive pages and in other feeds. An entry that is kept, or that newer ones have pushed out of
    the feed, has not vanished; one that was known has no other id than before.
    """
    before = {entry.id: entry for entry in published.entries}
    after = {entry.id: entry for entry in built.entries}
    gone = [entry for entry in published.entries if entry.id not in after]
    found: list[Change] = []
    for entry in built.entries:
        if entry.id in before:
            found += _kept(before[entry.id], entry)
            continue
        if entry.id in known:
            found.append(_about("new", entry, "published before, and now in this feed"))
            continue
        twin = _twin(entry, gone)
        if twin is None:
            found.append(_about("new", entry))
            continue
        gone.remove(twin)
        found.append(_renamed(twin, entry))
    found += [
        _lost(entry)
        for entry in gone
        if entry.id not in kept and not _pushed_out(entry, published, built)
    ]
    return tuple(sorted(found, key=lambda change: KINDS.index(change.kind)))


def _kept(old: Seen, new: Seen) -> Iterator[Change]:
    """What is different about an entry that readers recognise."""
    if old.published and new.published and new.published > old.published:
        days = f"{old.published:%Y-%m-%d %H:%M} to {new.published:%Y-%m-%d %H:%M} UTC"
        words = f"its date moves from {days}, so readers show it at the top again"
        yield _about("re-announced", new, f"{words}; put the change into 'modified' instead")
        return
    edits = [
        name
        for name, differs in (
            ("title", old.title != new.title),
            ("address", old.path != new.path),
            ("text", old.text != new.text),
        )
        if differs
    ]
    if edits:
        yield _about("changed", new, f"another {' and another '.join(edits)}")
    elif old.updated and new.updated and new.updated > old.updated:
        words = "it says that it was updated, and nothing in it was"
        yield _about("re-announced", new, f"{words}; take 'modified' back")


def _twin(entry: Seen, gone: Sequence[Seen]) -> Seen | None:
    """The entry, among those whose ids are gone, that is the same post under another id."""
    for old in gone:
        if old.path and old.path == entry.path:
            return old
    for old in gone:
        if (old.text and old.text == entry.text) or _same_heading(old, entry):
            return old
    return None


def _same_heading(old: Seen, new: Seen) -> bool:
    dated = old.published is not None and old.published == new.published
    return dated and bool(old.title) and old.title == new.title


def _renamed(old: Seen, new: Seen) -> Change:
    words = f"its id was {old.id!r} and would be {new.id!r}, so readers show it as new"
    moved = "" if old.path == new.path else f", and 'aliases: [{old.path}/]'"
    dated = "" if old.published == new.published else "put its date back, or "
    hint = f"{dated}add 'uid: \"{old.id}\"'{moved} to its front matter"
    return _about("re-announced", new, f"{words}; {hint}")


def _pushed_out(entry: Seen, published: SeenFeed, built: SeenFeed) -> bool:
    """Whether the entry left the feed as old entries do: off its end, with newer ones there."""
    dates = [other.published for other in built.entries if other.published]
    full = len(built.entries) >= len(published.entries)
    return bool(full and dates and entry.published and entry.published <= min(dates))


def _lost(entry: Seen) -> Change:
    words = "it is in the published feed, and no entry of the new site has its id"
    hint = "bring back the post, its date or its alias, or allow it if it is to go"
    return _about("vanished", entry, f"{words}; {hint}")


def _about(kind: ChangeKind, entry: Seen, words: str = "") -> Change:
    return Change(kind, entry.id, entry.title, entry.link, words)
