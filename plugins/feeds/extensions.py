"""Extensions of feedgen, by its extension API: what feeds can say that feedgen does not know.

Each is a pair of classes, one for feeds and one for entries, that feedgen calls while it builds
the XML; see ``feedgen.ext.base``. Atom elements have no namespace there: feedgen declares Atom's
as the default of the whole document.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from lxml import etree

from thread.text import is_like_html

_ATOM = "http://www.w3.org/2005/Atom"
_HISTORY = "http://purl.org/syndication/history/1.0"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class FeedLink:
    """An Atom link: its relation, absolute URL and media type, empty where any will do.

    ``length`` in bytes belongs to enclosures.
    """

    rel: str
    href: str
    type: str = ""
    length: int | None = None

    @property
    def attributes(self) -> dict[str, str]:
        """The attributes of the element, those without a value left out."""
        values = {
            "href": self.href,
            "rel": self.rel,
            "type": self.type or None,
            "length": self.length,
        }
        return {name: str(value) for name, value in values.items() if value is not None}


class HistoryExtension(BaseExtension):  # type: ignore[misc]  # feedgen ships without types
    """Feed history (RFC 5005) and the links that feedgen leaves out of RSS, such as the hub's."""

    def __init__(self) -> None:
        self._archive = False
        self._links: tuple[FeedLink, ...] = ()

    def archive(self) -> None:
        """Mark the feed as an archive page."""
        self._archive = True

    def links(self, links: Iterable[FeedLink]) -> None:
        """Set the links besides the feed's own address and page."""
        self._links = tuple(links)

    def extend_ns(self) -> dict[str, str]:
        """The prefix of the vocabulary, where it is used."""
        return {"fh": _HISTORY} if self._archive else {}

    def extend_atom(self, feed: etree._Element) -> etree._Element:
        """Add the links and the mark to an Atom feed."""
        return self._extend(feed, "link")

    def extend_rss(self, feed: etree._Element) -> etree._Element:
        """Add the links and the mark to an RSS channel."""
        self._extend(feed[0], f"{{{_ATOM}}}link")
        return feed

    def _extend(self, parent: etree._Element, tag: str) -> etree._Element:
        for link in self._links:
            etree.SubElement(parent, tag, link.attributes)
        if self._archive:
            etree.SubElement(parent, f"{{{_HISTORY}}}archive")
        return parent


class AtomEntryExtension(BaseEntryExtension):  # type: ignore[misc]  # feedgen ships without types
    """What feedgen gets wrong in Atom entries: their links, language, and titles like HTML.

    feedgen 1.0 writes a link's address and forgets its relation, type and length.
    """

    def __init__(self) -> None:
        self._lang = ""
        self._links: tuple[FeedLink, ...] = ()

    def lang(self, lang: str) -> None:
        """Set the entry's own language (BCP 47)."""
        self._lang = lang

    def links(self, links: Iterable[FeedLink]) -> None:
        """Set all links of the entry."""
        self._links = tuple(links)

    def extend_atom(self, entry: etree._Element) -> etree._Element:
        """Correct an Atom entry."""
        if self._lang:
            entry.set(_XML_LANG, self._lang)
        for bare in entry.findall("link"):
            entry.remove(bare)
        for link in self._links:
            etree.SubElement(entry, "link", link.attributes)
        title = entry.find("title")
        if title is not None and is_like_html(title.text or ""):
            title.text = escape(title.text or "", quote=False)
            title.set("type", "html")
        return entry
