"""Markdown to HTML, by one converter that is made once and used for every post.

What a body looks like depends on its text and on the settings alone, never on what was rendered
before it. The dialect is documented in docs/markdown.md.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from plugins.errors import Problem, SiteError
from plugins.markup import leftovers
from plugins.markup.conservation import check as conservation
from plugins.markup.converter import Converted, Converter, clean
from plugins.markup.flawed import FlawedBodyError
from plugins.markup.highlighting import Highlighter
from plugins.markup.links import is_local, references
from plugins.markup.quick.inline import addresses
from plugins.markup.quick.page import page
from plugins.markup.settings import MarkupSettings
from plugins.markup.source import Fence, Source, scan
from plugins.markup.tags import NO_IMAGES, attributes, tags
from plugins.markup.words import count_words
from plugins.post import Body, Heading, Link

_RAW_IMAGE = re.compile("<img", re.IGNORECASE)
_PART_OF_PATH = re.compile(r"[\w/%.-]").fullmatch
_DEEP = re.compile(r"[ >]*(?:[-*+] +)*")
_MOST_OPEN = 1_000


class Markup:
    """Renders bodies with one converter; not for use by two threads at a time."""

    def __init__(self, settings: MarkupSettings | None = None) -> None:
        self._settings = settings or MarkupSettings()
        self._added = tuple(title for _, title in self._settings.callouts)
        self._render_fence = Highlighter().html
        self._converter = self._new_converter()
        self._speaking: dict[MarkupSettings, Markup] = {self._settings: self}
        self._by_lang: dict[str, Markup] = {}

    def speaking(self, lang: str) -> Markup:
        """The markup of texts in ``lang``: its few words are in that language. Made once."""
        found = self._by_lang.get(lang)
        if found is None:
            settings = self._settings.speaking(lang)
            if settings not in self._speaking:
                self._speaking[settings] = Markup(settings)
            found = self._by_lang[lang] = self._speaking[settings]
        return found

    def render(self, text: str, first_line: int = 1, path: str = "") -> Body:
        """The body of ``text``, Markdown that begins at ``first_line`` of the file ``path``.

        Raises :class:`SiteError`, naming file and line, for code that is never closed and text
        nested too deep to be meant; :class:`FlawedBodyError` for words that are lost, and for
        Markdown that would be printed as it was typed.
        """
        text = clean(text)
        source = scan(text)
        if problems := tuple(_problems(text, source, first_line, path)):
            raise SiteError(problems)
        try:
            made = self._convert(text, source.fences)
        except Exception as error:
            # A fault inside the library must name the writer's file too, and leaves its state.
            self._converter = self._new_converter()
            raise SiteError([_failure(source, first_line, path, error)]) from error
        telling = made.html if made.prose is None else made.prose
        body = Body(
            made.html,
            tuple(_headings(made.headings)),
            tuple(_links(_addresses(made), text, first_line)),
            count_words(telling) + sum(map(count_words, made.code)),
            tuple(_unnamed(telling, made.unnamed, text, first_line)),
            made.prose,
        )
        if problems := tuple(self._unfaithful(body, text, first_line, path)):
            raise FlawedBodyError(problems, body)
        return body

    def _unfaithful(self, body: Body, text: str, first_line: int, path: str) -> Iterator[Problem]:
        """Where ``body`` does not show what ``text`` says."""
        yield from leftovers.find(body.telling, text, first_line, path)
        yield from conservation.find(body.html, text, first_line, path, self._added)

    def _convert(self, text: str, fences: Sequence[Fence]) -> Converted:
        made = page(text, fences, self._render_fence, self._settings)
        return made or self._converter.convert(text, fences)

    def _new_converter(self) -> Converter:
        return Converter(self._settings, self._render_fence)


def line_of(address: str, text: str, first_line: int = 1) -> int:
    """The line of the file where ``text``, which begins at ``first_line``, has ``address``.

    That is ``first_line`` where it is nowhere, as with an address that HTML made of several parts.
    """
    return first_line + text.count("\n", 0, max(_find(text, address, 0), 0))


def _problems(text: str, source: Source, first_line: int, path: str) -> Iterator[Problem]:
    """What must not be rendered: it would come out as something else than was meant."""
    for fence in source.fences:
        if not fence.closed:
            message = "a code block opens here and is never closed"
            hint = "close it with a line of its own that repeats the ``` or ~~~"
            yield Problem(path, first_line + fence.first, "body", message, hint)
    if text.count("[") > _MOST_OPEN:
        yield from _open_brackets(source, first_line, path)


def _open_brackets(source: Source, first_line: int, path: str) -> Iterator[Problem]:
    """A paragraph of brackets that open only: the converter's time grows with their square."""
    start, brackets, addresses = 0, 0, 0
    for number, line in enumerate(source.lines):
        if not line.strip():
            start, brackets, addresses = number + 1, 0, 0
        elif "[" in line:
            brackets += line.count("[") - line.count("]")
            addresses += line.count("](") - line.count(")")
        if max(brackets, addresses) > _MOST_OPEN:
            message = f"more than {_MOST_OPEN} brackets open in this paragraph and none closes"
            yield Problem(path, first_line + start, "body", message, "put it into a code block")
            return


