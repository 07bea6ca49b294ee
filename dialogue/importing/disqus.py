"""Disqus's export: https://help.disqus.com/en/articles/1717164-comments-export."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from dialogue.importing.found import Found, Refused, Row, gone, judged, paragraphs
from dialogue.importing.streamed import child, children, elements

_ID = "{http://disqus.com/disqus-internals}id"


def read(path: Path) -> Iterator[Found | Refused]:
    """Every post of the export; raises DialogueError and OSError."""
    places = {one.get(_ID, ""): child(one, "link") for one in elements(path, ("thread", "post"))}
    for post in elements(path, ("post",)):
        yield _found(post, places)


def _found(post: etree._Element, places: dict[str, str]) -> Found | Refused:
    author = next(iter(children(post, "author")), None)
    row = Row(
        key=post.get(_ID, ""),
        parent=_reference(post, "parent"),
        place=places.get(_reference(post, "thread"), ""),
        author=child(author, "name") if author is not None else "",
        email=child(author, "email") if author is not None else "",
        url="",
        dates=(child(post, "createdAt"),),
        text=child(post, "message"),
        approved=True,
    )
    if "true" in (child(post, "isDeleted"), child(post, "isSpam")):
        return gone(row, "status", "is spam or was deleted there")
    return judged(row, paragraphs)


def _reference(post: etree._Element, name: str) -> str:
    return next((one.get(_ID, "") for one in children(post, name)), "")
