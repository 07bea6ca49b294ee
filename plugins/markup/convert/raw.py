"""HTML that the writer put into a text: kept as it is, except for what no reader should get.

Comments are notes among writers; ``<!--more-->`` ends the summary. Components of MDX and names
that are no elements would vanish in a browser, with what they say; elements that nobody closes
take over the rest of the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from plugins.markup.convert.elements import RawTag
from plugins.markup.convert.names import KNOWN, VOID
from plugins.markup.convert.page import Page
from plugins.markup.links import is_local, references
from plugins.markup.tags import attributes, tags
from plugins.post import Link

_COMMENT = re.compile(r"<!--(?:>|->|(?P<said>.*?)(?:--!?>|\Z))\n?", re.DOTALL)
_MORE = re.compile(
    r"\s*(?:more\b.*|truncate|excerpt|teaser[_ ]end|pelican_end_summary|end[_ ]excerpt)\s*",
    re.I | re.DOTALL,
)
_MARKDOWN = re.compile(
    r"(<(?:[^<>\s]++|\s++(?!markdown\s*+=))*+)\s++markdown\s*+=\s*+"
    r"(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"']++)",
    re.IGNORECASE,
)
_CLOSES_ITSELF = re.compile(
    r"<(?P<name>[a-zA-Z][a-zA-Z0-9-]*+)"
    r"(?P<attributes>(?:[^<>\"'/]++|/(?!>)|\"[^\"]*+\"|'[^']*+')*+)/>"
)
_SIMPLE = re.compile("<(/?)([a-zA-Z][a-zA-Z0-9]*)>")
_ID = re.compile(r"""(?i:id)=(?<=\s...)(?:"([^"]+)"|'([^']+)'|([^\s>"']+))""")
_ADDRESS = re.compile(r"href|src|poster|data", re.IGNORECASE)
_AS_TEXT = ("<script", "<style", "<pre", "<textarea")


def block(page: Page, _: Any, span: Any) -> None:
    """A block of HTML, from its start to its end."""
    pieces = []
    for event, _ in page.rest:
        if type(event) is not dict or ("Html" not in event and "Text" not in event):
            break
        pieces.append(str(event.get("Html") or event.get("Text")))
    page.end_label()
    page.fresh_line()
    written = "".join(pieces)
    _raw(page, written, span["start"])
    page.block = None


def inline(page: Page, written: str, span: Any) -> None:
    """A tag or a comment within a line."""
    if simple := _SIMPLE.fullmatch(written):
        page.out.append(written)
        page.tags.append(RawTag(simple[2], bool(simple[1]), False, page.line(span["start"])))
        return
    _raw(page, written, span["start"])


def _raw(page: Page, written: str, start: int) -> None:
    shown = written
    if "<!--" in written and not written.lstrip()[:9].lower().startswith(_AS_TEXT):
        shown = _without_comments(page, written, start)
    if not shown.strip():
        return
    if "markdown" in shown:
        shown = _MARKDOWN.sub(r"\1", shown)
    if "/>" in shown:
        shown = _CLOSES_ITSELF.sub(_with_end, shown)
    # The piece begins with its tag, or it would be taken for text.
    tag = shown.lstrip(" ")
    if len(tag) < len(shown):
        page.out.append(shown[: -len(tag)])
    page.out.append(tag)
    page.raw.append(tag)
    _read(page, shown, written, start)


def _with_end(found: re.Match[str]) -> str:
    """``<a name="x"/>`` as it is meant: browsers would take the slash for nothing."""
    name = found["name"]
    usual = name.islower() or name.isupper()
    if not usual or (name.lower() not in KNOWN - VOID and "-" not in name):
        return found[0]
    return f"<{name}{found['attributes'].rstrip()}></{name}>"


def _without_comments(page: Page, written: str, start: int) -> str:
    def comment(found: re.Match[str]) -> str:
        said = found["said"]
        if said is not None and not found[0].rstrip("\n").endswith(">"):
            message = "a comment opens here and is never closed"
            line = _line(page, written, found.start(), start)
            page.problem_at(line, message, "close it with -->", "unclosed-element")
        if said and page.more is None and page.out is page.main and _MORE.fullmatch(said):
            page.more = len(page.out)
        return ""

    return _COMMENT.sub(comment, written)


def _read(page: Page, shown: str, written: str, start: int) -> None:
    """Note the tags in HTML, with their lines, and what they refer to."""
    line_of = _lines(page, shown, written, start)
    for tag in tags(shown):
        begin = tag.start + 1 + tag.closing
        name = shown[begin : begin + len(tag.name)]
        line = line_of(tag.start)
        itself = shown[tag.end - 2 : tag.end] == "/>"
        page.tags.append(RawTag(name, tag.closing, itself, line))
        if tag.name == "img" and not tag.closing:
            given = dict(attributes(shown, tag))
            if not given.keys() & {"alt", "aria-hidden", "role"} and "src" in given:
                page.unnamed.append(Link(given["src"], "image", line))
    page.ids.update(next(filter(None, found)) for found in _ID.findall(shown))
    if _ADDRESS.search(shown):
        line_of, place = _lines(page, shown, written, start), 0
        for found in references(shown):
            if is_local(found.value):
                place = max(shown.find(found.value, place), place)
                page.links.append(Link(found.value, found.kind, line_of(place)))


def _lines(page: Page, shown: str, written: str, start: int) -> Callable[[int], int]:
    """What gives the lines of positions in what is shown of ``written``, asked in their order."""
    done = below = 0

    def line_of(position: int) -> int:
        nonlocal done, below
        if shown is not written:
            position = written.find(shown[position : position + 40], done)
        if position > done:
            below += written.count("\n", done, position)
            done = position
        return page.line(start, below)

    return line_of


def _line(page: Page, written: str, position: int, start: int) -> int:
    return page.line(start, written.count("\n", 0, position))
