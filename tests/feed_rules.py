"""Whether a feed is valid, by the rules of the W3C feed validator, errors and warnings alike.

The validator itself is not to be had as a package for this Python, so its rules for what we write
are here: RSS 2.0 with the RSS Advisory Board's best practices, Atom (RFC 4287), feed history
(RFC 5005), threading (RFC 4685), Media RSS, slash and wfw. An element that no rule here knows is a
fault, so a feature cannot be added without its rule.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from html.entities import name2codepoint

from lxml import etree

from tests.feed_html_rules import ELEMENTS, html_faults, is_absolute

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DC = "{http://purl.org/dc/elements/1.1/}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
MEDIA = "{http://search.yahoo.com/mrss/}"
SLASH = "{http://purl.org/rss/1.0/modules/slash/}"
THREADING = "{http://purl.org/syndication/thread/1.0}"
WFW = "{http://wellformedweb.org/CommentAPI/}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_RFC_2822 = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d? (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r" \d{4} \d\d:\d\d:\d\d [+-]\d\d[03]0"
)
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_TAG_URI = re.compile(
    r"tag:([a-z0-9\-._]+@)?[a-z0-9.\-]+,\d{4}(-\d{2}(-\d{2})?)?:[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,]*(#\S*)?"
)
_MIME = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+")
_LANG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_PERSON = re.compile(r"[\w.%+'-]+@[\w-]+(\.[\w-]+)+ \([^()]+\)")
_LINK_RELATIONS = {
    "alternate", "current", "enclosure", "hub", "next-archive", "prev-archive", "related",
    "replies", "self", "via",
}  # fmt: skip
_HISTORY_RELATIONS = {"current", "next-archive", "prev-archive"}

Rule = Callable[[etree._Element], Iterator[str]]
Rules = dict[str, Rule]


def rss_faults(data: bytes) -> list[str]:
    """Return what is wrong with an RSS document; nothing for one that passes without a warning."""
    root = _root(data)
    if root is None or root.tag != "rss" or root.get("version") != "2.0" or len(root) != 1:
        return ["not one channel in an rss element of version 2.0"]
    return [*_bad_characters(root), *_channel(root[0])]


def atom_faults(data: bytes) -> list[str]:
    """Return what is wrong with an Atom document; nothing for one that passes without a warning."""
    root = _root(data)
    if root is None or root.tag != f"{ATOM}feed":
        return ["no feed element of Atom"]
    return [*_bad_characters(root), *_feed(root)]


def _root(data: bytes) -> etree._Element | None:
    if not data.startswith(b"<?xml version='1.0' encoding='UTF-8'?>"):
        return None
    try:
        return etree.fromstring(data, etree.XMLParser(huge_tree=True, resolve_entities=False))
    except etree.XMLSyntaxError:
        return None


def _bad_characters(root: etree._Element) -> Iterator[str]:
    values = [text for element in root.iter() for text in (element.text, *element.attrib.values())]
    if any(re.search("[\x80-\x9f\ufffd]", value or "") for value in values):
        yield "a character that is likely damaged"


def _children(parent: etree._Element, rules: Rules, repeatable: set[str]) -> Iterator[str]:
    counts = Counter(str(child.tag) for child in parent)
    for tag, count in counts.items():
        if count > 1 and tag not in repeatable:
            yield f"{parent.tag!s}: {count} times {tag}"
    for child in parent:
        rule = rules.get(str(child.tag))
        if rule is None:
            yield f"{parent.tag!s}: unknown element {child.tag!s}"
        else:
            yield from (f"{child.tag!s}: {fault}" for fault in rule(child))


def _required(parent: etree._Element, *tags: str) -> Iterator[str]:
    for tag in tags:
        if parent.find(tag) is None:
            yield f"{parent.tag!s}: no {tag}"


# --- values -------------------------------------------------------------------------------------


def _text(element: etree._Element) -> Iterator[str]:
    if not (element.text or "").strip() or len(element):
        yield "blank or not text"


def _plain(element: etree._Element) -> Iterator[str]:
    """Text in which nothing looks like HTML."""
    yield from _text(element)
    value = element.text or ""
    if any(
        tag.lower() in ELEMENTS | {"script", "iframe"} for tag in re.findall(r"</(\w+)>", value)
    ):
        yield f"contains HTML: {value!r}"
    names = re.findall(r"&(#?\w+)", value)
    if any(name in name2codepoint or name == "apos" or not name.isalpha() for name in names):
        yield f"contains a character reference: {value!r}"
    if re.search("&#[x0-9]|<[/a-zA-Z]", value):
        yield f"could be taken for HTML: {value!r}"


def _html(element: etree._Element) -> Iterator[str]:
    yield from _text(element)
    yield from html_faults(element.text or "")


def _url(element: etree._Element) -> Iterator[str]:
    if not is_absolute(element.text or ""):
        yield f"no absolute URL: {element.text!r}"


def _count(element: etree._Element) -> Iterator[str]:
    if not (element.text or "").isdecimal():
        yield f"no number: {element.text!r}"


def _language(element: etree._Element) -> Iterator[str]:
    if not _LANG.fullmatch(element.text or ""):
        yield f"no language: {element.text!r}"


def _plausible(moment: datetime) -> Iterator[str]:
    if not datetime(1990, 1, 1, tzinfo=UTC) <= moment <= datetime.now(UTC) + timedelta(minutes=10):
        yield f"implausible date: {moment}"


def _mail_date(element: etree._Element) -> Iterator[str]:
    value = element.text or ""
    if not _RFC_2822.fullmatch(value):
        yield f"no date by RFC 2822: {value!r}"
        return
    moment = parsedate_to_datetime(value)
    if f"{moment:%a}" != value[:3]:
        yield f"wrong day of the week: {value!r}"
    yield from _plausible(moment)


def _iso_date(element: etree._Element) -> Iterator[str]:
    value = element.text or ""
    if not _RFC_3339.fullmatch(value):
        yield f"no date by RFC 3339: {value!r}"
    else:
        yield from _plausible(datetime.fromisoformat(value))


def _identifier(element: etree._Element) -> Iterator[str]:
    """An IRI in its canonical form."""
    value = element.text or ""
    if value.startswith("tag:") and not _TAG_URI.fullmatch(value):
        yield f"no tag URI: {value!r}"
    elif not re.fullmatch(r"[a-zA-Z][a-zA-Z0-9+.-]*:[!-~]+", value):
        yield f"no URI: {value!r}"
    escapes = re.findall(r"%(..)", value)
    if any(not re.fullmatch("[0-9A-F]{2}", escape) for escape in escapes):
        yield f"escapes are not canonical: {value!r}"
    elif any(re.fullmatch(r"[\w.~-]", chr(int(escape, 16)), re.ASCII) for escape in escapes):
        yield f"needless escapes: {value!r}"


def _link(element: etree._Element) -> Iterator[str]:
    """An Atom link, in Atom or in RSS."""
    relation, kind = element.get("rel", "alternate"), element.get("type")
    if relation not in _LINK_RELATIONS:
        yield f"unregistered relation {relation}"
    if not is_absolute(element.get("href", "")):
        yield f"no absolute URL: {element.get('href')!r}"
    if kind is not None and not _MIME.fullmatch(kind):
        yield f"no media type: {kind!r}"
    if relation == "self" and kind not in ("application/atom+xml", "application/rss+xml"):
        yield f"self is no feed: {kind!r}"
    if relation == "enclosure" and not (element.get("length") or "").isdecimal():
        yield "enclosure without length"
    if element.get(f"{THREADING}count") is not None and relation != "replies":
        yield "thr:count on another link"
    if len(element) or (element.text or "").strip():
        yield "a link with content"


def _media(element: etree._Element) -> Iterator[str]:
    if not is_absolute(element.get("url", "")):
        yield "no absolute URL"
    if element.get("medium") not in ("image", "audio", "video", "document", "executable"):
        yield f"medium {element.get('medium')!r}"
    for name in ("width", "height", "fileSize"):
        if element.get(name) is not None and not re.fullmatch("[1-9][0-9]*", element.get(name, "")):
            yield f"{name} {element.get(name)!r}"
    if element.get("type") is not None and not _MIME.fullmatch(element.get("type", "")):
        yield f"no media type: {element.get('type')!r}"


def _answered(element: etree._Element) -> Iterator[str]:
    if not element.get("ref") or not is_absolute(element.get("href", "")):
        yield "thr:in-reply-to without ref or URL"


def _empty(element: etree._Element) -> Iterator[str]:
    if len(element) or element.text:
        yield "not empty"


# --- RSS ----------------------------------------------------------------------------------------


def _channel(channel: etree._Element) -> Iterator[str]:
    yield from _required(channel, "title", "link", "description", "language", "lastBuildDate")
    rules: Rules = {
        "title": _plain, "link": _url, "description": _plain, "copyright": _plain, "docs": _url,
        "generator": _text, "image": _image, "item": _item, "language": _language,
        "lastBuildDate": _mail_date, "managingEditor": _person, f"{ATOM}link": _link,
        f"{HISTORY}archive": _empty,
    }  # fmt: skip
    yield from _children(channel, rules, {"item", f"{ATOM}link"})
    tags = [child.tag for child in channel]
    if "item" in tags and set(tags[tags.index("item") :]) != {"item"}:
        yield "channel elements behind items"
    yield from _relations(channel, channel.findall(f"{ATOM}link"))
    guids = Counter(guid.text for guid in channel.iter("guid"))
    yield from (f"guid {guid} is not unique" for guid, count in guids.items() if count > 1)


def _item(item: etree._Element) -> Iterator[str]:
    yield from _required(item, "title", "link", "description", "guid", "pubDate")
    rules: Rules = {
        "title": _plain, "link": _url, "description": _html, "category": _plain, "guid": _guid,
        "enclosure": _enclosure, "pubDate": _mail_date, f"{CONTENT}encoded": _html,
        f"{DC}creator": _text, f"{DC}language": _language, f"{MEDIA}content": _media,
        "comments": _url, f"{SLASH}comments": _count, f"{THREADING}in-reply-to": _answered,
        f"{WFW}commentRss": _url,
    }  # fmt: skip
    yield from _children(item, rules, {"category", f"{DC}creator"})
    tags = [child.tag for child in item]
    content = f"{CONTENT}encoded"
    if content in tags and "description" not in tags[: tags.index(content)]:
        yield "content before description"


def _guid(guid: etree._Element) -> Iterator[str]:
    yield from _text(guid)
    value, permanent = guid.text or "", guid.get("isPermaLink", "true")
    if permanent == "true" and not value.startswith(("http://", "https://")):
        yield f"no permalink: {value!r}"
    if permanent not in ("true", "false"):
        yield f"isPermaLink {permanent!r}"
    if value.isdigit() and len(value) < 9:
        yield f"not sufficiently unique: {value!r}"


def _enclosure(enclosure: etree._Element) -> Iterator[str]:
    if not is_absolute(enclosure.get("url", "")):
        yield "enclosure without URL"
    if not (enclosure.get("length") or "").isdecimal():
        yield "enclosure without length"
    if not _MIME.fullmatch(enclosure.get("type", "")):
        yield "enclosure without type"


def _image(image: etree._Element) -> Iterator[str]:
    yield from _required(image, "url", "title", "link")
    yield from _children(image, {"url": _url, "title": _plain, "link": _url}, set())
    channel = image.getparent()
    if channel is not None and channel.findtext("link") != image.findtext("link"):
        yield "image leads elsewhere"


def _person(element: etree._Element) -> Iterator[str]:
    if not _PERSON.fullmatch(element.text or ""):
        yield f"no address with a name: {element.text!r}"


# --- Atom ---------------------------------------------------------------------------------------


def _feed(feed: etree._Element) -> Iterator[str]:
    yield from _required(feed, f"{ATOM}id", f"{ATOM}title", f"{ATOM}updated")
    rules: Rules = {
        f"{ATOM}author": _author, f"{ATOM}entry": _entry, f"{ATOM}generator": _text,
        f"{ATOM}icon": _url, f"{ATOM}id": _identifier, f"{ATOM}link": _link, f"{ATOM}logo": _url,
        f"{ATOM}rights": _construct, f"{ATOM}subtitle": _construct, f"{ATOM}title": _construct,
        f"{ATOM}updated": _iso_date, f"{HISTORY}archive": _empty,
    }  # fmt: skip
    yield from _children(feed, rules, {f"{ATOM}entry", f"{ATOM}link", f"{ATOM}author"})
    tags = [child.tag for child in feed]
    entry = f"{ATOM}entry"
    if entry in tags and set(tags[tags.index(entry) :]) != {entry}:
        yield "feed elements behind entries"
    if not _LANG.fullmatch(feed.get(XML_LANG, "")):
        yield "no xml:lang"
    yield from _relations(feed, feed.findall(f"{ATOM}link"))
    for tag in ("id", "updated"):
        values = Counter(element.text for element in feed.findall(f"{entry}/{ATOM}{tag}"))
        yield from (f"{tag} {value} is not unique" for value, n in values.items() if n > 1)


def _entry(entry: etree._Element) -> Iterator[str]:
    yield from _required(entry, f"{ATOM}id", f"{ATOM}title", f"{ATOM}updated")
    rules: Rules = {
        f"{ATOM}author": _author, f"{ATOM}category": _category, f"{ATOM}content": _construct,
        f"{ATOM}id": _identifier, f"{ATOM}link": _link, f"{ATOM}published": _iso_date,
        f"{ATOM}summary": _construct, f"{ATOM}title": _construct, f"{ATOM}updated": _iso_date,
        f"{MEDIA}content": _media, f"{THREADING}total": _count,
        f"{THREADING}in-reply-to": _answered,
    }  # fmt: skip
    yield from _children(entry, rules, {f"{ATOM}author", f"{ATOM}category", f"{ATOM}link"})
    links = entry.findall(f"{ATOM}link")
    relations = [link.get("rel", "alternate") for link in links]
    if relations.count("alternate") != 1:
        yield "not one alternate link"
    if _HISTORY_RELATIONS & set(relations):
        yield "feed history in an entry"
    if entry.find(f"{ATOM}content") is None and entry.find(f"{ATOM}summary") is None:
        yield "no text"


def _construct(element: etree._Element) -> Iterator[str]:
    """A text construct or content: plain text or HTML."""
    kind = element.get("type", "text")
    if kind == "html":
        yield from _html(element)
    elif kind == "text":
        yield from _plain(element)
    else:
        yield f"type {kind}"


def _author(author: etree._Element) -> Iterator[str]:
    yield from _required(author, f"{ATOM}name")
    yield from _children(author, {f"{ATOM}name": _text, f"{ATOM}uri": _url}, set())


def _category(category: etree._Element) -> Iterator[str]:
    if not category.get("term"):
        yield "no term"


# --- both ---------------------------------------------------------------------------------------


def _relations(feed: etree._Element, links: list[etree._Element]) -> Iterator[str]:
    """One address of its own, one alternate for each type, and a history that holds together."""
    relations = [link.get("rel", "alternate") for link in links]
    if relations.count("self") != 1:
        yield "not one link to itself"
    alternates = Counter(
        (link.get("type"), link.get("hreflang"))
        for link in links
        if link.get("rel", "alternate") == "alternate"
    )
    if any(count > 1 for count in alternates.values()):
        yield "two alternates of one type"
    if feed.find(f"{HISTORY}archive") is None:
        if {"current", "next-archive"} & set(relations):
            yield "links of an archive page in a feed"
        return
    if "current" not in relations:
        yield "an archive page without its feed"
    if not {"prev-archive", "next-archive"} & set(relations):
        yield "an archive page that leads nowhere"
