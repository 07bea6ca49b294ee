"""What stands before and after a node: it decides which marks are read as marks."""

from __future__ import annotations

from typing import Any

from bs4 import Tag

from desk.importing.html.names import BLOCKS, is_blank


def beside(node: Tag, *, after: bool) -> str:
    """The character before or after an element within its block; ``*`` for an element's edge."""
    other = node.next_sibling if after else node.previous_sibling
    if other is None:
        parent = node.parent
        return "" if parent is None or parent.name in BLOCKS else beside(parent, after=after)
    if isinstance(other, Tag):
        text = other.get_text() if other.name in {"b", "strong", "i", "em", "del", "s"} else " "
        edge = text[:1] if after else text[-1:]
        return " " if edge.isspace() else "*"
    return str(other)[:1] if after else str(other)[-1:]


def opens(node: Any) -> bool:
    """Whether a text begins a line: of its block, or behind a break or another block."""
    while True:
        before = node.previous_sibling
        while before is not None and is_blank(before):
            before = before.previous_sibling
        if before is not None:
            return isinstance(before, Tag) and (before.name == "br" or before.name in BLOCKS)
        node = node.parent
        if node is None or node.name in BLOCKS or node.name == "[document]":
            return True


def ends(node: Any, *, after: bool) -> bool:
    """Whether a text is the last or the first of its line, so that spaces there mean nothing."""
    other = node.next_sibling if after else node.previous_sibling
    if other is None:
        return node.parent is None or node.parent.name in BLOCKS
    return isinstance(other, Tag) and (other.name in BLOCKS or other.name == "br")