def _failure(source: Source, first_line: int, path: str, error: Exception) -> Problem:
    if isinstance(error, RecursionError):
        deepest = max(range(len(source.lines)), key=lambda n: _depth(source.lines[n]))
        message = "the text is nested too deeply to be shown"
        hint = "take out some of the indentation or quote marks"
        return Problem(path, first_line + deepest, "body", message, hint)
    message = f"the Markdown converter fails on this text ({type(error).__name__}: {error})"
    hint = "halve the text until it works to find the place, and report the fault"
    return Problem(path, first_line, "body", message, hint)


def _depth(line: str) -> int:
    found = _DEEP.match(line)
    return found.end() if found else 0


def _headings(tokens: Iterable[dict[str, Any]]) -> Iterator[Heading]:
    for token in tokens:
        yield Heading(token["level"], token["id"], html.unescape(token["name"]))
        yield from _headings(token["children"])


def _addresses(made: Converted) -> Iterator[tuple[str, bool]]:
    """The address of every reference in order, and whether an image is shown of it."""
    if made.prose is not None:
        return addresses(made.prose)
    return ((one.value, one.kind == "image") for one in references(made.html))


def _links(addresses: Iterable[tuple[str, bool]], text: str, first_line: int) -> Iterator[Link]:
    """Those of ``addresses`` that are of this site, each with the line where ``text`` has it."""
    position = 0
    for address, shown in addresses:
        if not is_local(address):
            continue
        found = _find(text, address, position)
        position = max(found, 0) or position
        line = first_line + text.count("\n", 0, max(found, 0))
        yield Link(address, "image" if shown else "link", line)


def _unnamed(content: str, addresses: Iterable[str], text: str, first_line: int) -> Iterator[Link]:
    """The images without alternative text: of Markdown ``addresses``, of HTML those without alt."""
    for address in addresses:
        # The same image may be there with a text, too.
        found = re.search(r"!\[\s*\]\(\s*<?" + re.escape(address), text)
        line = text.count("\n", 0, found.start()) + first_line if found else None
        yield Link(address, "image", line or line_of(address, text, first_line))
    raw = "<img" in content and _RAW_IMAGE.search(text)
    for tag in tags(content, NO_IMAGES) if raw else ():
        given = dict(attributes(content, tag)) if tag.name == "img" and not tag.closing else None
        if given and not given.keys() & {"alt", "aria-hidden", "role"} and "src" in given:
            yield Link(given["src"], "image", line_of(given["src"], text, first_line))


def _find(text: str, target: str, position: int) -> int:
    """Where ``text`` has ``target`` as a whole, from ``position`` on or anywhere; -1: nowhere."""
    if not target:
        return -1
    for spelling in dict.fromkeys((target, html.escape(target, quote=False))):
        for start in (position, 0):
            found = text.find(spelling, start)
            while found >= 0:
                end = found + len(spelling)
                before, after = text[found - 1 : found], text[end : end + 1]
                if not (_PART_OF_PATH(before) or _PART_OF_PATH(after)):
                    return found
                found = text.find(spelling, found + 1)
    return -1
