"""HTML from outside as a tree, built in time that grows with its length alone.

libxml2 reads it and splits text as browsers do. The tree is ours to build: nothing in it lies deeper
than browsers let it, no element has attributes without end, and every text passed the boundary, also
those that character references stood for. Comments are left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from lxml import etree

from dialogue.boundary import characters, wellformed

if TYPE_CHECKING:
    from lxml.etree import ParserTarget  # it is in the stubs only

# Elements below that are left out; what is in them stands in the last one above. Browsers stop at 512.
_DEEPEST = 256
# An element with more has none: looking one up, and adding one, takes time that grows with them.
_MOST_ATTRIBUTES = 64
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


def parse(text: str) -> etree._Element | None:
    """The root element of the page or fragment ``text``; None where there is nothing."""
    target = cast("ParserTarget[Any]", _Target())  # it needs no more of the protocol
    parser = etree.HTMLParser(target=target, encoding="utf-8", no_network=True)
    try:
        root: etree._Element = etree.fromstring(characters(text).encode(), parser)
    except etree.XMLSyntaxError:
        return None
    return root


class _Target:
    """Builds the tree from libxml2's events (lxml's parser target interface)."""

    def __init__(self) -> None:
        self._builder = etree.TreeBuilder()
        self._kept: list[bool] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        keep = len(self._kept) < _DEEPEST and _NAME.fullmatch(tag) is not None
        self._kept.append(keep)
        if keep:
            self._builder.start(tag, _attributes(attributes))

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._kept.pop():
            self._builder.end(tag)

    def data(self, text: str) -> None:
        """Text within an element."""
        self._builder.data(wellformed(text))

    def close(self) -> etree._Element:
        """The root; raises XMLSyntaxError where nothing began."""
        root: etree._Element = self._builder.close()
        return root


def _attributes(found: Mapping[str, str]) -> dict[str, str]:
    if len(found) > _MOST_ATTRIBUTES:
        return {}
    return {name: wellformed(value) for name, value in found.items() if _NAME.fullmatch(name)}
