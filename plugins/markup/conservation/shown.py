"""What a reader sees of a piece of HTML, as plain text; the texts of images count as seen."""

from __future__ import annotations

import re
from html import unescape

from plugins.markup.passages import element

# A quotation mark that is never closed hides the rest of the page.
_ATTRIBUTES = r"[^>\"']*+(?:(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))[^>\"']*+)*+"
# A browser hides comments and these elements, to their end or to that of the page.
_HIDDEN = r"(?!(?i:script|style|title|iframe|noembed|noframes|xmp)\b)[a-zA-Z]"
_TAG = re.compile(
    rf"<(?:/?+(?:[a-hj-mo-ru-wyz]|{_HIDDEN}){_ATTRIBUTES}(?:>|\Z)"
    rf"|!--(?:-?>|.*?(?:--!?>|\Z))|[!?][^>]*+(?:>|\Z)"
    rf"|((?i:[stinx]\w++))\b{_ATTRIBUTES}(?:>|\Z).*?(?:</(?i:\1)\s*+>|\Z))",
    re.DOTALL,
)
_CONTENTS = re.compile(element("nav"), re.IGNORECASE)
_MATH = re.compile(element("math"), re.IGNORECASE)
_IMAGE = re.compile(rf"<(?i:img)\b({_ATTRIBUTES})(?:>|\Z)")
_ALT = re.compile(
    r"(?:^|[\s\"'])alt\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>\"']++))", re.IGNORECASE
)
# These divide no word: highlighting puts them anywhere.
_SPAN = re.compile(rf"</?(?:span|wbr)\b{_ATTRIBUTES}(?:>|\Z)")
_ENTITIES = (("&quot;", '"'), ("&#39;", "'"), ("&#x27;", "'"), ("&lt;", "<"), ("&gt;", ">"))


def shown(html: str, source: str, *, whole_words: bool = True) -> str:
    """The text of ``html`` without what a converter adds to its ``source``: contents, formulas.

    ``whole_words`` as in :func:`without_tags`.
    """
    if "<nav" in html and "<nav" not in source:
        html = _CONTENTS.sub(" ", html)
    if "<math" in html and "<math" not in source:
        html = _MATH.sub(" ", html)
    return decoded(without_tags(html, whole_words=whole_words))


def without_tags(html: str, *, whole_words: bool = True) -> str:
    """``html`` without tags; an image leaves its alternative text.

    Without ``whole_words`` there may be a space within a word: quicker, for where spaces do not count.
    """
    if "<img" in html or "<IMG" in html:
        html = _IMAGE.sub(lambda image: image_text(image[1]), html)
    if not whole_words:
        html = html.replace("</span>", "")  # half of the tags in coloured code
    elif "<span" in html or "<wbr" in html:
        html = _SPAN.sub("", html)
    return _TAG.sub(" ", html)


def image_text(attributes: str) -> str:
    """The alternative text of an image with these ``attributes``, as it stands there."""
    alt = _ALT.search(attributes)
    return f" {alt[1] or alt[2] or alt[3] or ''} ".replace("<", "&lt;") if alt else " "


def decoded(text: str) -> str:
    """``text`` with its character references as characters; the usual ones quickly."""
    if "&" not in text:
        return text
    for entity, char in _ENTITIES:
        text = text.replace(entity, char)
    if text.count("&") == text.count("&amp;"):
        return text.replace("&amp;", "&")
    return unescape(text)
