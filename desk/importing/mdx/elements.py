"""HTML elements as JSX writes them, written as HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from desk.importing.mdx.scanning import Tag

_NAMES = {
    "className": "class", "htmlFor": "for", "tabIndex": "tabindex", "srcSet": "srcset",
    "allowFullScreen": "allowfullscreen", "frameBorder": "frameborder", "colSpan": "colspan",
    "rowSpan": "rowspan", "autoPlay": "autoplay", "playsInline": "playsinline",
    "crossOrigin": "crossorigin", "referrerPolicy": "referrerpolicy", "dateTime": "datetime",
    "strokeWidth": "stroke-width", "strokeLinecap": "stroke-linecap", "fillRule": "fill-rule",
    "strokeLinejoin": "stroke-linejoin", "clipRule": "clip-rule",
}  # fmt: skip
_DIRECTIVES = ("client:", "set:", "is:", "define:", "transition:")
_HOLDERS = frozenset(
    [
        *("div", "section", "aside", "figure", "figcaption", "details", "center", "article"),
        *("small", "blockquote", "header", "footer", "main"),
    ]
)
_MARKS_AFTER = re.compile(
    r"[ \t]*+\n(?=[ ]{0,3}[^\s<]|[ ]{0,3}\n)(?=[^\n]{0,500}[*_`\[]|[^\n]{0,500}\n[^\n<]{0,500}[*_`\[])"
)
_MARKS_BEFORE = re.compile(r"[*_`\])][^\n<>]{0,200}+\n[ \t]*+\Z")
_VOID = frozenset(
    ["area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)


def around(tag: Tag, text: str) -> tuple[str, str]:
    """A line break above and below the tag, where Markdown stands on the lines inside its element.

    MDX reads it there; in Markdown only a blank line says so.
    """
    if tag.name not in _HOLDERS or tag.alone:
        return "", ""
    if tag.closes:
        before = text[max(tag.start - 500, 0) : tag.start]
        return ("\n" if _MARKS_BEFORE.search(before) else ""), ""
    return "", "\n" if _MARKS_AFTER.match(text, tag.end) else ""


def is_html(tag: Tag) -> bool:
    """Whether the tag is the same in HTML."""
    if not tag.name or tag.code or tag.spread or (tag.alone and tag.name not in _VOID):
        return False
    return not any(key in _NAMES or _is_code(key) for key in tag.attributes)


def _is_code(key: str) -> bool:
    """Whether an attribute says what a program should do: ``onClick``, ``client:load``."""
    return key.startswith(_DIRECTIVES) or (key.startswith("on") and key[2:3].isupper())


def element(tag: Tag, value: Callable[[str], str | None]) -> tuple[str, list[tuple[str, str]]]:
    """The tag of an element in HTML, and what of it is lost; a fragment is nothing.

    ``value`` says what code says.
    """
    lost: list[tuple[str, str]] = []
    if not tag.name or (tag.closes and tag.name in _VOID):
        return "", lost
    if tag.closes:
        return f"</{tag.name}>", lost
    made: list[str] = []
    for key, written in tag.attributes.items():
        said = value(written) if key in tag.code else html.unescape(written)
        if _is_code(key) or said is None:
            lost.append((f"the attribute {key}", written))
        elif written == "true":
            made.append(f" {_NAMES.get(key, key)}")
        elif said != "false" or key.startswith(("aria-", "data-")):
            made.append(f' {_NAMES.get(key, key)}="{html.escape(said)}"')
    lost += [("attributes that are code", one) for one in tag.spread]
    closing = f"</{tag.name}>" if tag.alone and tag.name not in _VOID else ""
    return f"<{tag.name}{''.join(made)}>{closing}", lost
