"""A post's body as a feed carries it: standing alone, without anything of our pages around it.

Every address is absolute, so footnotes and links work wherever the text is read; what runs, asks
or embeds is gone. The result is well-formed in HTML and in XML, and has no character that XML
cannot carry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from plugins.feeds.cleaning import UNWRAP, settle
from plugins.feeds.elements import DROPPED, KEPT
from thread.text import clean, parsable

# The colours of code, which stay on our pages: most elements of many posts.
_CODE = re.compile(r"<div class=\"highlight\"><pre tabindex=\"0\"><code.*?</code></pre>", re.DOTALL)
_COLOUR = re.compile(r"<span class=\"[a-z]{1,2}[0-9]?\">([^<]*+)</span>")
_BEFORE, _AFTER = len("<body>"), len("</body>")


@dataclass(frozen=True, slots=True)
class Player:
    """An audio or video file the text plays: its absolute URL and type, empty if not given."""

    url: str
    type: str


@dataclass(frozen=True, slots=True)
class Content:
    """A body ready for feeds: its HTML, the URLs of its images, and the files it plays."""

    html: str
    images: frozenset[str] = frozenset()
    players: tuple[Player, ...] = ()


def stand_alone(html: str, page: str) -> Content:
    """The HTML of a body whose post is at the absolute URL ``page``, ready for feeds."""
    body = _parsed(_CODE.sub(lambda found: _COLOUR.sub(r"\1", found[0]), html))
    etree.strip_elements(body, *DROPPED, with_tail=False)
    for element in list(body.iter()):
        settle(element, page)
    etree.strip_tags(body, *({str(element.tag) for element in body.iter()} - KEPT - {"body"}))
    return Content(
        html=_written(body),
        images=frozenset(image.get("src", "") for image in body.iter("img")),
        players=tuple(dict.fromkeys(_players(body))),
    )


def _parsed(html: str) -> etree._Element:
    """The tree of a fragment, below ``body``; whatever is in the fragment, nothing of it is lost."""
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(b"<html><body>%b</body></html>" % parsable(html), parser)
    body = root.find("body")
    if body is None:
        return etree.Element("body")
    if body.tail:
        etree.SubElement(body, UNWRAP).text, body.tail = body.tail, None
    for late in list(body.itersiblings()):
        body.append(late)
    return body


def _written(body: etree._Element) -> str:
    """What is in ``body``, as XML that HTML parsers read the same way."""
    text = etree.tostring(body, encoding="unicode", with_tail=False)
    if text == "<body/>":
        return ""
    # The serializer's own words for a character that a numeric reference smuggled in.
    return clean(text[_BEFORE:-_AFTER].replace("&#xFFFD;", "")).strip()


def _players(body: etree._Element) -> Iterator[Player]:
    """The file each player plays first."""
    for player in body.iter("audio", "video"):
        for one in (player, *player.iter("source")):
            if source := one.get("src"):
                yield Player(source, one.get("type", "").partition(";")[0].strip())
                break
