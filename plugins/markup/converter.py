"""The python-markdown converter of this house: which extensions, in which order, made once."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockQuoteProcessor, HashHeaderProcessor
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.admonition import AdmonitionExtension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.md_in_html import MarkdownInHtmlExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.smarty import SmartyExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AMP_SUBSTITUTE, ETX, STX, AtomicString

from plugins.markup.callouts import Callouts
from plugins.markup.contents import Contents
from plugins.markup.footnotes import Footnotes
from plugins.markup.quick.mixed import QuickPreprocessor
from plugins.markup.settings import MarkupSettings
from plugins.markup.shaping import ShapeProcessor, TaskProcessor
from plugins.markup.source import Fence
from plugins.markup.writers_markdown import FencePreprocessor, ListPreprocessor

# The strings without which an inline pattern cannot match: where the text has none of them, the
# pattern is not tried. A pattern that is not named here always is.
_TRIGGERS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("reference", "link", "short_reference"), ("[",)),
    **dict.fromkeys(("image_link", "image_reference", "short_image_ref"), ("![",)),
    **dict.fromkeys(("autolink", "automail", "html"), ("<",)),
    **dict.fromkeys(("em_strong", "delimiter"), ("*", "_", "~")),
    "backtick": ("`",),
    "escape": ("\\",),
    "footnote": ("[^",),
    "linebreak": (" \n", "\t\n"),
    "entity": ("&",),
    "bare_link": ("://",),
}
_RESERVED = (STX, ETX, "\0")


@dataclass(frozen=True, slots=True)
class Converted:
    """HTML, its nested heading tokens, and the addresses of Markdown images without alt text.

    Where it is known which parts of the HTML are code, ``code`` are those, and ``prose`` the rest.
    """

    html: str
    headings: list[dict[str, Any]]
    unnamed: tuple[str, ...] = ()
    prose: str | None = None
    code: tuple[str, ...] = ()


class Converter:
    """Converts one text after the other; nothing of a text is left behind for the next.

    Without ``quick`` the library reads every paragraph: many times slower, and the same.
    """

    def __init__(
        self,
        settings: MarkupSettings,
        render_fence: Callable[[str, str], str],
        *,
        quick: bool = True,
    ) -> None:
        self._markdown = _assembled(settings)
        self._fences = FencePreprocessor(self._markdown, render_fence)
        # After white space is normalised and before raw HTML is looked for.
        self._markdown.preprocessors.register(self._fences, "fence", 28)
        if quick and not settings.smart_quotes:
            self._markdown.preprocessors.register(QuickPreprocessor(self._markdown), "quick", 27)
        self._markdown.preprocessors.register(ListPreprocessor(self._markdown), "lists", 15)
        patterns = self._markdown.inlinePatterns
        named = {id(patterns[name]): signs for name, signs in _TRIGGERS.items() if name in patterns}
        self._patterns = [(named.get(id(pattern), ("",)), pattern) for pattern in patterns]

    def convert(self, text: str, fences: Sequence[Fence]) -> Converted:
        """``text``, whose code blocks are ``fences``, as HTML."""
        markdown = self._markdown.reset()
        self._fences.fences = fences
        # The tree processor only indexes its patterns and counts them: a list does as well.
        inline = cast("Any", markdown.treeprocessors["inline"])
        inline.inlinePatterns = [
            pattern for signs, pattern in self._patterns if any(sign in text for sign in signs)
        ]
        html = markdown.convert(text)
        shape = cast("ShapeProcessor", markdown.treeprocessors["shape"])
        unnamed = tuple(address.replace(AMP_SUBSTITUTE, "&") for address in shape.unnamed)
        return Converted(html, cast("Any", markdown).toc_tokens, unnamed)


def clean(text: str) -> str:
    """``text`` with one kind of line end and without the characters the converter reserves."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for char in _RESERVED:
        text = text.replace(char, "")
    return text


def _assembled(settings: MarkupSettings) -> Markdown:
    markdown = Markdown(
        extensions=[
            AbbrExtension(),
            AdmonitionExtension(),
            AttrListExtension(),
            DefListExtension(),
            MarkdownInHtmlExtension(),
            SaneListExtension(),
            TableExtension(use_align_attribute=True),
            Footnotes(),
            Contents(settings),
            *([SmartyExtension()] if settings.smart_quotes else []),
        ],
        output_format="html",
    )
    markdown.ESCAPED_CHARS.append("~")
    if markdown.delimiters is not None:
        markdown.delimiters.add("~", "del", double=True)
    blocks = markdown.parser.blockprocessors
    blocks.register(_SpacedHeading(markdown.parser), "hashheader", 70)
    blocks.register(_OwnQuote(markdown.parser), "quote", 20)
    blocks.register(Callouts(markdown.parser, settings), "admonition", 105)
    if settings.bare_links:
        markdown.inlinePatterns.register(_BareLink(_BareLink.FORM, markdown), "bare_link", 85)
    markdown.treeprocessors.register(TaskProcessor(markdown), "tasks", 25)
    markdown.treeprocessors.register(ShapeProcessor(markdown, settings), "shape", 6)
    return markdown


class _SpacedHeading(HashHeaderProcessor):
    """Headings as in CommonMark, with a space after the marks: ``#marketing`` is no heading."""

    RE = re.compile(r"(?:^|\n)(?P<level>#{1,6})(?=[ ])(?P<header>(?:\\.|[^\\])*?)#*(?:\n|$)")


class _OwnQuote(BlockQuoteProcessor):
    """Quotes with a blank line between them as two, which may be of two people."""

    def lastChild(self, parent: Element) -> Element | None:  # noqa: N802 - the library's name
        """The last child that a quote may continue: a quote is none."""
        last = super().lastChild(parent)
        return None if last is not None and last.tag == "blockquote" else last


class _BareLink(InlineProcessor):
    """Addresses in running text as links, ending where GitHub's Markdown ends them."""

    FORM = rf"(?<![\w/@.:-])https?://[^\s<>\"`{STX}{ETX}]+"
    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the library's name and shape
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[Element | None, int | None, int | None]:
        """The link, and where its text begins and ends."""
        address = _without_punctuation(m[0])
        if not re.match(r"https?://[\w\[]", address):
            return None, None, None
        link = Element("a", {"href": address})
        link.text = AtomicString(address)
        return link, m.start(), m.start() + len(address)


def _without_punctuation(address: str) -> str:
    """``address`` without the marks at its end that belong to the sentence around it."""
    while address:
        last = address[-1]
        open_bracket = last == ")" and address.count(")") > address.count("(")
        if last not in "?!.,:;*_~'|]}" and not open_bracket:
            break
        address = address[:-1]
    return address
