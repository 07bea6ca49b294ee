"""The check itself: one text and the HTML that was made of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plugins.errors import Problem
from plugins.markup.conservation import elements, garbage
from plugins.markup.conservation.missing import Place, differences
from plugins.markup.conservation.shown import shown
from plugins.markup.conservation.signs import has_control, stream
from plugins.markup.conservation.written import written


def find(
    html: str,
    text: str,
    first_line: int = 1,
    path: str = "",
    added: Sequence[str] = (),
    *,
    signs: bool = True,
) -> Iterator[Problem]:
    """A problem for each place where the Markdown ``text`` does not arrive in ``html`` as it is.

    That is words and signs that are missing or doubled, what converters leave behind, and HTML
    elements that are unknown or never closed. ``text`` begins at ``first_line`` of the file
    ``path``; ``added`` are words that the converter writes of its own, such as titles of callouts.
    Without ``signs`` only words are compared.
    """
    source = written(text, html, formulas="<math" in html and "<math" not in text)
    yield from elements.find(source.tags, html, text, first_line, path)
    said, seen = stream(source.text), stream(shown(html, text, whole_words=False))
    if said == seen and not has_control(seen) and not garbage.is_stashed(html):
        return
    page = shown(html, text)
    yield from garbage.find(html, page, source.text, text, first_line, path)
    yield from differences(source, page, text, Place(path, first_line), added, signs=signs)
