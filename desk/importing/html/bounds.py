"""What HTML may be for us to work on it: so long, so deep, of so many elements."""

from __future__ import annotations

import re

from bs4 import Tag

LARGEST = 2_000_000
DEEPEST = 80
MOST = 20_000  # the library replaces one among n in n steps
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*+)")
# Those without an end tag, and those whose end tag is often left out and that close one another.
_FLAT = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "td",
        "th",
        "tr",
        "dt",
        "dd",
        "option",
        "thead",
        "tbody",
        "tfoot",
    ]
)


def fault(html: str) -> str:
    """Why ``html`` is left as it is; empty where it can be worked on. Takes linear time."""
    if len(html) > LARGEST:
        return f"longer than {LARGEST:,} characters"
    depth = 0
    elements = html.count("<!--")
    for found in _TAG.finditer(html):
        elements += not found["end"]
        if found["name"].lower() not in _FLAT:
            depth = max(0, depth - 1) if found["end"] else depth + 1
            if depth > DEEPEST:
                return f"more than {DEEPEST} levels deep"
    return f"more than {MOST:,} elements" if elements > MOST else ""


def is_deep(tree: Tag) -> bool:
    """Whether what the parser made of it is deeper than a recursive converter may go."""
    level, depth = [tree], 0
    while level:
        level = [child for one in level for child in one.children if isinstance(child, Tag)]
        depth += 1
        if depth > 2 * DEEPEST:
            return True
    return False
