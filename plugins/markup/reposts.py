"""The line in a body that says where a text was published first, understood and taken out.

Two forms count, and nothing else: a ``div`` that holds one link and no other text ("View
original post"), and a paragraph that is that sentence and no more ("Originally published at
Example on 3 May 2017."). The theme shows the original in its own way instead.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from plugins.markup.links import references

_WORDS = (b"original", b"first published", b"first posted", b"first appeared")
# What may stand before these words in such a line, as far as it is in the same element.
_BEFORE = frozenset(
    {
        *("view", "read", "see", "visit", "open", "go", "to", "the", "this", "full", "was"),
        *("post", "article", "version", "story", "source", "piece", "text", "publication"),
        *("page", "blog", "entry"),
    }
)
_FAR = 200
_BLOCK = re.compile(
    r"<(?P<tag>div|p)(?:\s[^<>]*)?>(?P<inner>(?:(?!</?(?:div|table|ul|ol|pre)\b).){1,1500}?)"
    r"</(?P=tag)\s*>\n?",
    re.DOTALL | re.IGNORECASE,
)
_ANCHOR = re.compile(
    r"(?P<open><a\s[^<>]*>)(?P<text>(?:[^<]++|<(?!/a\s*+>|a\s))*+)</a\s*+>", re.IGNORECASE
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_THING = r"(?:post|article|version|story|source|piece|text|publication|page|blog post|entry)"
_ORNAMENT = " .»→>↗"
_LINK_TEXT = re.compile(
    rf"(?:(?:view|read|see|visit|open|go to)(?: the| this)?(?: full)? original(?: {_THING})?"
    rf"|original {_THING}|(?:this {_THING} )?(?:was )?(?:first|originally) (?:published|posted))"
    rf"(?: (?:at|on|in|by) (?P<site>[^.!?]{{2,80}}(?:\.[a-z]{{2,}})*))?[{re.escape(_ORNAMENT)}]*",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    rf"(?:this {_THING} )?(?:was )?(?:first|originally) (?:published|posted|appeared)"
    r" (?:at|on|in|by)(?: the)? \0(?:,? (?:on |in )?(?P<date>(?=.*\d)[\w ,./-]{4,30}?))?\.?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Repost:
    """A body without that line, and what it said: ``date`` is text as the writer put it.

    All but ``html`` are None where the body has no such line.
    """

    html: str
    url: str | None = None
    site: str | None = None
    date: str | None = None


def lift_original(text: str) -> Repost:
    """Take the line that names an original out of the HTML ``text``, if there is one.

    The first counts; it is taken out wherever it is repeated, others are the writer's text. The
    link must name a host; ``//host/path`` becomes https. Whether it can be an original is for the
    canonical policy to say.
    """
    found = [(block, said) for block in _blocks(text) if (said := _read(block["inner"]))]
    if not found:
        return Repost(text)
    first = found[0][1]
    rest = text
    for block, (url, _, _) in reversed(found):
        if url == first[0]:
            rest = rest[: block.start()] + rest[block.end() :]
    return Repost(rest, *first)


def _blocks(text: str) -> Iterator[re.Match[str]]:
    """The blocks that have the words in them, in order: most texts have many, and none of these."""
    # As long as the text, with the same ASCII letters at the same places.
    lower = text.encode("ascii", "replace").lower()
    done = 0
    for place in sorted(place for word in _WORDS for place in _places(word, lower)):
        before = text[max(text.rfind(">", done, place) + 1, done) : place]
        if len(before) > _FAR or not _BEFORE.issuperset(html.unescape(before).lower().split()):
            continue
        starts = sorted(lower.rfind(tag, done, place) for tag in (b"<p", b"<div"))
        for start in starts:
            block = _BLOCK.match(text, start) if start >= 0 else None
            if block and block.end() > place:
                yield block
                done = block.end()
                break


def _places(word: bytes, text: bytes) -> Iterator[int]:
    place = text.find(word)
    while place >= 0:
        yield place
        place = text.find(word, place + 1)


def _read(inner: str) -> tuple[str, str | None, str | None] | None:
    """URL, site and date of the original that a block consists of."""
    anchors = list(_ANCHOR.finditer(inner))
    if len(anchors) != 1:
        return None
    url = _with_host(anchors[0]["open"])
    link, around = _plain(anchors[0]["text"]), _plain(_ANCHOR.sub("\0", inner))
    if url is None:
        return None
    if around == "\0" and (said := _LINK_TEXT.fullmatch(link)):
        return url, said["site"].rstrip(_ORNAMENT) if said["site"] else None, None
    if sentence := _SENTENCE.fullmatch(around):
        return url, None if _ADDRESS.fullmatch(link) else link or None, sentence["date"]
    return None


def _with_host(tag: str) -> str | None:
    address = next((found.value for found in references(tag)), "")
    address = f"https:{address}" if address.startswith("//") else address
    try:
        return address if urlsplit(address).netloc else None
    except ValueError:
        return None


def _plain(inner: str) -> str:
    """The text of inline HTML on one line; the NUL that stands for the link stays."""
    return " ".join(html.unescape(_TAG.sub("", inner)).split())
