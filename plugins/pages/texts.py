"""The text in the view of a page: taken out, and another one put in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from markupsafe import Markup

from plugins.post import Heading
from plugins.views import ContentsView, PageView, PostView

V = TypeVar("V", bound=PostView | PageView)


@dataclass(frozen=True, slots=True)
class Told:
    """All that a page shows of its text; ``html`` is finished."""

    html: str
    words: int
    headings: tuple[Heading, ...]


def silent(view: V) -> V:
    """The same page without its text."""
    if isinstance(view, PostView):
        return replace(view, html=Markup(""), words=0, contents=())
    return replace(view, html=Markup(""))


def telling(view: V, told: Told, wanted: bool | None, least: int) -> V:
    """The same page with the text ``told``; for the other two see :func:`contents_of`."""
    html = Markup(told.html)  # noqa: S704 - finished HTML, as the page had
    if isinstance(view, PostView):
        below = contents_of(told.headings, wanted, least)
        return replace(view, html=html, words=told.words, contents=below)
    return replace(view, html=html)


def contents_of(
    headings: Sequence[Heading], wanted: bool | None, least: int
) -> tuple[ContentsView, ...]:
    """The contents list where it is ``wanted``; where nobody said so, from ``least`` headings on."""
    return contents(headings) if (len(headings) >= least if wanted is None else wanted) else ()


def contents(headings: Sequence[Heading]) -> tuple[ContentsView, ...]:
    """Headings nested by level; a level that is skipped does not make an empty one."""
    nested: list[ContentsView] = []
    rest = list(headings)
    while rest:
        head = rest.pop(0)
        below = []
        while rest and rest[0].level > head.level:
            below.append(rest.pop(0))
        nested.append(ContentsView(head.text, head.id, contents(below)))
    return tuple(nested)
