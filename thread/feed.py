"""The feed of a post's replies in Atom and RSS, with feedgen: what each reply answers is RFC 4685's.

The build and the service make it here, so both make the same bytes. feedgen's traps are those that
:mod:`plugins.feeds.rss_atom` names; the dates of a reply are its own, never that of building.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from datetime import UTC, datetime
from html import escape, unescape

import nh3
from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.ext.dc import DcEntryExtension, DcExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from thread.block import ANCHOR
from thread.formats import ATOM, RSS, Format
from thread.model import SPOKEN, Reply, Site, Target, Thread
from thread.reading import is_web_address
from thread.safe import safe
from thread.text import clean, is_like_html, one_line, unlike_html
from wording import wording_for

FORMATS = (ATOM, RSS)
_THREADING = "http://purl.org/syndication/thread/1.0"
# When a feed changed last whose replies are all gone: no day could be a better one.
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)
_SUMMARY = 200
NEWEST = 50
"""So many replies are in a feed; readers fetch it long before as many have come."""


def feed_paths(target: str) -> tuple[str, ...]:
    """The files of the feeds of a post, in the order of :data:`FORMATS`, by the post's id."""
    return tuple(f"feeds/replies/{target or 'home'}{form.ending}" for form in FORMATS)


def render_feeds(site: Site, target: Target, thread: Thread) -> Mapping[str, bytes]:
    """The feeds of a post's replies by their path: none before the first, or on a site without."""
    if not (thread.version and target.feeds):
        return {}
    return {
        path: _render(form, f"{site.url}/{path}", site, target, thread)
        for form, path in zip(FORMATS, target.feeds, strict=True)
    }


def _render(form: Format, url: str, site: Site, target: Target, thread: Thread) -> bytes:
    said = [reply for reply in thread.replies if reply.kind in SPOKEN and not reply.erased]
    newest = sorted(said, key=lambda reply: (reply.date, reply.id), reverse=True)[:NEWEST]
    feed = _channel(form, url, site, target)
    feed.updated(max(map(_changed, newest), default=_NEVER))
    names = {reply.id: reply for reply in said}
    for reply in newest:
        feed.add_entry(_entry(reply, site, target, names), order="append")
    written: bytes = feed.rss_str() if form is RSS else feed.atom_str()
    return written + b"\n"


def _channel(form: Format, url: str, site: Site, target: Target) -> FeedGenerator:
    words = wording_for(target.lang)
    title, name = one_line(target.title), one_line(site.name)
    feed = FeedGenerator()
    feed.register_extension("dc", DcExtension, atom=False)
    feed.register_extension("answers", _Threading)
    feed.id(f"{target.entry or target.url}#{ANCHOR}")
    feed.title(
        unlike_html(words.gettext("Replies to “%(title)s”") % {"title": title} + f" · {name}")
    )
    feed.description(
        unlike_html(words.gettext("What people reply to “%(title)s”.") % {"title": title})
    )
    feed.language(target.lang)
    feed.generator("Parley")
    feed.author(name=name, uri=f"{site.url}/")
    if site.hub:
        feed.link(href=site.hub, rel="hub")
    feed.link(href=url, rel="self", type=form.type)
    feed.link(href=target.url, rel="alternate", type="text/html")
    return feed


def _entry(reply: Reply, site: Site, target: Target, names: Mapping[str, Reply]) -> FeedEntry:
    words = wording_for(target.lang)
    author = one_line(reply.author) or words.gettext("Anonymous")
    url = f"{target.url}#{reply.anchor}"
    title = words.gettext("%(author)s on “%(title)s”") % {
        "author": author,
        "title": one_line(target.title),
    }
    made = FeedEntry()
    made.register_extension("dc", DcEntryExtension, atom=False)
    made.register_extension("answers", _Answering)
    made.id(_id(reply.id, site, target))
    made.title(title)
    made.published(reply.date.replace(microsecond=0))
    made.updated(_changed(reply))
    html = _html(reply) or f"<p>{escape(title)}</p>"
    made.summary(_beginning(html), type="html")
    made.content(html, type="html")
    made.author(name=author, uri=reply.url if is_web_address(reply.url) else url)
    made.dc.dc_creator(author)
    made.link(href=url, rel="alternate")
    parent = names.get(reply.parent or "")
    if parent:
        made.answers.to(_id(parent.id, site, target), f"{target.url}#{parent.anchor}")
    else:
        made.answers.to(target.entry or target.url, target.url)
    return made


def _html(reply: Reply) -> str:
    """The text as XML can carry it, saying first what a moderator says about it."""
    note = one_line(reply.note)
    said = f"<p><em>{escape(note)}</em></p>" if note else ""
    return clean(said + safe(reply.html)).strip()


def _beginning(html: str) -> str:
    """The first words of ``html`` as plain text, escaped: readers take it for HTML."""
    words = one_line(unescape(nh3.clean(html.replace("<", " <"), tags=set())))
    return escape(textwrap.shorten(words, _SUMMARY, placeholder=" …"), quote=False)


def _id(reply: str, site: Site, target: Target) -> str:
    """The lasting id of a reply: by the site's tag where there is one (RFC 4151)."""
    return f"{site.tag}:reply:{reply}" if site.tag else f"{target.url}#reply-{reply}"


def _changed(reply: Reply) -> datetime:
    """When the reply was changed last, to the second."""
    return max(reply.date, reply.edited or reply.date).replace(microsecond=0)


class _Threading(BaseExtension):  # type: ignore[misc]  # feedgen ships without types
    """Declares the vocabulary of answers once for the feed."""

    def extend_ns(self) -> dict[str, str]:
        return {"thr": _THREADING}


class _Answering(BaseEntryExtension):  # type: ignore[misc]  # feedgen ships without types
    """What an entry answers, and plain titles that nobody takes for HTML."""

    def __init__(self) -> None:
        self._answered: dict[str, str] = {}

    def to(self, ref: str, href: str) -> None:
        """Set the id and URL of the entry that this one answers."""
        self._answered = {"ref": ref, "href": href, "type": "text/html"}

    def extend_atom(self, entry: etree._Element) -> etree._Element:
        etree.SubElement(entry, f"{{{_THREADING}}}in-reply-to", self._answered)
        for link in entry.findall("link"):
            link.set("rel", "alternate")
            link.set("type", "text/html")
        title = entry.find("title")
        if title is not None and is_like_html(title.text or ""):
            title.text = escape(title.text or "", quote=False)
            title.set("type", "html")
        return entry

    def extend_rss(self, item: etree._Element) -> etree._Element:
        etree.SubElement(item, f"{{{_THREADING}}}in-reply-to", self._answered)
        for title in item.iterchildren("title"):
            title.text = unlike_html(title.text or "")
        return item
