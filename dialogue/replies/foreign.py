"""HTML that another system or site made, cleaned in time that grows with its length alone.

The sanitizer's parser takes the square of the depth, of the attributes of an element, and of what is
left open. So the HTML is read into a bounded tree first, and the sanitizer gets what is balanced.
"""

from __future__ import annotations

from collections.abc import Collection

import nh3
from lxml import etree

from dialogue import html_tree
from dialogue.errors import OutOfBoundsError
from dialogue.replies import bounds
from thread.safe import LINK_REL, SCHEMES, TAGS

# More are in no text that people wrote by hand.
_MOST_ELEMENTS = 5_000
_LONGEST = 8 * bounds.TEXT
_KEPT = frozenset({"href", "start"})
# As browsers send them. libxml2's serializer takes the square of the number of some of these.
_ESCAPED = str.maketrans({"<": "%3C", ">": "%3E", "{": "%7B", "}": "%7D"})


def cleaned(html: str, tags: Collection[str] = TAGS) -> str:
    """``html`` with only what a reply may be made of; raises OutOfBoundsError for too much of it.

    No images: they would tell another site who reads ours.
    """
    if len(html) > _LONGEST:
        raise OutOfBoundsError("text", f"is longer than {_LONGEST:,} characters")
    found = nh3.clean(
        _balanced(html),
        tags=set(tags),
        attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
        url_schemes=set(SCHEMES),
        link_rel=LINK_REL,
    ).strip()
    bounds.check_depth(found)
    return found


def _balanced(html: str) -> str:
    """The same HTML with every element closed, and of attributes only those that may be kept."""
    root = html_tree.parse(html)
    if root is None:
        return ""
    for number, element in enumerate(root.iter()):
        if number > _MOST_ELEMENTS:
            raise OutOfBoundsError("text", f"has more than {_MOST_ELEMENTS:,} elements")
        kept = [(name, value) for name, value in element.items() if name in _KEPT]
        element.attrib.clear()
        element.attrib.update((name, value.translate(_ESCAPED)) for name, value in kept)
    return etree.tostring(root, encoding="unicode", method="html")
