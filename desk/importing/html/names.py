"""Which elements are blocks, which Markdown cannot say, and how they are written."""

from __future__ import annotations

import re

from bs4 import Tag
from bs4.element import NavigableString, PreformattedString

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "iframe",
        "li",
        "main",
        "nav",
        "noscript",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "video",
        "audio",
        "object",
        "parley-block",
    ]
)
# Markdown stands within these as well.
INLINE = frozenset(
    [
        "sub",
        "sup",
        "kbd",
        "mark",
        "ins",
        "u",
        "small",
        "abbr",
        "cite",
        "q",
        "var",
        "samp",
        "dfn",
        "time",
        "bdo",
        "bdi",
        "ruby",
        "rt",
        "rp",
        "data",
    ]
)
# These are left as they are, with all that is in them.
WHOLE_BLOCKS = frozenset(
    ["video", "audio", "object", "form", "iframe", "table", "map", "fieldset", "noscript"]
)
WHOLE_INLINES = frozenset(
    [
        "svg",
        "math",
        "canvas",
        "picture",
        "button",
        "input",
        "select",
        "textarea",
        "label",
        "progress",
        "meter",
        "embed",
        "script",
        "style",
        "template",
    ]
)
_BLANK = re.compile(r"\n[ \t\r]*+(?=\n)")


def html_of(element: Tag) -> str:
    """An element as HTML without blank lines: one would end it in Markdown."""
    for pre in [element, *element.find_all("pre")]:
        if pre.name != "pre":
            continue
        for text in pre.find_all(string=True):
            if "\n" in text:
                text.replace_with(PreformattedHtml(_escaped(text).replace("\n", "&#10;")))
    return _BLANK.sub("", element.decode(formatter="minimal").replace("\r", "")).strip()


class PreformattedHtml(PreformattedString):
    """Text that is HTML already."""

    PREFIX = ""
    SUFFIX = ""


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def start_of(element: Tag, *names: str) -> str:
    """The start tag with those attributes that mean something wherever they stand."""
    kept = {
        name: value if isinstance(value, str) else " ".join(value)
        for name, value in element.attrs.items()
        if name in {"id", "title", "lang", "dir", "datetime", "value", "cite", *names}
    }
    shown = "".join(
        f' {name}="{_escaped(value).replace(chr(34), "&quot;")}"' for name, value in kept.items()
    )
    return f"<{element.name}{shown}>"


def has_blocks(element: Tag) -> bool:
    """Whether there is a block inside."""
    return element.find(lambda one: one.name in BLOCKS) is not None


def is_blank(node: object) -> bool:
    """Whether a node is text of nothing but spaces."""
    return isinstance(node, NavigableString) and not str(node).strip(" \t\r\n\f")


def address_of_frame(src: str) -> str:
    """The address of the page that a frame of a video plays; empty for other frames."""
    found = re.fullmatch(
        r"(?:https?:)?//(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]{6,20})(?:\?(?:feature=oembed|rel=0)?)?",
        src,
    )
    if found:
        return f"https://www.youtube.com/watch?v={found[1]}"
    found = re.fullmatch(r"(?:https?:)?//player\.vimeo\.com/video/(\d{1,12})", src)
    return f"https://vimeo.com/{found[1]}" if found else ""
