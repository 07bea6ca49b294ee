"""The library's own way: python-markdown with our extensions, and those that a site names.

For sites with extensions of their own, and posts that need the library's reading of a text.
What it garbles is an error with its line, as what is lost is everywhere.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from markdown import Markdown
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.admonition import AdmonitionExtension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.md_in_html import MarkdownInHtmlExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.smarty import SmartyExtension
from markdown.extensions.tables import TableExtension
from markdown.preprocessors import Preprocessor
from markdown.util import AMP_SUBSTITUTE

from plugins.errors import Problem
from plugins.markup.convert.elements import RawTag, faults
from plugins.markup.converted import Converted, Origin
from plugins.markup.diagrams import DiagramError
from plugins.markup.highlighting import Highlighter
from plugins.markup.links import is_local, references
from plugins.markup.passages import COMMENT
from plugins.markup.places import line_of, place_of
from plugins.markup.python.callouts import Callouts
from plugins.markup.python.contents import Contents
from plugins.markup.python.footnotes import Footnotes
from plugins.markup.python.shaping import ShapeProcessor, TaskProcessor
from plugins.markup.settings import MarkupSettings
from plugins.markup.source import Fence, masked, scan
from plugins.markup.tags import NO_IMAGES, attributes, tags
from plugins.markup.words import count_words
from plugins.post import Frozen, Heading, Link

# Of these we have our own, or do their work elsewhere.
_OURS = frozenset(
    (
        *("extra", "abbr", "admonition", "attr_list", "codehilite", "def_list", "fenced_code"),
        *("footnotes", "md_in_html", "meta", "sane_lists", "tables", "toc"),
    )
)
_GARBLED = re.compile("klzzwxh|wzxhzdk|[\x02\x03]")
_TAG = re.compile("<[^<>]*>|[\x02\x03]")
_COMMENT = re.compile(rf"{COMMENT}\n?")
_MORE = re.compile(
    r"<!--\s*+(?:more\b(?:[^<\n-]++|<(?!!--)|-(?!->))*+|truncate|excerpt)\s*+-->", re.IGNORECASE
)


def named_extensions(setting: Mapping[str, Any]) -> tuple[tuple[Any, Frozen], ...]:
    """The extensions in Pelican's setting ``MARKDOWN`` that are not ours already, with their options."""
    configs = setting.get("extension_configs", {})
    names = [*setting.get("extensions", ()), *configs]
    return tuple(
        (name, Frozen(configs.get(name, {})))
        for name in dict.fromkeys(names)
        if not isinstance(name, str) or name.removeprefix("markdown.extensions.") not in _OURS
    )


class PythonMarkdown(Markdown):
    """The library with our extensions; ``converted`` is the last text with all known of it."""

    converted = Converted("")

    def __init__(self, settings: MarkupSettings, highlighter: Highlighter) -> None:
        super().__init__(
            extensions=[*_extensions(settings), *(name for name, _ in settings.extensions)],
            extension_configs={
                name: dict(options)
                for name, options in settings.extensions
                if isinstance(name, str)
            },
            output_format="html",
        )
        self.parser.blockprocessors.register(Callouts(self.parser, settings), "admonition", 105)
        self._fences = _Fences(self, highlighter)
        # After white space is normalised and before raw HTML is looked for.
        self.preprocessors.register(self._fences, "fence", 28)
        self.treeprocessors.register(TaskProcessor(self), "tasks", 25)
        self.treeprocessors.register(ShapeProcessor(self, settings), "shape", 6)

    def convert(self, source: str, origin: Origin = Origin()) -> str:  # noqa: B008 - it is frozen
        """The HTML of ``source``, which is from ``origin``."""
        self.reset()
        fences = scan(source).fences
        self._fences.fences, self._fences.failed = fences, []
        problems = [*_unclosed(fences, origin)]
        written = "" if problems else super().convert(source)
        content = _COMMENT.sub("", written)
        more = _MORE.search(written)
        shape = cast("ShapeProcessor", self.treeprocessors["shape"])
        for fence, error in self._fences.failed:
            line = origin.first_line + fence.first
            problems.append(Problem(origin.path, line, "body", str(error), error.hint, "diagram"))
        problems += (*_garbled(content, source, origin), *_elements(source, origin))
        self.converted = Converted(
            content,
            tuple(_headings(cast("Any", self).toc_tokens if written else ())),
            tuple(_links(content, source, origin.first_line)),
            tuple(_unnamed(content, shape.unnamed, source, origin.first_line)),
            seen=content,
            words=count_words(content),
            intro=_COMMENT.sub("", written[: more.start()]) if more else None,
            problems=tuple(problems),
        )
        return content


