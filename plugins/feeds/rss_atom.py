"""RSS 2.0 and Atom, made with feedgen.

feedgen's traps, and what is done about each: entries are appended, not prepended; every date is
set, since its own default is the time of building; the text is escaped, since CDATA cannot hold
``]]>``; RSS has authors as ``dc:creator``, since its own element wants an e-mail address; RSS takes
the last link for the page's; the links of Atom entries are written by an extension of ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape

from feedgen.entry import FeedEntry as Entry
from feedgen.ext.dc import DcEntryExtension, DcExtension
from feedgen.ext.media import MediaEntryExtension, MediaExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from plugins.feeds.entries import FeedChannel, FeedEntry
from plugins.feeds.extensions import (
    AtomEntryExtension,
    FeedLink,
    HistoryExtension,
)
from plugins.feeds.formats import ATOM, RSS, Format
from plugins.feeds.media import Media
from thread.text import unlike_html


@dataclass(frozen=True, slots=True)
class Envelope:
    """Where one feed document is, and what it says besides its channel: dates, links, archives.

    ``links`` are those to other documents (RFC 5005); the one to the hub follows from the channel.
    """

    url: str
    updated: datetime
    links: tuple[FeedLink, ...] = ()
    archive: bool = False


class SharedEntry(Entry):  # type: ignore[misc]  # feedgen ships without types
    """An entry whose XML is made once and then moved from feed to feed.

    Most entries are in several feeds. A feed must be written before the next takes the entry.
    RSS has its own spelling of the id (``guid``), and its own way with plain text
    (:mod:`thread.text`).
    """

    def __init__(self, guid: str) -> None:
        super().__init__()
        self._guid = guid
        self._made: dict[str, etree._Element] = {}

    def atom_entry(self, extensions: bool = True) -> etree._Element:
        """The ``entry`` element."""
        if ATOM.name not in self._made:
            self._made[ATOM.name] = super().atom_entry(extensions)
        return self._made[ATOM.name]

    def rss_entry(self, extensions: bool = True) -> etree._Element:
        """The ``item`` element."""
        if RSS.name not in self._made:
            item = super().rss_entry(extensions)
            for element in item.iterchildren("title", "category"):
                element.text = unlike_html(element.text or "")
            for element in item.iterchildren("guid"):
                element.text = self._guid
            self._made[RSS.name] = item
        return self._made[RSS.name]


def xml_entry(entry: FeedEntry, lang: str) -> SharedEntry:
    """The entry for feeds whose language is ``lang``."""
    made = SharedEntry(entry.guid)
    made.register_extension("dc", DcEntryExtension, atom=False)
    made.register_extension("media", MediaEntryExtension)
    made.register_extension("atom", AtomEntryExtension, rss=False)
    made.id(entry.id)
    made.title(entry.title)
    made.updated(entry.updated)
    made.published(entry.published)
    _describe(made, entry, lang)
    _attach(made, entry)
    return made


def render(
    form: Format, channel: FeedChannel, envelope: Envelope, entries: Iterable[SharedEntry]
) -> bytes:
    """The document in RSS or Atom; entries in the order given."""
    feed = _feed(form, channel, envelope)
    for entry in entries:
        feed.add_entry(entry, order="append")
    written: bytes = feed.rss_str() if form is RSS else feed.atom_str()
    return written + b"\n"


def _describe(made: SharedEntry, entry: FeedEntry, lang: str) -> None:
    """Text, people, topics and language. Both formats take text for HTML, so plain text is escaped."""
    if entry.full:
        made.summary(escape(entry.summary, quote=False) or None, type="html")
        made.content(entry.html, type="html")
    else:
        made.summary(entry.html, type="html")
    if entry.authors:
        made.author([{"name": author.name, "uri": author.url} for author in entry.authors])
        made.dc.dc_creator([author.name for author in entry.authors])
    if entry.labels:
        made.category([{"term": label} for label in entry.labels])
    if entry.lang != lang:
        made.atom.lang(entry.lang)
        made.dc.dc_language(entry.lang)


def _attach(made: SharedEntry, entry: FeedEntry) -> None:
    """What goes with the text. RSS has room for one link and one enclosure, and takes the last."""
    made.atom.links(_links(entry))
    made.link(href=entry.url, rel="alternate")
    for media in reversed(entry.enclosures):
        made.enclosure(media.url, str(media.length or 0), media.type)
    if entry.image:
        made.media.content(_picture(entry.image))
    if entry.replies:
        made.comments(entry.replies)


def _links(entry: FeedEntry) -> Iterator[FeedLink]:
    yield FeedLink("alternate", entry.url, "text/html")
    if entry.via:
        yield FeedLink("via", entry.via, "text/html")
    for media in entry.enclosures:
        yield FeedLink("enclosure", media.url, media.type, length=media.length or 0)
    if entry.replies:
        yield FeedLink("replies", entry.replies, "text/html")


def _picture(image: Media) -> dict[str, str | None]:
    """A picture in feedgen's words; no group, since there is nothing to choose from."""
    sizes = {"width": image.width, "height": image.height}
    known = {name: str(size) for name, size in sizes.items() if size}
    typed = {"type": image.type} if image.type else {}
    return {"url": image.url, "medium": "image", "group": None, **typed, **known}


def _feed(form: Format, channel: FeedChannel, envelope: Envelope) -> FeedGenerator:
    feed = FeedGenerator()
    feed.register_extension("dc", DcExtension, atom=False)
    feed.register_extension("media", MediaExtension)
    feed.register_extension("history", HistoryExtension)
    feed.id(channel.id)
    feed.title(unlike_html(channel.title))
    feed.description(unlike_html(channel.description))
    feed.language(channel.lang)
    feed.updated(envelope.updated)
    feed.generator("Parley")
    feed.author(name=channel.author.name, uri=channel.author.url)
    if channel.email:
        feed.managingEditor(f"{channel.email} ({channel.author.name})")
    if channel.copyright:
        feed.rights(unlike_html(channel.copyright))
    if channel.icon:
        feed.icon(channel.icon)
        feed.image(channel.icon)
    hub = (FeedLink("hub", channel.hub),) if channel.hub else ()
    feed.history.links((*hub, *envelope.links))
    if envelope.archive:
        feed.history.archive()
    feed.link(href=envelope.url, rel="self", type=form.type)
    feed.link(href=channel.page, rel="alternate", type="text/html")
    return feed
