"""Bare addresses in running text: where they end, and what they lead to.

They follow GitHub's Markdown (https://github.github.com/gfm/#autolinks-extension-), and end
before quotation marks and full stops of any script, too.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

# Quotation marks and brackets of other scripts, ellipses, and the punctuation of CJK.
_BEHIND = "\u00ab\u00bb\u2018-\u201f\u2026\u2039\u203a\u3001-\u3003\u3008-\u3011\u3014-\u301f\uff01\uff08\uff09\uff0c\uff0e\uff1a\uff1b\uff1f\uff3b\uff3d\uff5b\uff5d\uff5f-\uff64"
_WEB = rf"(?:https?://|www\.(?=[\w-]))(?=[\w\[])[^\s<>\"`\x00-\x1f{_BEHIND}]+"
_MAIL = r"(?:(?:mailto|xmpp):)?[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+(?:/[A-Za-z0-9@.]+)?"
BARE = re.compile(
    rf"(?<![A-Za-z0-9_/@.:-])(?:(?P<web>{_WEB})|(?P<mail>(?<![+]){_MAIL}))", re.IGNORECASE
)
_ENTITY = re.compile(r"&[a-zA-Z0-9]+;$")
# Behind a bracket or a quotation mark an address is one already, and an underscore in a word is
# no mark.
_NOT_BEHIND = rb"[(<\"'=/]"
_MARKED = rb"(?:[^\s<>*_~)]|(?<=[A-Za-z0-9])_(?=[A-Za-z0-9])){0,300}+[*_~][^\s<>]*"
_WEB_MARKED = re.compile(
    rb"://(?:(?<=http://)(?<!"
    + _NOT_BEHIND
    + rb"http://)|(?<=https://)(?<!"
    + _NOT_BEHIND
    + rb"https://))"
    + _MARKED
)
_WWW_MARKED = re.compile(rb"www\.(?<!" + _NOT_BEHIND + rb"www\.)" + _MARKED)
_EMPHASIS = ("Emphasis", "Strong", "Strikethrough")


def address(found: re.Match[str]) -> tuple[str, str] | None:
    """What of a match of ``BARE`` is shown, and where it leads; None if it is no address."""
    if found["mail"]:
        return _mail(found["mail"])
    shown = without_punctuation(found["web"])
    host = re.match(r"(?:https?://|(?=www\.))([^/?#:]+)", shown, re.IGNORECASE)
    if not host or not _is_host(host[1], named=shown[:4].lower() == "www."):
        return None
    return shown, shown if shown[:4].lower() != "www." else f"http://{shown}"


def _is_host(host: str, *, named: bool) -> bool:
    """Whether it can be a host: ``www.`` alone needs another dot in it."""
    labels = host.rstrip(".").split(".")
    if named and len(labels) < 2:
        return False
    return not any("_" in label for label in labels[-2:])


def _mail(said: str) -> tuple[str, str] | None:
    shown = said.rstrip(".") if "/" not in said else said
    if shown[-1] in "-_":
        return None
    return shown, shown if re.match("(?:mailto|xmpp):", shown, re.I) else f"mailto:{shown}"


def without_punctuation(said: str) -> str:
    """``said`` without the marks at its end that belong to the sentence around it."""
    while said:
        last = said[-1]
        if last == ";" and (entity := _ENTITY.search(said)):
            said = said[: entity.start()]
            continue
        if last == ")":
            if said.count(")") <= said.count("("):
                break
        elif last not in "?!.,:;*_~'|]}":
            break
        said = said[:-1]
    return said


def has_marks_in_addresses(data: bytes) -> bool:
    """Whether the parser may take something in an address for a mark of emphasis."""
    in_web = _WEB_MARKED.search(data)
    return bool(in_web or (b"www." in data and _WWW_MARKED.search(data)))


def in_addresses(data: bytes, events: Sequence[tuple[Any, Any]]) -> Iterator[int]:
    """The offsets of marks inside addresses that the parser took for marks of emphasis."""
    places = sorted(
        (found.start(), found.start() + len(_bare(found[0]).encode()))
        for form in (_WEB_MARKED, _WWW_MARKED)
        for found in form.finditer(data)
    )
    if not places:
        return
    misread = set()
    for event, span in events:
        if type(event) is not dict or event.get("Start") not in _EMPHASIS:
            continue
        for mark in (span["start"], span["end"] - 1):
            at = bisect_left(places, (mark,)) - 1
            if at >= 0 and places[at][0] < mark < places[at][1]:
                misread.add(places[at])
    for start, end in misread:
        yield from (n for n in range(start, end) if data[n] in b"*_~")


def _bare(address: bytes) -> str:
    return without_punctuation(address.decode("utf-8", "replace"))
