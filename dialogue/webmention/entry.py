"""What a page says about itself in microformats: who wrote it, what, and what it does with our post.

mf2py reads it, but only the one entry around the link: it copies what is nested once for each level,
so a page of some kilobytes could keep it busy for minutes. What is too large or too deep for an
entry is a mention without words.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import mf2py
from bs4 import BeautifulSoup, Tag
from lxml import etree

from dialogue import urls
from dialogue.fetch.fetcher import Response
from dialogue.webmention import document, properties
from dialogue.webmention.properties import Item
from dialogue.webmention.seen import Seen
from thread.model import Kind

_LISTS = frozenset({"h-feed", "hfeed"})
_OLD_ROOTS = frozenset({"hentry", "vcard", "hreview", "vevent", "hrecipe", "hproduct", "hresume"})
# How many elements may be read, each once for every value that it is a part of.
_MOST_READ, _MOST_TEXT, _DEEPEST = 20_000, 200_000, 80
# What the page does with our post, the most particular first. A bookmark is a mention.
_KINDS: Mapping[str, Kind] = {"in-reply-to": "reply", "repost-of": "repost", "like-of": "like"}
_EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)


def read(answer: Response, target: str, now: datetime) -> Seen:
    """What the page in ``answer``, which links to ``target``, says; ``now`` is when it was read."""
    content_type = answer.headers.get("content-type", "")
    kind = document.media_type(content_type, answer.body)
    name = urls.host(answer.url)
    bare = Seen("mention", name, "", "", "", "", now)
    if kind in document.HTML_TYPES:
        page = document.parse(answer.body, content_type, answer.url)
        entry = _entry_around(page, target)
        seen = _seen(entry, target, bare) if entry else bare
        return seen if seen.author != name else _with_author(seen, page)
    entry = properties.of_json(_loaded(answer)) if kind.endswith("json") else None
    return _seen(entry, target, bare) if entry else bare


def _seen(entry: Item, target: str, bare: Seen) -> Seen:
    kind = _kind(entry, target)
    author = properties.author(entry)
    name = properties.line(entry, "name")
    content, html = properties.content(entry)
    summary = properties.line(entry, "summary")
    return Seen(
        kind=kind,
        author=author.name or bare.author,
        url=author.url,
        title="" if _begins(content, name) else name,
        text=content or summary,
        html=html,
        date=_date(properties.line(entry, "published"), bare.date),
    )


def _kind(entry: Item, target: str) -> Kind:
    place = urls.page(target)
    for name, kind in _KINDS.items():
        if any(urls.is_at(url, place) for url in properties.addresses(entry, name)):
            return kind
    return "mention"


def _begins(content: str, name: str) -> bool:
    """Whether ``name`` is no title but the words themselves, as notes have it."""
    return " ".join(content.split()).startswith(" ".join(name.split()).rstrip("….")[:60])


def _date(text: str, now: datetime) -> datetime:
    try:
        found = datetime.fromisoformat(text)
        found = (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return now
    return found if _EARLIEST <= found <= now else now


def _entry_around(page: document.Page, target: str) -> Item | None:
    """The entry that the link to ``target`` is in: the outermost one that is not a list of them."""
    here = urls.page(target)
    for element, url in document.links(page):
        if not urls.is_at(url, here):
            continue
        around = [element, *element.iterancestors()]
        roots = [each for each in around if _roots(each) - _LISTS]
        if roots:
            return _item(roots[-1], page.base)
    return None


def _with_author(seen: Seen, page: document.Page) -> Seen:
    """``seen`` by whoever the page as a whole is by, if it says so."""
    for element in document.elements(page.root):
        if "h-card" in _roots(element) and (card := _item(element, page.base)):
            who = properties.card(card)
            return seen.by(who.name or seen.author, who.url)
        if element.tag == "meta" and (element.get("name") or "").lower() == "author":
            return seen.by(properties.one_line(element.get("content") or "") or seen.author, "")
    return seen


def _roots(element: etree._Element) -> frozenset[str]:
    words = (element.get("class") or "").split()
    return frozenset(word for word in words if word.startswith("h-") or word in _OLD_ROOTS)


def _item(element: etree._Element, base: str) -> Item | None:
    """The microformat at ``element``; None where it is too large or deep to be read."""
    if not _is_modest(element):
        return None
    try:
        parsed = mf2py.parse(doc=_soup(element), url=base)
    except Exception:  # noqa: BLE001 - strangers choose what it reads; what it trips over is no entry
        return None
    return next(iter(parsed["items"]), None)


def _soup(element: etree._Element) -> BeautifulSoup:
    """``element`` as mf2py reads it, made without HTML in between.

    libxml2's serializer takes the square of the number of ``<!--`` and ``&{`` in an attribute.
    """
    soup = BeautifulSoup("", "lxml")
    above: list[Tag] = [soup]
    for event, each in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            tag = soup.new_tag(str(each.tag), attrs=dict(each.attrib))
            tag.append(each.text or "")
            above[-1].append(tag)
            above.append(tag)
        else:
            above.pop()
            above[-1].append((each.tail if each is not element else None) or "")
    return soup


def _is_modest(element: etree._Element) -> bool:
    depth = nested = work = text = 0
    for event, each in etree.iterwalk(element, events=("start", "end")):
        step = 1 if event == "start" else -1
        depth += step
        nested += step * _is_nesting(each)
        work += nested + 1
        text += _length(each)
        if depth > _DEEPEST or work > 2 * _MOST_READ or text > 2 * _MOST_TEXT:
            return False
    return True


def _length(element: etree._Element) -> int:
    """How much text an element brings along, without its children."""
    own = len(element.text or "") + len(element.tail or "")
    return own + sum(len(name) + len(value) for name, value in element.items())


def _is_nesting(element: etree._Element) -> bool:
    """Whether mf2py reads what is inside as a value of its own."""
    return bool(element.get("class")) and (
        bool(_roots(element)) or any(map(_is_embedded, (element.get("class") or "").split()))
    )


def _is_embedded(word: str) -> bool:
    return word.startswith("e-") or word in ("entry-content", "entry-summary", "description")


def _loaded(answer: Response) -> Any:
    text = document.text_of(answer.body, answer.headers.get("content-type", ""))
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
