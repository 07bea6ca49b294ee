"""Values of microformats as mf2py gives them: lists of texts, or of things inside things.

(https://microformats.org/wiki/microformats2-parsing)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from dialogue import urls
from dialogue.boundary import characters, wellformed

Item = Mapping[str, Any]
_LONGEST_LINE = 200


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote it; both may be empty. The URL is http or https."""

    name: str
    url: str


def of_json(value: Any) -> Item | None:
    """The first item in microformats as JSON; None where ``value`` is something else."""
    found = value.get("items") if isinstance(value, dict) and "items" in value else [value]
    first = found[0] if isinstance(found, list) and found else None
    is_item = isinstance(first, dict) and isinstance(first.get("properties"), dict)
    return first if is_item else None


def line(item: Item, name: str) -> str:
    """The first value of a property as one line of text; empty without one."""
    return next((one_line(_text(value)) for value in _values(item, name)), "")


def content(item: Item) -> tuple[str, str]:
    """The content as text and as HTML, which is not cleaned; both are empty without one."""
    for value in _values(item, "content"):
        text = _text(value).strip()
        html = value.get("html") if isinstance(value, dict) else None
        return text, characters(html).strip() if isinstance(html, str) else paragraph(text)
    return "", paragraph(line(item, "summary"))


def author(item: Item) -> Author:
    """The author of an entry: a card, or a name, or a URL."""
    for value in _values(item, "author"):
        if isinstance(value, dict):
            return card(value)
        text = _text(value)
        return Author("", web(text)) if web(text) else Author(one_line(text), "")
    return Author("", "")


def card(item: Item) -> Author:
    """The name and the URL on a card."""
    name = line(item, "name") or one_line(_text(item))
    found = (web(url) for url in addresses(item, "url"))
    return Author("" if web(name) else name, next(filter(None, found), ""))


def addresses(item: Item, name: str) -> Iterator[str]:
    """The URLs in a property, also those of the things in it."""
    for value in _values(item, name):
        yield _text(value)
        if isinstance(value, dict) and isinstance(value.get("properties"), dict):
            yield from map(_text, _values(value, "url"))


def web(text: str) -> str:
    """``text`` if it is a URL of the web; else nothing."""
    try:
        return urls.checked(text)
    except ValueError:
        return ""


def one_line(text: str) -> str:
    """``text`` without line breaks, or characters that cannot be seen or turn others around.

    Of a long one it is the beginning, with an ellipsis.
    """
    words = "".join(filter(str.isprintable, " ".join(text.split()))).strip()
    return words if len(words) <= _LONGEST_LINE else f"{words[: _LONGEST_LINE - 1].rstrip()}…"


def _values(item: Item, name: str) -> list[Any]:
    inner = item.get("properties")
    found = inner.get(name) if isinstance(inner, dict) else None
    return found if isinstance(found, list) else []


def _text(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("value", "")
    return wellformed(value) if isinstance(value, str) else ""


def paragraph(text: str) -> str:
    """``text`` as HTML; nothing of nothing."""
    return f"<p>{escape(text)}</p>" if text else ""
