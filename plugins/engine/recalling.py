"""What a process that goes on after a build still knows of the texts that it has read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from plugins.engine.texts import Read, Text
from plugins.fastbuild.clock import Span
from plugins.fastbuild.frozen import loads
from plugins.fastbuild.store import Store
from plugins.post import DateSource
from plugins.posts.history import FileDates

FirstSeen = tuple[datetime, DateSource]

# The row that says in what state the readings of a cache are: another after each change.
_STATE = "state of the readings"


@dataclass(frozen=True, slots=True)
class Kept:
    """A reading as it is kept: the digest of the file, and when it is still right.

    ``lang`` is the language in the file's name, which other files decide; ``seen`` is what the history of the file said, where the post's date is from there; ``text`` is
    the pickled :class:`Text`, empty for one that is in memory.
    """

    digest: bytes
    span: Span
    seen: FirstSeen | None
    text: bytes
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Recalled:
    """The readings and texts by source, and the state of the cache that they are those of."""

    state: bytes
    kept: Mapping[str, Kept]
    texts: Mapping[str, Read]

    def text(self, source: str, kept: Kept) -> Text:
        """The text of a reading: from memory, if it is from there."""
        text: Text = loads(kept.text) if kept.text else self.texts[source].text
        return text


def recall_texts(store: Store, recalled: Recalled | None) -> Recalled:
    """What is known: ``recalled`` if the cache is as it was then, else what is in the cache."""
    state = store.get("facts", _STATE) or b""
    if recalled and state and state == recalled.state:
        return recalled
    kept: dict[str, Kept] = {source: loads(row) for source, row in store.all("readings")}
    return Recalled(state, kept, {})


def text_before(source: str, store: Store) -> Text | None:
    """The text of a file as it was read last, if it is known."""
    row = store.get("readings", source)
    text: Text | None = loads(loads(row).text) if row else None
    return text


def set_aside(store: Store, sources: Iterable[str]) -> None:
    """Keep the readings that the last build was made from, before others take their place.

    That of a post that was not there is empty.
    """
    aside = {source for source, _ in store.all("before")}
    fresh = [source for source in sources if source not in aside]
    store.put("before", [(one, store.get("readings", one) or b"") for one in fresh])


def renew(store: Store) -> bytes:
    """Note that readings have changed; the state they are in now. To be committed with them."""
    state = os.urandom(16)
    store.put("facts", [(_STATE, state)])
    return state


def remember(state: bytes, known: Mapping[str, Kept], texts: Mapping[str, Read]) -> Recalled:
    """What to recall in the next build."""
    return Recalled(state, {source: replace(one, text=b"") for source, one in known.items()}, texts)


class Asked(FileDates):
    """The history of files, which remembers what it answered."""

    def __init__(self, history: FileDates) -> None:
        self._history = history
        self.answer: FirstSeen | None = None

    def first_seen(self, source: str) -> FirstSeen:
        """See :meth:`plugins.posts.history.FileDates.first_seen`."""
        self.answer = self._history.first_seen(source)
        return self.answer
