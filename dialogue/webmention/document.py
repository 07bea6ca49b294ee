"""A page of another site as its links see it: decoded, parsed, never run."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from lxml import etree

from dialogue import html_tree
from dialogue.boundary import LINE, characters

HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
# What leads elsewhere, and the attribute that says where. ``data`` is how microformats say a URL
# without showing it.
_LINKS = {
    "a": ("href",), "area": ("href",), "link": ("href",), "img": ("src",), "source": ("src",),
    "audio": ("src",), "video": ("src", "poster"), "iframe": ("src",), "embed": ("src",),
    "object": ("data",), "blockquote": ("cite",), "q": ("cite",), "ins": ("cite",),
    "del": ("cite",), "data": ("value",),
}  # fmt: skip
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.I)
_META = re.compile(rb"<meta[\s/]([^<>]*)", re.I)
_IN_META = re.compile(rb"charset\s*+=\s*+[\"']?\s*+([\w.:-]+)", re.I)
# The encodings of the web (https://encoding.spec.whatwg.org/) as Python calls them. Others that it
# knows are no encodings of pages, and some of those take time that grows with the square of a text.
_ENCODINGS = re.compile(
    r"utf-8|utf-16(-[lb]e)?|ascii|iso8859-\d+|cp1?(125\d|866|874|932|949|950)|koi8-[ru]"
    r"|mac-(roman|cyrillic)|gbk|gb2312|gb18030|big5|euc_(jp|kr)|iso2022_jp|shift_jis"
)
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xfe\xff", "utf-16-be"), (b"\xff\xfe", "utf-16-le"))


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page: its root element, absent where there is nothing, and what its links are relative to."""

    root: etree._Element | None
    base: str


def media_type(content_type: str, body: bytes) -> str:
    """What kind of document it is; a guess where the server does not say."""
    said = content_type.partition(";")[0].strip().lower()
    if said:
        return said
    return "text/html" if body.lstrip()[:1] == b"<" else "text/plain"


def text_of(body: bytes, content_type: str) -> str:
    """``body`` as text: by its byte order mark, the header, the page, or what fits."""
    return characters(_decoded(body, content_type))


def _decoded(body: bytes, content_type: str) -> str:
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    told = _CHARSET.search(content_type)
    names = (told[1] if told else _of_meta(body[:2_048]), "utf-8")
    for name in filter(_is_known, names):
        try:
            return body.decode(name)
        except UnicodeError:
            continue
    return body.decode("windows-1252", "replace")


def _of_meta(beginning: bytes) -> str:
    """The encoding that the page itself names; empty where it names none."""
    found = (_IN_META.search(attributes) for attributes in _META.findall(beginning))
    return next((each[1].decode("ascii") for each in found if each), "")


def _is_known(encoding: str) -> bool:
    try:
        return _ENCODINGS.fullmatch(codecs.lookup(encoding).name) is not None
    except LookupError:
        return False


def parse(body: bytes, content_type: str, url: str) -> Page:
    """The HTML in ``body``, which came from ``url``."""
    root = html_tree.parse(text_of(body, content_type))
    return Page(root, _base(root, url))


def elements(root: etree._Element | None) -> Iterator[etree._Element]:
    """All elements in document order, but for the content of templates, which is not there yet."""
    if root is None:
        return
    events = etree.iterwalk(root, events=("start",))
    for _, element in events:
        if element.tag == "template":
            events.skip_subtree()
        elif isinstance(element.tag, str):
            yield element


def links(page: Page) -> Iterator[tuple[etree._Element, str]]:
    """Each place that leads elsewhere, and where to: an absolute URL, with its fragment."""
    for element in elements(page.root):
        for name in _LINKS.get(str(element.tag), ()):
            value = element.get(name)
            if value is not None and (url := absolute(page.base, value)):
                yield element, url


def absolute(base: str, reference: str) -> str:
    """``reference`` as seen from ``base``; empty where it is no URL, or longer than any."""
    if len(base) + len(reference) > LINE:
        return ""
    try:
        return urljoin(base, reference.strip())
    except ValueError:
        return ""


def rels(element: etree._Element) -> frozenset[str]:
    """The words of ``rel``, in lower case."""
    return frozenset((element.get("rel") or "").lower().split())


def _base(root: etree._Element | None, url: str) -> str:
    """The URL of the first ``base`` with an ``href``; else the page's own."""
    for element in elements(root):
        if element.tag == "base" and (href := element.get("href")) is not None:
            return absolute(url, href) or url
    return url
