"""Bring replies from elsewhere into the store: each once, however often it is tried."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC
from urllib.parse import unquote, urlsplit

from dialogue import ids
from dialogue.errors import DialogueError, OutOfBoundsError
from dialogue.importing.found import Found, Refused
from dialogue.replies import rows
from dialogue.replies.model import Held, NewReply, ParentError, State
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

    What was not approved there waits for a moderator here. Raises DialogueError.
    """
    posts = _by_path(targets)
    names: dict[str, str] = {}
    counts: Counter[bool] = Counter()
    lost: Counter[str] = Counter()
    taken, refused = _sorted_out(found)
    for one in taken:
        target = posts.get(_path(one.place))
        if target is None:
            lost[one.place] += 1
            continue
        try:
            held = _held(store, _new(one, target, system, names.get(one.parent)))
        except OutOfBoundsError as error:
            refused.append(Refused(one.key, error.field, str(error)))
            continue
        names[one.key] = held.reply.id
        counts[held.fresh] += 1
    return Brought(counts[True], counts[False], dict(lost), tuple(refused))


def _sorted_out(found: Iterable[Found | Refused]) -> tuple[list[Found], list[Refused]]:
    """Those that can be stored, oldest first, and the others; raises DialogueError."""
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
    return sorted(taken, key=lambda one: (one.date, one.key)), refused


def _held(store: Store, new: NewReply) -> Held:
    try:
        return store.hold(new)
    except ParentError:
        # Its parent still waits, or the thread is deeper than ours may be: it answers the post.
        return store.hold(replace(new, parent=None))


def _new(one: Found, target: str, system: str, parent: str | None) -> NewReply:
    return NewReply(
        id=ids.new(),
        target=target,
        author=one.author,
        text=one.text,
        html=one.html,
        created=one.date.astimezone(UTC),
        state=State.APPROVED if one.approved else State.HELD,
        parent=parent,
        url=one.url,
        email=one.email or None,
        digest=rows.digest("import", system, target, one.key),
    )


def _by_path(targets: Iterable[Target]) -> Mapping[str, str]:
    """Posts by the paths they have and had."""
    found: dict[str, str] = {}
    for target in targets:
        for path in (target.id, target.path, urlsplit(target.url).path):
            found.setdefault(_path(path), target.id)
    return found


def _path(place: str) -> str:
    """What all spellings of an address on the site have in common; the host may have changed."""
    try:
        path = urlsplit(place).path
    except ValueError:
        return place
    return unquote(path).removesuffix("index.html").strip("/")
