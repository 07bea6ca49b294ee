"""Webmentions as webmention.io hands them out: JF2, with what it knows of each in ``wm-`` fields.

(https://github.com/aaronpk/webmention.io, https://jf2.spec.indieweb.org)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from dialogue import urls
from dialogue.webmention import cleaning, properties
from dialogue.webmention.seen import Seen
from thread.model import Kind, Reply

_KINDS: Mapping[str, Kind] = MappingProxyType(
    {"in-reply-to": "reply", "like-of": "like", "repost-of": "repost"}
)
_LONGEST, _LONGEST_NAME = 10_000, 80


@dataclass(frozen=True, slots=True)
class Pulled:
    """A webmention: the URL of ours that it names, and the reply that it is."""

    target: str
    reply: Reply


def read(document: Any) -> Iterator[Pulled]:
    """The public webmentions in a feed; raises ValueError where it is none."""
    match document:
        case {"children": [*children]}:
            pass
        case _:
            raise ValueError("is no feed in JF2")
    for child in children:
        if isinstance(child, dict) and (found := _pulled(child)) is not None:
            yield found


def _pulled(child: Mapping[str, Any]) -> Pulled | None:
    """None for what is private, or lacks what makes it a webmention."""
    number, target = child.get("wm-id"), _text(child, "wm-target")
    source = properties.web(_text(child, "wm-source"))
    if child.get("wm-private") or not isinstance(number, int) or not target or not source:
        return None
    seen = _seen(child, source)
    words = cleaning.words(seen, _LONGEST)
    return Pulled(
        target,
        Reply(
            id=f"wm-{abs(number)}",
            kind=seen.kind,
            author=seen.author,
            url=seen.url,
            date=seen.date,
            html=words.html,
            parent=None,
            by_author=False,
            source=source,
            edited=None,
            note="",
            erased=False,
        ),
    )


def _seen(child: Mapping[str, Any], source: str) -> Seen:
    author, content = _inner(child, "author"), _inner(child, "content")
    name = properties.one_line(_text(author, "name"))[:_LONGEST_NAME]
    received = _date(_text(child, "wm-received")) or datetime.fromtimestamp(0, UTC)
    published = _date(_text(child, "published"))
    text = _text(content, "text") or _text(content, "value") or _text(child, "summary")
    return Seen(
        kind=_KINDS.get(_text(child, "wm-property"), "mention"),
        author=name or urls.host(source),
        url=properties.web(_text(author, "url")),
        title=properties.one_line(_text(child, "name")),
        text=text,
        html=_text(content, "html") or properties.paragraph(text),
        date=published if published and published < received else received,
    )


def _text(child: Mapping[str, Any], name: str) -> str:
    value = child.get(name)
    return value if isinstance(value, str) else ""


def _inner(child: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = child.get(name)
    return value if isinstance(value, dict) else {}


def _date(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
