"""HTML elements in a text that no browser shows as meant: unknown ones, and those left open."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from plugins.errors import Problem
from plugins.markup.conservation.signs import spans

# HTML standard, section 4; SVG and MathML are names within their own elements.
_WITH_END = (
    "a abbr address article aside audio b bdi bdo blockquote button canvas cite code data datalist "
    "del details dfn dialog div dl em fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "header hgroup i iframe ins kbd label legend main map mark menu meter nav noscript object ol "
    "output picture pre progress q ruby s samp script search section select slot small span "
    "strong style sub summary sup svg table template textarea time title u ul var video math "
    "acronym applet big center dir font frameset marquee nobr strike tt"
)
_WITHOUT_END = (
    "area base br col embed hr img input link meta param source track wbr p li dt dd tr td th "
    "thead tbody tfoot colgroup caption option optgroup rp rt rb rtc html head body keygen "
    "basefont bgsound frame isindex"
)
_NEEDS_END, _NO_END = frozenset(_WITH_END.split()), frozenset(_WITHOUT_END.split())
_KNOWN = _NEEDS_END | _NO_END
_TAG = re.compile(r"<[^<>]*>")
_MOST = 20
_FOREIGN = ("<svg", "<math")


class Tag(NamedTuple):
    """A tag as it is written outside code: its name, and where it begins in the source."""

    name: str
    closing: bool
    empty: bool
    start: int


def find(
    tags: Sequence[Tag], html: str, text: str, first_line: int, path: str
) -> Iterator[Problem]:
    """A problem for each of ``tags``, those of ``text``, that is unknown or never closed."""
    if not tags:
        return
    inside = any(sign in text for sign in _FOREIGN)

    def problem(tag: Tag, message: str, hint: str, rule: str) -> Problem:
        line = first_line + text.count("\n", 0, tag.start)
        return Problem(path, line, "body", message, hint, rule)

    for tag in islice(_unknown(tags, html, text, inside=inside), _MOST):
        message = f"<{tag.name}> is no HTML element: browsers show nothing of the tag"
        hint = "write what it stands for, or put it into backticks to show it"
        yield problem(tag, message, hint, "unknown-element")
    for tag in islice(_open(tags, html, _last_word(text)), _MOST):
        message = f"<{tag.name}> is never closed, so all that follows is in it"
        hint = f"write </{tag.name}> where it ends"
        yield problem(tag, message, hint, "unclosed-element")


def _unknown(tags: Sequence[Tag], html: str, text: str, *, inside: bool) -> Iterator[Tag]:
    seen = set()
    for tag in tags:
        name = tag.name.lower()
        known = name in _KNOWN and not _is_component(tag)
        if known or inside or tag.closing or tag.name in seen:
            continue
        seen.add(tag.name)
        # A custom element has a hyphen, small letters and an end tag.
        custom = "-" in name and tag.name == name and f"</{name}" in text
        if not custom and f"<{tag.name}" in html:
            yield tag


def _is_component(tag: Tag) -> bool:
    """Whether a tag with the name of an element is one of JSX's: ``<Figure src="..."/>``."""
    mixed = tag.name not in (tag.name.lower(), tag.name.upper())
    return mixed and (tag.empty or tag.name.lower() in _NO_END)


def _last_word(text: str) -> int:
    """Where the last word of ``text`` begins that is in no tag; -1 without any."""
    end = len(text)
    for line in reversed(text.split("\n")):
        words = spans(_TAG.sub(lambda tag: " " * len(tag[0]), line))
        if words:
            return end - len(line) + words[-1][1]
        end -= len(line) + 1
    return -1


def _open(tags: Sequence[Tag], html: str, last_word: int) -> Iterator[Tag]:
    """The start tags without an end tag of their own, of elements that need one.

    Only with text behind them does that matter: ``last_word`` is where the last of it is.
    """
    stacks: dict[str, list[Tag]] = defaultdict(list)
    for tag in tags:
        name = tag.name.lower()
        if name in _NEEDS_END and not (tag.empty and name in ("svg", "math")):
            stack = stacks[name]
            if not tag.closing:
                stack.append(tag)
            elif stack:
                stack.pop()
    for name, stack in stacks.items():
        if not stack:
            continue
        # Tags in code that only a converter knows to be code are not in the page.
        shown = len(re.findall(rf"<{name}\b", html, re.IGNORECASE))
        given = sum(tag.name.lower() == name and not tag.closing for tag in tags)
        closed = len(re.findall(rf"</{name}\s*>", html, re.IGNORECASE))
        if shown >= given and closed < shown:
            yield from (tag for tag in stack if tag.start < last_word)
