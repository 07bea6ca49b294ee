"""A page as its HTML: the levels and ids of headings, lists of contents, footnotes and boxes."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markdown.extensions import toc

from plugins.markup.convert.attributes import escaped, opening
from plugins.markup.convert.notes import place_notes, write_notes
from plugins.markup.convert.page import Page, Title
from plugins.markup.convert.tables import boxes
from plugins.markup.headings import heading_id, is_standfirst
from plugins.markup.passages import TAG, element
from plugins.markup.words import count_in_text, count_words
from plugins.post import Heading

# The counters, without which many headings of one name take quadratic time, are not annotated.
_TOC: Any = toc
_TAG = re.compile(TAG)
_HIDDEN = re.compile(element("math|sup"))


@dataclass(frozen=True, slots=True)
class Finished:
    """The HTML of a page: ``prose`` is all but its coloured code.

    ``intro`` is what comes before the mark that ends the summary, None where there is none. ``seen``
    is the text that is no code, without tags but for those of the writer.
    """

    html: str
    prose: str
    headings: tuple[Heading, ...]
    intro: str | None
    seen: str
    words: int


def finish(page: Page) -> Finished:
    """Settle what can be known at the end only, and put the pieces together."""
    heads = [_said(title) for title in page.titles]
    headings = _settle_headings(page, heads)
    boxes(page, heads)
    section = write_notes(page)
    for out, place in page.contents:
        out[place] = _contents(page, headings) + "\n"
    out = page.main
    whole = place_notes("".join(out), section).strip("\n")
    prose = whole
    if page.code:
        for place in page.code:
            out[place] = ""
        prose = place_notes("".join(out), section).strip("\n")
    intro = None if page.more is None else "".join(out[: page.more])
    pieces = (*out, *_noted(page))
    seen = "".join([one if one[:1] != "<" else "\n" if one[-1] == "\n" else " " for one in pieces])
    raw = "\n".join(page.raw)
    words = count_in_text(seen) + count_words(raw) + count_in_text(" ".join(page.codes))
    return Finished(whole, prose, tuple(headings), intro, f"{seen}\n{raw}", words)


def _noted(page: Page) -> Iterator[str]:
    """The pieces of all footnotes."""
    for pieces in page.notes.texts.values():
        yield from pieces


def _said(title: Title) -> str:
    """The plain text of a heading."""
    written = "".join(title.block.out[title.block.place + 1 : title.last])
    if "<" in written:
        written = _TAG.sub("", _HIDDEN.sub("", written) if "<sup" in written else written)
    return " ".join(html.unescape(written).split())


def _settle_headings(page: Page, heads: Sequence[str]) -> list[Heading]:
    """Give every heading its level and id; one that opens the text may be its standfirst."""
    titles = list(zip(page.titles, heads, strict=True))
    if titles and _opens(page, titles[0][0]) and is_standfirst(titles[0][1]):
        block = titles[0][0].block
        block.name = "p"
        block.add({"class": "standfirst"})
        block.out[titles[0][0].last] = "</p>\n"
        del titles[0]
    lowered = any(title.level == 1 for title, _ in titles)
    taken = set(page.ids)
    counters: dict[str, int] = {}
    headings = []
    for title, said in titles:
        level = min(title.level + lowered, 6)
        block = title.block
        own = block.attributes.get("id")
        anchor = own or _TOC.unique(heading_id(said, page.settings), taken, counters)
        block.name = f"h{level}"
        block.add({"id": anchor})
        block.out[title.last] = f"</h{level}>\n"
        if block.out is page.main or not page.notes.texts:
            headings.append(Heading(level, anchor, said))
    return headings


def _opens(page: Page, title: Title) -> bool:
    return title.block.out is page.main and not "".join(page.main[: title.block.place]).strip()


def _contents(page: Page, headings: Sequence[Heading]) -> str:
    """The headings as a list of links, nested by their levels."""
    hidden = {
        title.block.attributes.get("id")
        for title in page.titles
        if {"no_toc", "notoc"} & set(title.block.attributes.get("class", "").split())
    }
    shown = [heading for heading in headings if heading.id not in hidden]
    start = opening("nav", {"class": "toc", "aria-label": page.settings.contents})
    return f"{start}\n{''.join(_nested(shown))}</nav>"


def _nested(headings: Sequence[Heading]) -> Iterator[str]:
    levels: list[int] = []
    for heading in headings:
        while len(levels) > 1 and heading.level <= levels[-2]:
            levels.pop()
            yield "</li>\n</ul>\n"
        if not levels or heading.level > levels[-1]:
            yield "<ul>\n"
            levels.append(heading.level)
        else:
            yield "</li>\n"
            levels[-1] = min(levels[-1], heading.level) if len(levels) == 1 else heading.level
        yield f'<li><a href="#{escaped(heading.id)}">{html.escape(heading.text, quote=False)}</a>'
    yield from ("</li>\n</ul>\n" for _ in levels)
