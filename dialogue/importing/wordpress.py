"""WordPress's export (WXR): https://wordpress.org/documentation/article/tools-export-screen/."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from lxml import etree

from dialogue.importing.found import Found, child, children, paragraphs, parsed

# Trackbacks and pingbacks are no replies: a webmention of today says more.
_REPLIES = frozenset({"", "comment"})
_DROPPED = frozenset({"spam", "trash", "post-trashed"})


def read(path: Path) -> Iterator[Found]:
    """Every comment of the export, without spam; raises DialogueError and OSError."""
    root = parsed(path.read_bytes(), str(path))
    for channel in children(root, "channel"):
        for item in children(channel, "item"):
            place = child(item, "link")
            yield from filter(None, (_found(one, place) for one in children(item, "comment")))


def _found(comment: etree._Element, place: str) -> Found | None:
    state = child(comment, "comment_approved")
    if child(comment, "comment_type") not in _REPLIES or state in _DROPPED:
        return None
    try:
        date = datetime.fromisoformat(child(comment, "comment_date_gmt")).replace(tzinfo=UTC)
    except ValueError:
        return None
    text = child(comment, "comment_content")
    parent = child(comment, "comment_parent")
    return Found(
        key=child(comment, "comment_id"),
        parent="" if parent == "0" else parent,
        place=place,
        author=child(comment, "comment_author"),
        email=child(comment, "comment_author_email"),
        url=child(comment, "comment_author_url"),
        date=date,
        text=text,
        html=paragraphs(text),
        approved=state == "1",
    )
