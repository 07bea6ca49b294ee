"""WordPress's export (WXR): https://wordpress.org/documentation/article/tools-export-screen/."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from dialogue.importing.found import Found, Refused, Row, judged, paragraphs
from dialogue.importing.streamed import child, elements, local

# Trackbacks and pingbacks are no replies: a webmention of today says more.
_REPLIES = frozenset({"", "comment"})
_DROPPED = frozenset({"spam", "trash", "post-trashed"})


def read(path: Path) -> Iterator[Found | Refused]:
    """Every comment of the export; raises DialogueError and OSError.

    A post's link comes before its comments.
    """
    item, place = None, ""
    for element in elements(path, ("link", "comment")):
        parent = element.getparent()
        if parent is None or local(parent) != "item":
            continue
        if local(element) == "link":
            item, place = parent, (element.text or "").strip()
        else:
            yield _found(element, place if parent is item else "")


def _found(comment: etree._Element, place: str) -> Found | Refused:
    state, kind = child(comment, "comment_approved"), child(comment, "comment_type")
    key, parent = child(comment, "comment_id"), child(comment, "comment_parent")
    if kind not in _REPLIES:
        return Refused(key, "type", "is no reply but a trackback or pingback", by_rule=True)
    if state in _DROPPED:
        return Refused(key, "status", "is spam or was deleted there", by_rule=True)
    row = Row(
        key=key,
        parent="" if parent == "0" else parent,
        place=place,
        author=child(comment, "comment_author"),
        email=child(comment, "comment_author_email"),
        url=child(comment, "comment_author_url"),
        # The first is zero in comments that old versions or other importers made.
        dates=(child(comment, "comment_date_gmt"), child(comment, "comment_date")),
        text=child(comment, "comment_content"),
        approved=state == "1",
    )
    return judged(row, paragraphs)
