"""WordPress's export (WXR): https://wordpress.org/documentation/article/tools-export-screen/."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from urllib.parse import urlsplit

from lxml import etree

from dialogue.importing.found import Found, Refused, Row, gone, judged, paragraphs
from dialogue.importing.streamed import child, elements, local

# Trackbacks and pingbacks are no replies: a webmention of today says more.
_REPLIES = frozenset({"", "comment"})
_DROPPED = frozenset({"spam", "trash", "post-trashed"})


def read(path: Path, zone: tzinfo = UTC) -> Iterator[Found | Refused]:
    """Every comment of the export; raises DialogueError and OSError.

    A post's link and name come before its comments. ``zone`` is that of the site: old versions
    kept local dates only.
    """
    item, link, name, base = None, "", "", ""
    for element in elements(path, ("base_blog_url", "link", "post_name", "comment")):
        parent = element.getparent()
        text = (element.text or "").strip()
        if parent is None or local(element) == "base_blog_url":
            base = _path(text).rstrip("/")
        elif local(parent) != "item":
            continue
        elif local(element) == "link":
            item, link, name = parent, text, ""
        elif local(element) == "post_name":
            name = text
        else:
            place = _place(link, name, base) if parent is item else ""
            yield _found(element, place, zone)


def _place(link: str, name: str, base: str) -> str:
    """The path of a post below the blog's; by its name where its address was a number (``?p=12``)."""
    path = _path(link)
    short = path[len(base) :] if f"{path}/".startswith(f"{base}/") else path
    return f"/{name}/" if not short.strip("/") and name else short if base else link


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def _found(comment: etree._Element, place: str, zone: tzinfo) -> Found | Refused:
    state, kind = child(comment, "comment_approved"), child(comment, "comment_type")
    parent = child(comment, "comment_parent")
    row = Row(
        key=child(comment, "comment_id"),
        parent="" if parent == "0" else parent,
        place=place,
        author=child(comment, "comment_author"),
        email=child(comment, "comment_author_email"),
        url=child(comment, "comment_author_url"),
        # The first is zero in comments that old versions or other importers made.
        dates=(child(comment, "comment_date_gmt"), _local(child(comment, "comment_date"), zone)),
        text=child(comment, "comment_content"),
        approved=state == "1",
    )
    if kind not in _REPLIES:
        return gone(row, "type", "is no reply but a trackback or pingback")
    if state in _DROPPED:
        return gone(row, "status", "is spam or was deleted there")
    return judged(row, paragraphs)


def _local(date: str, zone: tzinfo) -> str:
    try:
        return datetime.fromisoformat(date).replace(tzinfo=zone).isoformat()
    except ValueError:
        return date
