"""The Markdown that visitors may write, to HTML that may stand on our page.

Paragraphs, emphasis, code, quotations, lists and links. No raw HTML, images or headings: what
looks like one stays the text it is. The result is cleaned once more by a list of what may be in it,
so that a mistake of the converter is none of ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from dialogue.replies.bounds import DEEPEST

_OFF = ["html_block", "html_inline", "image", "heading", "lheading", "reference", "entity"]
_TAGS = {
    *("p", "br", "em", "strong", "s", "code", "pre", "hr"),
    *("blockquote", "ul", "ol", "li", "a"),
}
# Each opening bracket has the converter look for its partner through all the rest of the text.
_BRACKETS = 400


@dataclass(frozen=True, slots=True)
class Rendered:
    """Text as it stands on a page: ``html`` is sanitised.

    It is ``tangled`` where quotations and lists lie too deep in one another, or brackets are too
    many; then there is no HTML.
    """

    html: str
    tangled: bool


def html(text: str) -> str:
    """The sanitised HTML of ``text``; links are not vouched for, and open in no window of ours."""
    return _rendered(text).html


def is_tangled(text: str) -> bool:
    """Whether quotations and lists lie too deep in one another, or brackets are too many."""
    return _rendered(text).tangled


@lru_cache(maxsize=256)
def _rendered(text: str) -> Rendered:
    """What is made of ``text``, kept for a while: a reply is previewed, and then confirmed."""
    if text.count("[") > _BRACKETS:
        return Rendered("", tangled=True)
    converter = _converter()
    tokens = converter.parse(text)
    if max(map(_level, tokens), default=0) > DEEPEST:
        return Rendered("", tangled=True)
    return Rendered(_clean(converter.renderer.render(tokens, converter.options, {})), tangled=False)


def _level(token: Token) -> int:
    """How deep the text of ``token`` lies: in blocks, and in emphasis and links within them."""
    return token.level + max((child.level for child in token.children or ()), default=0)


def _clean(made: str) -> str:
    cleaned = nh3.clean(
        made,
        tags=_TAGS,
        attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow ugc noopener",
    )
    return cleaned.strip()


@lru_cache(maxsize=1)
def _converter() -> MarkdownIt:
    """The converter; it holds its rules and nothing of any text, so threads may share it."""
    options = {"html": False, "breaks": True, "maxNesting": 100}
    return MarkdownIt("commonmark", options).enable("strikethrough").disable(_OFF)
