"""Lexical, the editor of Ghost since version 5: a tree of nodes (https://lexical.dev/docs/concepts/nodes)."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from desk.importing.ghost.cards import Cards
from desk.importing.ghost.export import loads

_DEEPEST = 60
# The bits of a text's format, the innermost element first.
_FORMATS = (
    *((16, "code"), (1, "strong"), (2, "em"), (4, "s"), (8, "u")),
    *((32, "sub"), (64, "sup"), (128, "mark")),
)
_BLOCKS = {"paragraph": "p", "quote": "blockquote", "extended-quote": "blockquote"}
_BLOCKS |= {"aside": "blockquote"}


def html_of(source: str, cards: Cards) -> str:
    """The HTML of a document. Raises ValueError for one that is none, or too deep."""
    try:
        return _children(loads(source)["root"], cards, 0)
    except (AttributeError, KeyError, TypeError, RecursionError) as error:
        raise ValueError("it is no Lexical") from error


def _children(node: Mapping[str, Any], cards: Cards, depth: int) -> str:
    if depth > _DEEPEST:
        raise ValueError(f"it is more than {_DEEPEST} levels deep")
    children = node.get("children")
    each = children if isinstance(children, list) else []
    return "".join(_node(one, cards, depth + 1) for one in each if isinstance(one, dict))


def _node(node: Mapping[str, Any], cards: Cards, depth: int) -> str:
    kind = str(node.get("type"))
    if kind in {"text", "extended-text", "code-highlight"}:
        return _text(node)
    if kind in {"linebreak", "tab", "zwnj"}:
        return {"linebreak": "<br>", "tab": " ", "zwnj": ""}[kind]
    if name := _BLOCKS.get(kind):
        return f"<{name}>{_children(node, cards, depth)}</{name}>\n"
    if kind in {"heading", "extended-heading"}:
        tag = str(node.get("tag"))
        tag = tag if tag in {"h1", "h2", "h3", "h4", "h5", "h6"} else "h2"
        return f"<{tag}>{_children(node, cards, depth)}</{tag}>\n"
    if kind in {"link", "autolink", "at-link"}:
        url = escape(str(node.get("url") or ""))
        return f'<a href="{url}">{_children(node, cards, depth)}</a>'
    if kind == "list":
        return _list(node, cards, depth)
    if kind == "listitem":
        return _item(node, cards, depth)
    if isinstance(node.get("children"), list) and kind not in {"toggle", "callout"}:
        return _children(node, cards, depth)
    return cards.html(kind, node)


def _text(node: Mapping[str, Any]) -> str:
    said = escape(str(node.get("text") or ""))
    given = node.get("format")
    bits = given if isinstance(given, int) else 0
    for bit, name in _FORMATS:
        if bits & bit and said:
            said = f"<{name}>{said}</{name}>"
    return said


def _list(node: Mapping[str, Any], cards: Cards, depth: int) -> str:
    """A list; one within it is the only child of an item of its own, and goes with the item before."""
    items: list[str] = []
    children = node.get("children")
    for one in children if isinstance(children, list) else []:
        inner = _node(one, cards, depth + 1) if isinstance(one, dict) else ""
        if items and inner.startswith(("<ul>", "<ol ")):
            items[-1] += inner
        else:
            items.append(inner)
    rows = "".join(f"<li>{one}</li>" for one in items)
    if node.get("listType") != "number":
        return f"<ul>{rows}</ul>\n"
    start = node.get("start")
    return f'<ol start="{start if isinstance(start, int) else 1}">{rows}</ol>\n'


def _item(node: Mapping[str, Any], cards: Cards, depth: int) -> str:
    inner = _children(node, cards, depth)
    if isinstance(checked := node.get("checked"), bool):
        return f"<parley-raw>[{'x' if checked else ' '}]</parley-raw> {inner}"
    return inner
