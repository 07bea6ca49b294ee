"""What a page is made of once it is parsed again, as a browser would: nothing may have come alive."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from justhtml import JustHTML
from lxml import etree

from tests.theme.pages import elements
from thread.safe import SCHEMES, TAGS

# Where the Markdown of visitors stands; everywhere else they can write text only.
_WRITTEN = frozenset({"reply-text"})
_OF_WRITING = frozenset({"href", "rel", "start"})
_LEADING = ("href", "src", "action", "formaction", "srcset", "data", "poster", "ping", "background")
_TELLING = frozenset({"class", "type", "rel", "method"})
Kind = tuple[str, frozenset[tuple[str, str]]]


def aliens(html: str, usual: frozenset[Kind]) -> list[str]:
    """The elements of a page that a harmless one, with the kinds ``usual``, does not have."""
    found = [str(kind) for kind in _kinds(html) if kind not in usual]
    return found + [f"{name}={url}" for name, url in _addresses(html) if not _leads_well(url)]


def usual(*pages: str) -> frozenset[Kind]:
    """The kinds of elements of harmless pages."""
    return frozenset(kind for page in pages for kind in _kinds(page))


def written(html: str) -> list[str]:
    """What in a piece of HTML is more than a reply may be made of."""
    found = []
    for _, node in elements(JustHTML(html, sanitize=False).root):
        if node.name in ("html", "head", "body"):
            continue
        names = set(node.attrs or {})
        if node.name not in TAGS or names - _OF_WRITING:
            found.append(f"{node.name} {sorted(names)}")
        if not _leads_well((node.attrs or {}).get("href") or "https:"):
            found.append(str(node.attrs))
    return found


def count(html: str, name: str, sort: str = "") -> int:
    """How many elements of that name, and of that class if one is given, a page has."""
    nodes = (node for _, node in elements(_root(html)))
    return sum(node.name == name and (not sort or sort in _classes(node)) for node in nodes)


def feed_texts(feed: bytes) -> Iterator[tuple[str, str]]:
    """Each text of a feed that readers may take for HTML, with the name of its element."""
    root = etree.fromstring(feed, etree.XMLParser(resolve_entities=False, no_network=True))
    for element in root.iter():
        name = etree.QName(element).localname
        if name in ("title", "summary", "description", "content", "encoded"):
            yield name, element.text or ""


def feed_names(feed: bytes) -> frozenset[str]:
    """The elements of a feed."""
    return frozenset(str(element.tag) for element in etree.fromstring(feed).iter())


@lru_cache(maxsize=4)
def _root(html: str) -> Any:
    """A page as a browser reads it; large ones are looked at several times."""
    return JustHTML(html, sanitize=False).root


def _kinds(html: str) -> Iterator[Kind]:
    """What each element is; one in what was written is itself only where it may not be there."""
    root = _root(html)
    writings = [node for _, node in elements(root) if _classes(node) & _WRITTEN]
    inside = {id(node) for each in writings for _, node in elements(each)}
    for _, node in elements(root):
        if id(node) not in inside:
            yield node.name, _attributes(node)
        elif node.name not in TAGS or set(node.attrs or {}) - _OF_WRITING:
            yield f"{node.name} in a reply", _attributes(node)


def _attributes(node: Any) -> frozenset[tuple[str, str]]:
    """The names of its attributes, and the values of those that say what it is."""
    found = (node.attrs or {}).items()
    return frozenset((name, str(value) if name in _TELLING else "") for name, value in found)


def _addresses(html: str) -> Iterator[tuple[str, str]]:
    for _, node in elements(_root(html)):
        for name, value in (node.attrs or {}).items():
            if name in _LEADING and value:
                yield name, value


def _leads_well(url: str) -> bool:
    try:
        return urlsplit(url).scheme in ("", *SCHEMES)
    except ValueError:
        return url.startswith(("http://", "https://"))


def _classes(node: Any) -> frozenset[str]:
    return frozenset(((node.attrs or {}).get("class") or "").split())