def _extensions(settings: MarkupSettings) -> list[Any]:
    return [
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
    ]


class _Fences(Preprocessor):
    """Puts rendered fences into the stash; a placeholder of its own paragraph stays behind."""

    fences: Sequence[Fence] = ()

    def __init__(self, md: Markdown, highlighter: Highlighter) -> None:
        super().__init__(md)
        self._highlighter = highlighter
        self.failed: list[tuple[Fence, DiagramError]] = []

    def run(self, lines: list[str]) -> list[str]:
        """The lines with each fence as one placeholder."""
        done = 0
        out: list[str] = []
        for fence in self.fences:
            out += lines[done : fence.first]
            placeholder = self.md.htmlStash.store(self._made(fence))
            out += _apart(fence.prefix, placeholder, out)
            done = fence.last + 1
        return out + lines[done:]

    def _made(self, fence: Fence) -> str:
        try:
            return self._highlighter.html(fence.code, fence.info)
        except DiagramError as error:
            self.failed.append((fence, error))
            return self._highlighter.code(fence.code, fence.info)


def _apart(prefix: str, placeholder: str, before: list[str]) -> list[str]:
    """A placeholder with blank lines around it, inside the same quote."""
    quotes = prefix[: prefix.rfind(">") + 1]
    begins_item = prefix[len(quotes) :].strip() != ""
    blank = not before or not before[-1].strip(" >")
    gap = [] if blank or begins_item else [quotes]
    return [*gap, f"{prefix}{placeholder}", quotes]


def _unclosed(fences: Iterable[Fence], origin: Origin) -> Iterator[Problem]:
    for fence in fences:
        if not fence.closed:
            message = "a code block opens here and is never closed"
            hint = "close it with a line of its own that repeats the ``` or ~~~"
            line = origin.first_line + fence.first
            yield Problem(origin.path, line, "body", message, hint, "unclosed-code")


def _garbled(content: str, source: str, origin: Origin) -> Iterator[Problem]:
    """Placeholders of the library's own that it forgot to take back."""
    found = _GARBLED.search(content)
    if found is None:
        return
    said = (
        html.unescape(piece).strip() for piece in reversed(_TAG.split(content[: found.start()]))
    )
    places = (source.find(piece) for piece in said if len(piece) > 1)
    place = next((place for place in places if place >= 0), 0)
    message = "python-markdown garbles this text: it would print a placeholder of its own"
    hint = "take 'markdown: python' out, or put spaces around the * and _ here"
    line = origin.first_line + source.count("\n", 0, place)
    yield Problem(origin.path, line, "body", message, hint, "placeholder-printed")


def _elements(source: str, origin: Origin) -> Iterator[Problem]:
    """What is wrong with the HTML in the source, outside code and comments."""
    if "<" not in source:
        return
    prose = masked(source)
    found = (
        RawTag(
            prose[tag.start + 1 + tag.closing :][: len(tag.name)],
            tag.closing,
            prose[tag.end - 2 : tag.end] == "/>",
            origin.first_line + prose.count("\n", 0, tag.start),
        )
        for tag in tags(prose)
    )
    for fault in faults(found):
        yield Problem(origin.path, fault.line, "body", fault.message, fault.hint, fault.rule)


def _headings(tokens: Iterable[dict[str, Any]]) -> Iterator[Heading]:
    for token in tokens:
        yield Heading(token["level"], token["id"], html.unescape(token["name"]))
        yield from _headings(token["children"])


def _links(content: str, source: str, first_line: int) -> Iterator[Link]:
    """The references to this site, each with the line where ``source`` has it."""
    position = 0
    for one in references(content):
        if is_local(one.value):
            found = place_of(source, one.value, position)
            position = max(found, 0) or position
            yield Link(one.value, one.kind, first_line + source.count("\n", 0, max(found, 0)))


def _unnamed(
    content: str, addresses: Iterable[str], source: str, first_line: int
) -> Iterator[Link]:
    """The images without alternative text: of Markdown ``addresses``, of HTML those without alt."""
    for address in addresses:
        shown = address.replace(AMP_SUBSTITUTE, "&")
        yield Link(shown, "image", line_of(shown, source, first_line))
    for tag in tags(content, NO_IMAGES) if "<img" in source else ():
        given = dict(attributes(content, tag)) if tag.name == "img" and not tag.closing else None
        if given and not given.keys() & {"alt", "aria-hidden", "role"} and "src" in given:
            yield Link(given["src"], "image", line_of(given["src"], source, first_line))
