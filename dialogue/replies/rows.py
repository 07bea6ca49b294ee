"""Rows of the table of replies to values, and back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from sqlalchemy import RowMapping

from dialogue.replies.model import Mention, NewReply, State, Stored
from thread.model import Reply, is_kind
from thread.reading import is_web_address


def stored(row: RowMapping) -> Stored:
    """The reply in ``row``."""
    values = dict(row)
    values["state"] = State(values["state"])
    values["reasons"] = tuple(json.loads(values["reasons"]))
    if not is_kind(values["kind"]):
        raise ValueError(f"reply {values['id']} has the unknown kind {values['kind']!r}")
    return Stored(**values)


def as_stored(new: NewReply, depth: int) -> Stored:
    """The reply as it is once its columns are in the database."""
    known = {each.name: getattr(new, each.name) for each in fields(new)}
    decided = None if new.state is State.HELD else new.created
    return Stored(**known, depth=depth, note="", verified=None, edited=None, decided=decided)


def values(new: NewReply, depth: int) -> dict[str, Any]:
    """The columns of a new reply."""
    return {
        "id": new.id,
        "target": new.target,
        "parent": new.parent,
        "depth": depth,
        "kind": new.kind,
        "state": new.state.value,
        "author": new.author,
        "url": new.url,
        "email": new.email,
        "verified": None,
        "text": new.text,
        "html": new.html,
        "by_author": new.by_author,
        "source": new.source,
        "note": "",
        "reasons": listed(new.reasons),
        "digest": new.digest,
        "address": new.address,
        "created": new.created,
        "edited": None,
        "decided": None if new.state is State.HELD else new.created,
    }


def listed(reasons: Iterable[str]) -> str:
    """Reasons as the column has them, each once."""
    return json.dumps(list(dict.fromkeys(reasons)))


def shown(reply: Stored) -> Reply:
    """The reply as it is published; one that is not approved is a place without words.

    An address that files of replies may not have is left out: one of another site's must not keep
    all of a thread from being read.
    """
    there = reply.state is State.APPROVED
    return Reply(
        id=reply.id,
        kind=reply.kind,
        author=reply.author if there else "",
        url=_address(reply.url) if there else "",
        date=reply.created,
        html=reply.html if there else "",
        parent=reply.parent,
        by_author=reply.by_author and there,
        source=_address(reply.source) if there else "",
        edited=reply.edited if there else None,
        note=reply.note if there else "",
        erased=not there,
    )


def _address(url: str) -> str:
    return url if is_web_address(url) else ""


def standing(found: Iterable[Stored]) -> tuple[Stored, ...]:
    """Approved replies, and of the others those that approved ones hang on; by date, then id."""
    by_id = {reply.id: reply for reply in found}
    kept: dict[str, Stored] = {}
    for reply in by_id.values():
        place: Stored | None = reply if reply.state is State.APPROVED else None
        while place is not None and place.id not in kept:
            kept[place.id] = place
            place = by_id.get(place.parent or "")
    return tuple(sorted(kept.values(), key=lambda reply: (reply.created, reply.id)))


def digest(*parts: str) -> str:
    """A digest that is the same for the same texts, and for no others."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def of_mention(mention: Mention) -> str:
    """The digest that one mention has, whatever it says."""
    return digest("mention", mention.target, mention.source)
