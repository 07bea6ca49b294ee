"""CommonMark behind the interface of python-markdown: ``convert`` is all that differs."""

from __future__ import annotations

from collections.abc import Iterator

from markdown import Markdown

from plugins.errors import Problem
from plugins.markup.convert.elements import faults
from plugins.markup.convert.finish import Finished, finish
from plugins.markup.convert.page import Page
from plugins.markup.convert.parsing import parse
from plugins.markup.convert.render import write
from plugins.markup.convert.translate import translate
from plugins.markup.converted import Converted, Origin
from plugins.markup.highlighting import Highlighter
from plugins.markup.settings import MarkupSettings
from plugins.post import Link


class CommonMark(Markdown):
    """A ``markdown.Markdown`` whose texts are read by pulldown-cmark, and written by us.

    ``converted`` is the last text with all that is known of it.
    """

    converted = Converted("")

    def __init__(
        self, settings: MarkupSettings | None = None, highlighter: Highlighter | None = None
    ) -> None:
        super().__init__(output_format="html")
        self._settings = settings or MarkupSettings()
        self._highlighter = highlighter or Highlighter()

    def convert(self, source: str, origin: Origin = Origin()) -> str:  # noqa: B008 - it is frozen
        """The HTML of ``source``, which is from ``origin``."""
        settings = self._settings
        given = translate(source, settings, origin.first_line, origin.path)
        parsed = parse(given, smart=settings.smart_quotes, dollars=settings.dollars)
        page = write(parsed, given.text, settings, self._highlighter)
        done = finish(page)
        self.converted = _converted(page, done)
        return done.html


def _converted(page: Page, done: Finished) -> Converted:
    return Converted(
        done.html,
        done.headings,
        tuple(page.links),
        (*_unnamed(page), *page.unnamed),
        done.prose,
        done.seen,
        done.words,
        done.intro,
        (*page.problems, *_element_problems(page)),
    )


def _unnamed(page: Page) -> Iterator[Link]:
    """The images of Markdown without a text, unless the writer says that this is meant."""
    for written, link in page.bare_images:
        given = written.attributes
        hidden = given.get("aria-hidden") == "true" or given.get("role") in ("presentation", "none")
        if not hidden and not given.get("alt", "").strip():
            yield link


def _element_problems(page: Page) -> Iterator[Problem]:
    for fault in faults(page.tags):
        where = (page.parsed.path, fault.line, "body")
        yield Problem(*where, fault.message, fault.hint, fault.rule)
