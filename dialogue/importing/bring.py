"""Bring replies from elsewhere into the store: each once, however often it is tried."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC
from urllib.parse import unquote, urlsplit

from dialogue import ids
from dialogue.errors import DialogueError, OutOfBoundsError
from dialogue.importing.found import Found, Refused
from dialogue.importing.threads import Threads, in_order
from dialogue.replies import rows
from dialogue.replies.model import NewReply, State
from dialogue.replies.store import Store
from thread.model import Target

# What is read waits in memory to be sorted: this many characters, each reply counted with so many more.
_MOST, _EACH = 1_000_000_000, 1_000


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of every reply that was found: their numbers add up.

    So many are new, so many were there, so many were to each unknown place; the others are
    ``refused``.
    """

    fresh: int
    known: int
    lost: Mapping[str, int] = field(hash=False)
    refused: tuple[Refused, ...] = ()

    @property
    def found(self) -> int:
        """How many there were."""
        return self.fresh + self.known + self.left_out

    @property
    def left_out(self) -> int:
        """How many were not taken."""
        return sum(self.lost.values()) + len(self.refused)


def bring(
    store: Store, targets: Iterable[Target], found: Iterable[Found | Refused], system: str
) -> Brought:
    """Store what was ``found`` in ``system``, oldest first, below the posts it was said to.

    What was not approved there waits for a moderator here. Answers keep their place in the thread,
    also below what waits and what was left out: an empty place stands there. Raises DialogueError.
    """
    posts = _by_path(targets)
    threads = Threads(store, system)
    counts: Counter[bool] = Counter()
    lost: Counter[str] = Counter()
    taken, refused = _sorted_out(found)
    left_out = {one.key: one for one in refused if one.key}
    for one in in_order(taken):
        target = posts.get(_path(one.place))
        if target is None:
            lost[one.place] += 1
            continue
        threads.keep_places(one, target, left_out)
        try:
            held = threads.hold(_new(one, target, system), one.key, one.parent)
        except OutOfBoundsError as error:
            refused.append(Refused(one.key, error.field, str(error)))
            continue
        counts[held.fresh] += 1
    return Brought(counts[True], counts[False], dict(lost), tuple(refused))


def _sorted_out(found: Iterable[Found | Refused]) -> tuple[list[Found], list[Refused]]:
    """Those that can be stored, and the others; raises DialogueError."""
    taken: list[Found] = []
    refused: list[Refused] = []
    size = 0
    for one in found:
        if isinstance(one, Refused):
            refused.append(one)
            continue
        taken.append(one)
        size += len(one.text) + len(one.html) + _EACH
        if size > _MOST:
            raise DialogueError("these are too many replies to import at once; split the file")
    return taken, refused


def _new(one: Found, target: str, system: str) -> NewReply:
    return NewReply(
        id=ids.new(),
        target=target,
        author=one.author,
        text=one.text,
        html=one.html,
        created=one.date.astimezone(UTC),
        state=State.APPROVED if one.approved else State.HELD,
        url=one.url,
        email=one.email or None,
        digest=rows.digest("import", system, target, one.key),
    )


def _by_path(targets: Iterable[Target]) -> Mapping[str, str]:
    """Posts by the paths they have and had."""
    found: dict[str, str] = {}
    for target in targets:
        for path in (target.id, target.path, urlsplit(target.url).path, *target.aliases):
            found.setdefault(_path(path), target.id)
    return found


def _path(place: str) -> str:
    """What all spellings of an address on the site have in common; the host may have changed."""
    try:
        path = urlsplit(place).path
    except ValueError:
        return place
    return unquote(path).removesuffix("index.html").strip("/")
