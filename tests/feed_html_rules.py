"""What HTML in a feed must be like, by the rules of the W3C feed validator and the issue's own.

The tables are those of the validator (the ``HTMLValidator`` class of its ``validators.py``, and its
page on the ``SecurityRiskAttr`` warning), less what no feed of ours has any use for. One attribute
is more than its table has: ``controls``, without which a player cannot be used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from justhtml import JustHTML
from lxml import etree

_ELEMENTS = """
    a abbr acronym address area article aside audio b bdi bdo big blockquote br caption center
    cite code col colgroup data dd del details dfn dir div dl dt em figcaption figure footer font
    header h1 h2 h3 h4 h5 h6 hgroup hr i img ins kbd li main map mark menu meter nav ol p picture
    pre progress q rp rt ruby s samp section small source span strike strong sub summary sup table
    tbody td tfoot th thead time tr track tt u ul var video wbr"""
_ATTRIBUTES = """
    abbr align alt border cite class colspan controls coords datetime decoding default dir
    download headers height href hreflang id ismap kind label lang loading loop media muted name
    open playsinline poster preload rel reversed rows rowspan scope shape sizes span src srclang
    srcset start summary title type usemap value width"""
ELEMENTS = frozenset(_ELEMENTS.split())
ATTRIBUTES = frozenset(_ATTRIBUTES.split())
ADDRESSES = ("action", "cite", "data", "formaction", "href", "longdesc", "poster", "src")


def html_faults(html: str) -> Iterator[str]:
    """Yield what is wrong with the HTML of an entry."""
    yield from (f"HTML parse error {error.code}" for error in _parsed(html).errors)
    try:
        tree = etree.fromstring(f"<body>{html}</body>", etree.XMLParser(huge_tree=True))
    except etree.XMLSyntaxError as error:
        yield f"not well-formed: {error}"
        return
    for element in tree.iterdescendants():
        if element.tag not in ELEMENTS:
            yield f"element {element.tag!s}"
        yield from _attribute_faults(element)


def _parsed(html: str) -> JustHTML:
    return JustHTML(html, fragment=True, collect_errors=True, sanitize=False)


def _attribute_faults(element: etree._Element) -> Iterator[str]:
    for name, value in element.items():
        if name not in ATTRIBUTES:
            yield f"attribute {name} of {element.tag!s}"
        if name in ADDRESSES and not is_absolute(value):
            yield f"{name} of {element.tag!s} is not absolute: {value!r}"
        if name == "srcset":
            for candidate in value.split(", "):
                if not is_absolute(candidate.split(" ")[0]):
                    yield f"srcset is not absolute: {candidate!r}"


def is_absolute(url: str) -> bool:
    """Whether ``url`` is an absolute URL in ASCII that leads where a reader may be led."""
    if re.fullmatch(r"data:image/[a-z]+[;,][!-~]*", url):
        return True
    if not re.fullmatch(r"[a-z][a-z0-9+.-]*:[!#$%&'()*+,./0-9:;=?@A-Z\[\]_a-z~-]+", url):
        return False
    parts = urlsplit(url)
    if parts.scheme in ("http", "https"):
        return bool(parts.hostname)
    return parts.scheme in ("mailto", "tel", "ftp", "sms", "xmpp", "magnet", "geo", "irc")
