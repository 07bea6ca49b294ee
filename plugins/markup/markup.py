"""Markdown to HTML, by converters that are made once and used for every post.

What a body looks like depends on its text and on the settings alone, never on what was rendered
before it. The dialect is documented in docs/markdown.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from plugins.errors import Problem, SiteError
from plugins.markup import leftovers
from plugins.markup.conservation import check as conservation
from plugins.markup.convert.door import CommonMark
from plugins.markup.converted import Converted, Origin
from plugins.markup.diagrams import Diagrams
from plugins.markup.flawed import FlawedBodyError
from plugins.markup.highlighting import Highlighter
from plugins.markup.partials import Shown, expand
from plugins.markup.python.converter import PythonMarkdown, named_extensions
from plugins.markup.settings import MarkupSettings
from plugins.markup.source import scan
from plugins.post import Body

# What no text may hold: HTML forbids them, and the converters use some for themselves.
_CONTROL = bytes(range(9)) + b"\x0b" + bytes(range(14, 32))
_DEEP = re.compile(r"[ >]*(?:[-*+] +)*")


class Markup:
    """Renders bodies with one converter; not for use by two threads at a time."""

    def __init__(self, settings: MarkupSettings | None = None) -> None:
        self._settings = settings or MarkupSettings()
        words = self._settings
        self._added = (words.diagram, *(title for _, title in words.callouts))
        self._highlighter = Highlighter(Diagrams(words.mermaid, words.diagram))
        self._usual = CommonMark(self._settings, self._highlighter)
        self._python: PythonMarkdown | None = None
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

    def expand(self, text: str, first_line: int = 1, path: str = "") -> Shown:
        """``text`` with the HTML of the site's own shortcodes."""
        return expand(text, self._settings.partials, first_line, path)

    def render(
        self, text: str, first_line: int = 1, path: str = "", *, python: bool = False
    ) -> Body:
        """The body of ``text``, Markdown that begins at ``first_line`` of the file ``path``.

        With ``python``, or where the settings say so, python-markdown itself converts it. Raises
        :class:`FlawedBodyError`, naming file and line, for what would be lost or printed as it was
        typed, and :class:`SiteError` for a text that cannot be converted.
        """
        text = clean(text)
        origin = Origin(path, first_line)
        made = self._convert(text, origin, python=python or self._is_for_python(path))
        body = Body(
            made.html,
            made.headings,
            made.links,
            made.words,
            made.unnamed,
            made.prose,
            made.intro,
        )
        if problems := tuple(self._unfaithful(made, text, origin)):
            raise FlawedBodyError(problems, body)
        return body

    def _unfaithful(self, made: Converted, text: str, origin: Origin) -> Iterator[Problem]:
        """Where what was made does not show what ``text`` says; each line is named once."""
        path, first_line = origin.path, origin.first_line
        named = set()
        for problem in (*made.problems, *leftovers.find(made.seen, text, first_line, path)):
            named.add(problem.line)
            yield problem
        if named and not made.html:
            return  # nothing was converted
        # What marks mean to somebody else's extensions is not known here; words are words.
        signs = not self._settings.extensions
        found = conservation.find(made.html, text, first_line, path, self._added, signs=signs)
        for problem in found:
            if problem.line not in named:
                yield problem

    def _convert(self, text: str, origin: Origin, *, python: bool) -> Converted:
        if not python:
            self._usual.convert(text, origin)
            return self._usual.converted
        if self._python is None:
            self._python = PythonMarkdown(self._settings, self._highlighter)
        library, self._python = self._python, None
        try:
            library.convert(text, origin)
        except Exception as error:
            # A fault inside the library must name the writer's file too, and leaves its state.
            raise SiteError([_failure(text, origin, error)]) from error
        self._python = library
        return library.converted

    def _is_for_python(self, path: str) -> bool:
        if self._settings.extensions:
            return True
        folders = self._settings.python
        return bool(folders) and any(PurePosixPath(path).is_relative_to(one) for one in folders)


def markup_settings(settings: Mapping[str, Any]) -> MarkupSettings:
    """The choices in Pelican's settings: ours, and the extensions that ``MARKDOWN`` names."""
    ours = settings.get("MARKUP") or MarkupSettings()
    return replace(ours, extensions=named_extensions(settings.get("MARKDOWN") or {}))


def clean(text: str) -> str:
    """``text`` with one kind of line end and without control characters."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    data = text.encode()
    kept = data.translate(None, _CONTROL)
    return text if len(kept) == len(data) else kept.decode()


def _failure(text: str, origin: Origin, error: Exception) -> Problem:
    if isinstance(error, RecursionError):
        lines = scan(text).lines
        deepest = max(range(len(lines)), key=lambda n: _depth(lines[n]))
        message = "the text is nested too deeply to be shown"
        hint = "take out some of the indentation or quote marks"
        line = origin.first_line + deepest
        return Problem(origin.path, line, "body", message, hint, "nesting")
    message = f"the Markdown converter fails on this text ({type(error).__name__}: {error})"
    hint = "halve the text until it works to find the place, and report the fault"
    return Problem(origin.path, origin.first_line, "body", message, hint, "converter-failed")


def _depth(line: str) -> int:
    found = _DEEP.match(line)
    return found.end() if found else 0
