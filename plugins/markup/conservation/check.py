"""The check itself: one text and the HTML that was made of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plugins.errors import Problem
from plugins.markup.conservation import elements, garbage
from plugins.markup.conservation.missing import doubled, missing
from plugins.markup.conservation.shown import shown
from plugins.markup.conservation.signs import stream
from plugins.markup.conservation.written import written


def find(
    html: str, text: str, first_line: int = 1, path: str = "", added: Sequence[str] = ()
) -> Iterator[Problem]:
    """A problem for each place where the Markdown ``text`` does not arrive in ``html`` as it is.

    That is words and signs that are missing or doubled, what converters leave behind, and HTML
    elements that are unknown or never closed. ``text`` begins at ``first_line`` of the file
    ``path``; ``added`` are words that the converter writes of its own, such as titles of callouts.
    """
    page = shown(html, text)
    source = written(text, formulas="<math" in html and "<math" not in text)
    yield from garbage.find(html, page, source.text, text, first_line, path)
    yield from elements.find(source.tags, html, text, first_line, path)
    if stream(source.text) == stream(page):
        return
    yield from missing(source.text, page, text, first_line, path)
    yield from doubled(source.text, page, source.free, added, first_line, path)
