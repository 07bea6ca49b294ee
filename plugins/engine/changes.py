"""What changed of posts since the last build, by the names of what writers write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

from plugins.engine.texts import Text
from plugins.fastbuild.frozen import loads
from plugins.fastbuild.store import Store
from plugins.markup.summaries import reading_minutes
from plugins.post import Post

# Follows from other fields, or is in no page.
_NOT_TOLD = frozenset({"source", "save_as", "date_source", "lines", "translation"})


@dataclass(frozen=True, slots=True)
class Change:
    """A post that changed: ``what`` of it, nothing for a new one, and its root-relative URL now."""

    source: str
    what: tuple[str, ...]
    url: str


def changes_of(store: Store, now: Mapping[str, Text]) -> tuple[Change, ...]:
    """What changed of the posts that were read again since the last build; and those that are new.

    ``now`` are the texts of this build by source.
    """
    return tuple(_changes(store, now))


def _changes(store: Store, now: Mapping[str, Text]) -> Iterator[Change]:
    for source, row in sorted(store.all("before")):
        text = now.get(source)
        if text is None:
            continue
        what = _difference(loads(loads(row).text), text) if row else ()
        if what or not row:
            yield Change(source, what, text.post.url)


def _difference(before: Text, after: Text) -> tuple[str, ...]:
    post = (field.name for field in fields(Post) if field.name not in _NOT_TOLD)
    changed = [name for name in post if getattr(before.post, name) != getattr(after.post, name)]
    others = {
        "summary": before.summary != after.summary,
        "reading time": reading_minutes(before.words) != reading_minutes(after.words),
        "links": before.local != after.local,
        "images": (before.shown, before.pictured) != (after.shown, after.pictured),
        "text": before.body != after.body,
    }
    return tuple(dict.fromkeys([*changed, *(name for name, differs in others.items() if differs)]))


def settle(store: Store) -> None:
    """The build is done: what was read is what it was made from."""
    store.drop("before", [source for source, _ in store.all("before")])
