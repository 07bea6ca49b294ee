"""Disqus's export: https://help.disqus.com/en/articles/1717164-comments-export."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from lxml import etree

from dialogue.importing.found import Found, child, children, paragraphs, parsed

_ID = "{http://disqus.com/disqus-internals}id"


def read(path: Path) -> Iterator[Found]:
    """Every post of the export, without spam and what was deleted; raises DialogueError, OSError."""
    root = parsed(path.read_bytes(), str(path))
    places = {one.get(_ID, ""): child(one, "link") for one in children(root, "thread")}
    for post in children(root, "post"):
        if found := _found(post, places):
            yield found


def _found(post: etree._Element, places: dict[str, str]) -> Found | None:
    if "true" in (child(post, "isDeleted"), child(post, "isSpam")):
        return None
    try:
        date = datetime.fromisoformat(child(post, "createdAt"))
    except ValueError:
        return None
    author = next(iter(children(post, "author")), None)
    text = child(post, "message")
    return Found(
        key=post.get(_ID, ""),
        parent=_reference(post, "parent"),
        place=places.get(_reference(post, "thread"), ""),
        author=child(author, "name") if author is not None else "",
        email=child(author, "email") if author is not None else "",
        url="",
        date=date if date.tzinfo else date.replace(tzinfo=UTC),
        text=text,
        html=paragraphs(text),
        approved=True,
    )


def _reference(post: etree._Element, name: str) -> str:
    return next((one.get(_ID, "") for one in children(post, name)), "")
