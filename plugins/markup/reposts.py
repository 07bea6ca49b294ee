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

_LIKELY = re.compile(r"original|first (?:published|posted|appeared)", re.IGNORECASE)
_WORDS = ("first published", "first posted", "first appeared")
# Letters that are equal to one of ASCII where case does not matter, but not to lower().
_OTHER_CASES = "\u0130\u0131\u017f\u212a"
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
    if not _is_likely(text):
        return Repost(text)
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
    done = 0
    lower = text.lower() if text.isascii() else text
    for words in _LIKELY.finditer(text):
        starts = sorted(lower.rfind(tag, done, words.start()) for tag in ("<p", "<div"))
        for start in starts:
            block = _BLOCK.match(text, start) if start >= 0 else None
            if block and block.end() > words.start():
                yield block
                done = block.end()
                break


def _is_likely(text: str) -> bool:
    """What ``_LIKELY`` finds, in a fraction of the time."""
    lower = text.lower()
    likely = "original" in lower or ("first " in lower and any(words in lower for words in _WORDS))
    if likely or text.isascii():
        return likely
    return any(char in text for char in _OTHER_CASES) and bool(_LIKELY.search(text))


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
