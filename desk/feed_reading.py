"""Feeds as subscribers see them: RSS, Atom and JSON Feed read into one kind of value.

Reads our own feeds and those of the generator a site had before, so it takes what is not quite
valid. Nothing in a feed is executed, resolved or fetched.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Any, Literal
from urllib.parse import urlsplit

from lxml import etree

from desk.errors import DeskError

FeedFormat = Literal["rss", "atom", "json"]

_ATOM = "{http://www.w3.org/2005/Atom}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Seen:
    """An entry as a subscriber's reader keeps it.

    ``id`` is what tells it apart: without one of its own its link is. ``text`` is that of the
    content without tags and line breaks. Dates are in UTC, absent where none can be read.
    """

    id: str
    title: str
    link: str
    text: str
    published: datetime | None = None
    updated: datetime | None = None

    @property
    def path(self) -> str:
        """The link's path without a closing slash: the same on another host."""
        return urlsplit(self.link).path.rstrip("/")


@dataclass(frozen=True, slots=True)
class SeenFeed:
    """A feed document: its format, entries in order, its own address and its hub, if it has them."""

    format: FeedFormat
    entries: tuple[Seen, ...]
    address: str = ""
    hub: str = ""


def read_feed(data: bytes, name: str) -> SeenFeed:
    """The feed in ``data``; ``name`` says in errors what it is. Raises :class:`DeskError`."""
    if data.lstrip()[:1] == b"{":
        return _json(data, name)
    parser = etree.XMLParser(huge_tree=True, no_network=True, recover=True, resolve_entities=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise DeskError(f"{name} is no feed: {error}") from error
    kind = getattr(root, "tag", "")  # what cannot be recovered at all has no root
    if kind == "rss" and (channel := root.find("channel")) is not None:
        links = {link.get("rel"): link.get("href", "") for link in channel.findall(f"{_ATOM}link")}
        items = tuple(_rss_item(item) for item in channel.findall("item"))
        return SeenFeed("rss", items, links.get("self", ""), links.get("hub", ""))
    if kind == f"{_ATOM}feed":
        links = {link.get("rel"): link.get("href", "") for link in root.findall(f"{_ATOM}link")}
        entries = tuple(_atom_entry(entry) for entry in root.findall(f"{_ATOM}entry"))
        return SeenFeed("atom", entries, links.get("self", ""), links.get("hub", ""))
    raise DeskError(f"{name} is neither RSS 2.0 nor Atom nor JSON Feed")


def _rss_item(item: etree._Element) -> Seen:
    link = _text(item, "link")
    content = _text(item, _CONTENT) or _text(item, "description")
    return Seen(
        id=_text(item, "guid") or link,
        title=_text(item, "title").replace("\u2060", ""),
        link=link,
        text=_plain(content),
        published=_mail_date(_text(item, "pubDate")),
    )


def _atom_entry(entry: etree._Element) -> Seen:
    links = [
        link.get("href", "")
        for link in entry.findall(f"{_ATOM}link")
        if link.get("rel", "alternate") == "alternate"
    ]
    title = entry.find(f"{_ATOM}title")
    words = "".join(title.itertext()) if title is not None else ""
    updated = _iso_date(_text(entry, f"{_ATOM}updated"))
    return Seen(
        id=_text(entry, f"{_ATOM}id") or (links[0] if links else ""),
        title=_plain(words) if title is not None and title.get("type") == "html" else words.strip(),
        link=links[0] if links else "",
        text=_plain(_text(entry, f"{_ATOM}content") or _text(entry, f"{_ATOM}summary")),
        published=_iso_date(_text(entry, f"{_ATOM}published")) or updated,
        updated=updated,
    )


def _json(data: bytes, name: str) -> SeenFeed:
    try:
        feed = json.loads(data)
        items = tuple(_json_items(feed))
        hubs = [str(hub["url"]) for hub in feed.get("hubs", ())]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise DeskError(f"{name} is no JSON Feed: {error}") from error
    return SeenFeed("json", items, str(feed.get("feed_url", "")), hubs[0] if hubs else "")


def _json_items(feed: dict[str, Any]) -> Iterator[Seen]:
    for item in feed["items"]:
        published = _iso_date(str(item.get("date_published", "")))
        yield Seen(
            id=str(item["id"]),
            title=str(item.get("title", "")),
            link=str(item.get("url", "")),
            text=_plain(str(item.get("content_html") or item.get("content_text") or "")),
            published=published,
            updated=_iso_date(str(item.get("date_modified", ""))) or published,
        )


def _text(parent: etree._Element, tag: str) -> str:
    element = parent.find(tag)
    return "" if element is None else "".join(map(str, element.itertext())).strip()


def _plain(html: str) -> str:
    """The words of some HTML on one line."""
    return " ".join(unescape(_TAG.sub(" ", html)).split())


def _mail_date(text: str) -> datetime | None:
    try:
        return _in_utc(parsedate_to_datetime(text))
    except ValueError:
        return None


def _iso_date(text: str) -> datetime | None:
    try:
        return _in_utc(datetime.fromisoformat(text))
    except ValueError:
        return None


def _in_utc(moment: datetime) -> datetime:
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
