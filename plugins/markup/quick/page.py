"""A whole text to HTML, where all of it is written in the usual way.

The result is, byte for byte, what the converter makes of the text: tests compare the two. Where
anything in a text is not understood for certain, the converter reads the whole of it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from markdown.extensions import toc

from plugins.markup.contents import heading_id
from plugins.markup.converter import Converted
from plugins.markup.highlighting import PLAIN_CODE
from plugins.markup.links import quoted
from plugins.markup.quick.blocks import Piece, pieces
from plugins.markup.quick.inline import IntricateError
from plugins.markup.settings import MarkupSettings
from plugins.markup.source import Fence

# The counters, without which many headings of one name take quadratic time, are not annotated.
_TOC: Any = toc
_BLANK = re.compile(r"\n(?: *\n)+")


def page(
    text: str,
    fences: Sequence[Fence],
    render_fence: Callable[[str, str], str],
    settings: MarkupSettings,
) -> Converted | None:
    """``text``, whose code blocks are ``fences``, as HTML; None: the converter must read it."""
    if settings.smart_quotes:
        return None
    try:
        parts = list(_parts(text, fences))
    except IntricateError:
        return None
    lowest = min(
        (part.level for part in parts if isinstance(part, Piece) and part.level), default=2
    )
    writing = _Writing(settings, lowered=lowest == 1)
    written: list[str] = []
    prose: list[str] = []
    code: list[str] = []
    for part in parts:
        if isinstance(part, Fence):
            made = render_fence(part.code, part.info)
            # The caption of a figure is a writer's text.
            (code if made.startswith(PLAIN_CODE) else prose).append(made)
        else:
            made = writing.html(part)
            prose.append(made)
        written.append(made)
    return Converted("\n".join(written), writing.headings, prose="\n".join(prose), code=tuple(code))


def _parts(text: str, fences: Sequence[Fence]) -> Iterator[Piece | Fence]:
    """The elements and code blocks of ``text`` in order."""
    lines = text.split("\n")
    done = 0
    for fence in fences:
        if fence.prefix:
            raise IntricateError
        yield from _pieces(lines[done : fence.first])
        yield fence
        done = fence.last + 1
    yield from _pieces(lines[done:])


def _pieces(lines: Sequence[str]) -> Iterator[Piece]:
    in_list = False
    for block in _BLANK.split("\n".join(lines).strip("\n")):
        if not block:
            continue
        for number, piece in enumerate(pieces(block)):
            # The second list would go on with the first, with paragraphs in both.
            if in_list and piece.kind == "list" and number == 0:
                raise IntricateError
            in_list = piece.kind == "list"
            yield piece


@dataclass(slots=True)
class _Writing:
    """What is known of the page so far: its headings, their ids, and how many tables it has."""

    settings: MarkupSettings
    lowered: bool
    headings: list[dict[str, Any]] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    counters: dict[str, int] = field(default_factory=dict)
    tables: int = 0
    above: str = ""

    def html(self, piece: Piece) -> str:
        """The HTML of the next element."""
        if piece.kind == "heading":
            return self._heading(piece)
        if piece.kind == "table":
            return self._table(piece)
        return piece.html

    def _heading(self, piece: Piece) -> str:
        """One level down where the body has a level one, which is the page's own."""
        level = min(piece.level + self.lowered, 6)
        plain = "<" not in piece.html
        name = " ".join(piece.html.split()) if plain else _TOC.strip_tags(piece.html)
        self.above = html.unescape(name)
        anchor = _TOC.unique(heading_id(self.above, self.settings), self.ids, self.counters)
        self.headings.append({"level": level, "id": anchor, "name": name, "children": []})
        return f'<h{level} id="{anchor}">{piece.html}</h{level}>'

    def _table(self, piece: Piece) -> str:
        self.tables += 1
        label = f"{self.settings.table} {self.tables}" + (f": {self.above}" if self.above else "")
        return (
            f'<div aria-label={quoted(label)} class="table-scroll"'
            f' role="region" tabindex="0">{piece.html}</div>'
        )
