"""HTML as it means the same: without the shape that our pages give it, and CommonMark's does not.

Our bodies put code into a box that scrolls and colour it, give headings ids and the level below
the page's own, label the boxes of tasks, and align columns by classes. Addresses are compared as
they are, not percent-encoded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from justhtml import JustHTML

from plugins.markup.convert.attributes import escaped

_WORD = re.compile(r"[^\W_]+")
_BOXES = {"highlight", "table-scroll"}
_BLOCKS = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "blockquote",
        "pre",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "hr",
        "div",
        "section",
    ]
)
_OURS = {"tabindex", "scope", "role", "aria-label"}


def normal(html: str) -> str:
    """``html`` parsed and written again."""
    body = _body(html)
    lowered = any(element.name == "h1" for element in _all(body))
    written = "".join(_written(body, lowered=lowered, in_pre=False))
    blocks = "|".join(_BLOCKS)
    tight = re.sub(rf"\s*(</?(?:{blocks})\b[^<>]*>)\s*", r"\1", written)
    return re.sub(r"\s+(</\w+>|$)|^\s+", r"\1", tight)


def words_of(html: str) -> list[str]:
    """The words that a reader sees, sorted: text, and the texts and titles of images."""
    body = _body(html)
    images = [one.attrs or {} for one in _all(body) if one.name == "img"]
    said = [_text(body), *(one.get(name) or "" for one in images for name in ("alt", "title"))]
    return sorted(_WORD.findall(" ".join(said)))


def _body(html: str) -> Any:
    text = f"<!DOCTYPE html><title>x</title><body>{html.strip()}"
    root = JustHTML(text, sanitize=False).root
    return next(element for element in _all(root) if element.name == "body")


def _all(element: Any) -> Iterator[Any]:
    yield element
    for child in element.children or ():
        yield from _all(child)


def _text(element: Any) -> str:
    if element.name == "#text":
        return str(element.data)
    return " ".join(map(_text, element.children or ()))


def _written(element: Any, *, lowered: bool, in_pre: bool) -> Iterator[str]:
    for child in element.children or ():
        name = child.name
        if name == "#text":
            said = child.data if in_pre else re.sub(r"\s+", " ", child.data)
            yield escaped(said).replace("\n", "&#10;") if in_pre else escaped(said)
            continue
        if name == "#comment":
            yield f"<!--{child.data}-->"
            continue
        given = child.attrs or {}
        if name == "figure" and (shown := _image_with_title(child)):
            yield from _written(shown, lowered=lowered, in_pre=False)
            continue
        inner = _written(child, lowered=lowered, in_pre=in_pre or name == "pre")
        if (
            _BOXES & set((given.get("class") or "").split())
            or name == "label"
            or (in_pre and name == "span")
        ):
            yield from inner
            continue
        if lowered and re.fullmatch("h[1-5]", name):
            name = f"h{int(name[1]) + 1}"
        yield f"<{name}{''.join(sorted(_attributes(name, given)))}>"
        yield from inner
        yield f"</{name}>"


def _image_with_title(figure: Any) -> Any:
    """An image alone in its paragraph, whose title our bodies show as a caption."""
    caption = next((one for one in _all(figure) if one.name == "figcaption"), None)
    shown = next((one for one in _all(figure) if one.name == "img"), None)
    if caption is None or shown is None:
        return None
    given = "".join(_attributes("img", {**shown.attrs, "title": _text(caption)}))
    return _body(f"<p><img{given}></p>")


def _attributes(name: str, given: dict[str, str | None]) -> Iterator[str]:
    for key, value in given.items():
        said = value or ""
        if key in _OURS or (key == "id" and re.fullmatch("h[1-6]", name)):
            continue
        if key == "class":
            said = " ".join(one for one in said.split() if not one.startswith("task-list"))
            if said.startswith("align-"):
                yield f' align="{said[6:]}"'
                continue
            if not said:
                continue
        said = unquote(said) if key in ("href", "src") else said
        yield f' {key}="{escaped(said)}"'
