"""Mobiledoc, the editor of Ghost up to version 5: https://github.com/bustle/mobiledoc-kit/blob/master/MOBILEDOC.md."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from desk.importing.ghost.cards import Cards
from desk.importing.ghost.export import loads

_MARKUP, _IMAGE, _LIST, _CARD = 1, 2, 3, 10
_TAGS = frozenset(
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pull-quote", "aside", "ul", "ol", "li"]
)
_MARKS = frozenset(["a", "b", "code", "em", "i", "s", "strong", "sub", "sup", "u", "del", "mark"])


def html_of(source: str, cards: Cards) -> str:
    """The HTML of a document. Raises ValueError for one that is none."""
    try:
        document = loads(source)
        return "".join(_section(one, document, cards) for one in document["sections"])
    except (KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise ValueError("it is no Mobiledoc") from error


def _section(section: Sequence[Any], document: Any, cards: Cards) -> str:
    kind = section[0]
    if kind == _CARD:
        name, values = document["cards"][section[1]][:2]
        return cards.html(str(name), values if isinstance(values, dict) else {})
    if kind == _IMAGE:
        return f'<p><img src="{escape(str(section[1]))}" alt=""></p>\n'
    if kind == _LIST:
        tag = "ol" if section[1] == "ol" else "ul"
        items = "".join(f"<li>{_markers(one, document)}</li>" for one in section[2])
        return f"<{tag}>{items}</{tag}>\n"
    if kind != _MARKUP:
        raise ValueError(f"it has a section of the kind {kind}")
    tag = str(section[1]).lower()
    tag = tag if tag in _TAGS else "p"
    tag = "blockquote" if tag in {"pull-quote", "aside"} else tag
    return f"<{tag}>{_markers(section[2], document)}</{tag}>\n"


def _markers(markers: Sequence[Any], document: Any) -> str:
    made: list[str] = []
    opened: list[str] = []
    for kind, opening, closing, value in markers:
        for number in opening:
            tag, *rest = document["markups"][number]
            name = str(tag).lower()
            opened.append(name if name in _MARKS else "span")
            made.append(_start(opened[-1], rest[0] if rest else []))
        if kind == 0:
            made.append(escape(str(value)))
        else:
            atom, said = document["atoms"][value][:2]
            made.append("<br>" if atom == "soft-return" else escape(str(said)))
        made += [f"</{opened.pop()}>" for _ in range(min(closing, len(opened)))]
    return "".join([*made, *(f"</{opened.pop()}>" for _ in range(len(opened)))])


def _start(name: str, given: Sequence[Any]) -> str:
    values = dict(zip(given[::2], given[1::2], strict=False))
    href = f' href="{escape(str(values["href"]))}"' if name == "a" and "href" in values else ""
    return f"<{name}{href}>"
