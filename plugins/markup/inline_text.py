"""One line of Markdown as a reader sees it: the text of its inline HTML.

This is the one way to read a title, whether front matter or a heading names it, and every other
line that is shown as text: summaries, captions. Code, entities and escapes are read as in a body.
A tag without its end is text; no word of it is lost.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterator

import pyromark

from plugins.markup.passages import COMMENT, until

# Without one of these nothing of it is there.
_SIGNS = "{[<`*_~\\&"
_ATTRIBUTES = re.compile(r"(?<![ \t])[ \t]++\{:?[ ]*+[#.][^{}\n]*+\}[ \t]*+$")
# What a link without an address of its own leaves; inside code it is no link.
_REFERENCE = re.compile(
    rf"(<code>{until('</code>', '<code>', '<')}</code>)"
    r"|!?\[((?=[^\[\]]*?[^\W\d])[^\[\]]++)\]\[[^\[\]^]*+\]"
)
_TAG = re.compile(
    rf"{COMMENT}|<(?P<end>/)?(?P<name>[a-zA-Z][a-zA-Z0-9-]*)"
    r"(?:[\s/](?:[^<>\"']|\"[^\"]*\"|'[^']*')*)?>",
    re.IGNORECASE,
)
_ALT = re.compile(r"\salt=\"([^\"]*)\"")
_EMPTY = frozenset({"br", "wbr", "img", "hr"})
# Elements whose tags a writer does not mean to show. Of others, such as scripts, the text is shown.
_NAMES = (
    "a abbr b bdi bdo big blockquote center cite code del dfn div em font h1 h2 h3 h4 h5 h6 i ins "
    "kbd li mark ol p q s samp section small span strike strong sub sup time tt u ul var"
)
_MARKUP = frozenset(_NAMES.split())
_OPTIONS = pyromark.Options.ENABLE_STRIKETHROUGH
# Keeps the line from being read as a heading, a list or a quote.
_BEFORE = "a "


def plain(markdown: str) -> str:
    """The text of one line of ``markdown``, with every run of white space as one space."""
    if any(sign in markdown for sign in _SIGNS):
        markdown = _text_of(_ATTRIBUTES.sub("", markdown))
    return " ".join(markdown.split())


def _text_of(markdown: str) -> str:
    line = " ".join(markdown.split())
    made = pyromark.html(f"{_BEFORE}{line}", options=_OPTIONS)
    inside = made.strip().removeprefix(f"<p>{_BEFORE}").removesuffix("</p>")
    linked = _REFERENCE.sub(lambda found: found[1] or found[2], inside)
    return html.unescape("".join(_without_tags(linked)))


def _without_tags(made: str) -> Iterator[str]:
    """The pieces of the HTML ``made`` without tags that come in pairs, and images by their text."""
    found = list(_TAG.finditer(made))
    paired = _paired(found)
    done = 0
    for place, tag in enumerate(found):
        yield made[done : tag.start()]
        done = tag.end()
        name = (tag["name"] or "").lower()
        if name in _EMPTY:
            alt = _ALT.search(tag[0])
            yield alt[1] if alt else " " if name == "br" else ""
        elif name and place not in paired:
            yield html.escape(tag[0], quote=False)
    yield made[done:]


def _paired(found: list[re.Match[str]]) -> frozenset[int]:
    """Which of the tags are markup: both of each pair of start and end."""
    paired: set[int] = set()
    opened: dict[str, list[int]] = defaultdict(list)
    for place, tag in enumerate(found):
        name = (tag["name"] or "").lower()
        if name not in _MARKUP:
            continue
        if not tag["end"]:
            opened[name].append(place)
        elif opened[name]:
            paired |= {place, opened[name].pop()}
    return frozenset(paired)
