"""Bring replies from elsewhere into the store: each once, however often it is tried."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC
from urllib.parse import unquote, urlsplit

from dialogue import ids
from dialogue.importing.found import Found
from dialogue.replies import rows
from dialogue.replies.model import Held, NewReply, ParentError, State
from dialogue.replies.store import Store
from thread.model import Target
from thread.reading import is_web_address
from thread.text import one_line

_NAME, _EMAIL, _URL = 200, 254, 500


@dataclass(frozen=True, slots=True)
class Brought:
    """How many replies are new, how many were there, and how many were to each unknown place."""

    fresh: int
    known: int
    lost: Mapping[str, int] = field(hash=False)


def bring(store: Store, targets: Iterable[Target], found: Iterable[Found], system: str) -> Brought:
    """Store what was ``found`` in ``system``, oldest first, below the posts it was said to.

    What was not approved there waits for a moderator here.
    """
    posts = _by_path(targets)
    names: dict[str, str] = {}
    counts: Counter[bool] = Counter()
    lost: Counter[str] = Counter()
    for one in sorted(found, key=lambda one: (one.date, one.key)):
        target = posts.get(_path(one.place))
        if target is None:
            lost[one.place] += 1
            continue
        new = _new(one, target, system, names.get(one.parent))
        held = _held(store, new)
        names[one.key] = held.reply.id
        counts[held.fresh] += 1
    return Brought(counts[True], counts[False], dict(lost))


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
        author=one_line(one.author)[:_NAME],
        text=one.text,
        html=one.html,
        created=one.date.astimezone(UTC),
        state=State.APPROVED if one.approved else State.HELD,
        parent=parent,
        url=one.url[:_URL] if is_web_address(one.url) else "",
        email=one_line(one.email)[:_EMAIL] or None,
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
