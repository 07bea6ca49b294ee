"""The text of an MDX file as Markdown: components, JSX, expressions and comments.

What is code and says nothing by itself stands in a comment, with a note; the text inside an unknown
component stays.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from textwrap import dedent, indent
from typing import Any

from desk.importing.mdx.components import component, words_of
from desk.importing.mdx.elements import around, element, is_html
from desk.importing.mdx.expressions import said_by
from desk.importing.mdx.modules import Scope, lift
from desk.importing.mdx.scanning import Tag, braces, masked, tag_at
from desk.importing.model import Note, Sure
from desk.importing.own_tags import meaning
from desk.importing.shortcodes import Call

_TOKEN = re.compile(r"(?<!\\)(?:\{|<(?=[A-Za-z/>]))")
_DEEPEST = 60
_LONGEST_JSX = 20_000
# Stand for a blank line before and behind a block, until it is known whether there is one.
_ABOVE, _BELOW = "\ue000", "\ue001"
_ABOVES = re.compile(r"(?<!\n)\n*+\ue000")
_BELOWS = re.compile(r"\ue001[ \t]*+\n*+(?:(?P<indent>[ \t]*+)(?=\S))?")
_BLOCK = re.compile(r"\s*+(?:> |```|<details|<video|<audio|<figure|!\[|---|\$\$|https?://\S++\Z)")


@dataclass(slots=True)
class _Open:
    tag: Tag
    made: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Nest:
    """What was made, and the components that are open, each with what is made in it."""

    made: list[str] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    opened: Counter[str] = field(default_factory=Counter)

    @property
    def out(self) -> list[str]:
        return self.stack[-1].made if self.stack else self.made


@dataclass(frozen=True, slots=True)
class Converted:
    """Markdown, the scope of its file, and notes."""

    body: str
    scope: Scope
    notes: tuple[Note, ...]


def convert(text: str, line: int, fields: Mapping[str, Any], table: Mapping[str, str]) -> Converted:
    """``text`` as Markdown; ``line`` is that of the file where it begins."""
    text = text.replace(_ABOVE, "").replace(_BELOW, "")
    lifted, scope, notes = lift(text, line)
    values = {**scope.values, "frontmatter": {**scope.fields(), **fields}}
    reader = _Reader(lifted, line, Scope(scope.files, values), table)
    body = reader.read()
    return Converted(body, scope, (*notes, *reader.notes))


class _Reader:
    def __init__(self, text: str, line: int, scope: Scope, table: Mapping[str, str]) -> None:
        self._text, self._line, self._scope, self._table = text, line, scope, table
        self._prose = masked(text)
        self._pairs = braces(self._prose)
        self._lines = [found.start() for found in re.finditer("\n", text)]
        self.notes: list[Note] = []

    def read(self) -> str:
        nest = _Nest()
        at = 0
        for found in _TOKEN.finditer(self._prose):
            if found.start() >= at:
                nest.out.append(self._text[at : found.start()])
                at = self._token(nest, found.start(), found[0])
        tail = self._text[at:]
        while nest.stack:  # never closed: it stands alone, and what follows it stays
            nest.out.append(tail)
            tail = ""
            self._unclosed(nest)
        return settled("".join((*nest.made, tail)))

    def _token(self, nest: _Nest, start: int, sign: str) -> int:
        """Read what begins here; return where the text goes on."""
        if sign == "{":
            end = self._pairs.get(start)
            if end is None:
                return start
            nest.out.append(self._expression(self._text[start + 1 : end - 1], start))
            return end
        tag = tag_at(self._text, start, self._pairs)
        if tag is None:
            return start
        if not _is_component(tag.name):
            nest.out.append(self._element(tag))
        elif tag.closes:
            self._close(nest, tag.name)
        elif tag.alone or len(nest.stack) >= _DEEPEST:
            self._emit(nest.out, tag, None)
        else:
            nest.stack.append(_Open(tag))
            nest.opened[tag.name] += 1
        return tag.end

    def _close(self, nest: _Nest, name: str) -> None:
        while nest.opened[name]:
            if nest.stack[-1].tag.name != name:
                self._unclosed(nest)
                continue
            one = nest.stack.pop()
            nest.opened[name] -= 1
            self._emit(nest.out, one.tag, settled("".join(one.made)))
            return

    def _unclosed(self, nest: _Nest) -> None:
        one = nest.stack.pop()
        nest.opened[one.tag.name] -= 1
        out = nest.out
        self._emit(out, one.tag, None)
        out.extend(one.made)

    def _element(self, tag: Tag) -> str:
        above, below = around(tag, self._text)
        if is_html(tag):
            return f"{above}{self._text[tag.start : tag.end]}{below}"
        made, notes = element(tag, self.value)
        for kind, what in notes:
            self._note(tag.start, kind, what, "lost")
        return f"{above}{made}{below}"

    def _emit(self, out: list[str], tag: Tag, inner: str | None) -> None:
        """Put what a component says behind what is there; a block gets a line of its own."""
        before = "".join(out[-3:])
        spaces = before[before.rfind("\n") + 1 :]
        said = self._said(tag, inner)
        alone = not spaces.strip() or spaces.endswith(_BELOW)
        if not said:
            return
        if not (alone and _BLOCK.match(said)) and "\n\n" not in said.strip():
            out.append(said.strip("\n") if "\n" not in said.strip() else said)
            return
        margin = spaces if alone and not spaces.strip() else ""
        if margin:
            out[-3:] = [before[: -len(margin)]]
        block = said.strip("\n")
        out.append(f"{_ABOVE}{indent(dedent(block), margin)}{_BELOW}")

    def _said(self, tag: Tag, inner: str | None) -> str:
        named = self._named(tag)
        if inner is not None:
            inner = dedent(inner) if "\n" in inner else inner
        call = Call(tag.name.lower(), named, (), inner)
        said, sure = meaning(call, self._table, component)
        kind = f"the component {call.name}"
        shown = " ".join(self._text[tag.start : tag.end].split())
        if sure != "sure":
            words = words_of(call)
            said = "\n\n".join(one for one in (words, (inner or "").strip("\n")) if one)
            sure = "guess" if said else "lost"
            said = said or f"<!-- {shown.replace('--', '- -')} -->"
            if inner is not None and not words:
                said = inner
        self._note(tag.start, kind, shown, sure)
        return said or ""

    def _named(self, tag: Tag) -> dict[str, str]:
        named: dict[str, str] = {}
        for key, value in tag.attributes.items():
            if key not in tag.code:
                named[key] = value
                continue
            said = self.value(value)
            if said is None:
                self._note(tag.start, f"code as {key} of a component", value, "lost")
            else:
                named[key] = said
        for one in tag.spread:
            found = self._scope.values.get(one)
            if isinstance(found, dict):
                named = {**{key: str(value) for key, value in found.items()}, **named}
            else:
                self._note(tag.start, "attributes that are code", one, "lost")
        return named

    def value(self, code: str) -> str | None:
        """What code says that is a literal, a name that is known, or JSX; None for other code."""
        if code.startswith("<") and len(code) < _LONGEST_JSX:
            inner = _Reader(code, self._line, self._scope, self._table)
            said = inner.read().strip()
            self.notes += inner.notes
            return said
        return said_by(code, self._scope)

    def _expression(self, code: str, start: int) -> str:
        said = code.strip()
        if said.startswith("/*") and said.endswith("*/"):
            inner = said[2:-2].strip().replace("--", "- -")
            return f"<!-- {inner} -->" if inner else ""
        if not said:
            return ""
        value = self.value(said)
        if value is not None:
            return value
        self._note(start, "an expression of JavaScript", said, "lost")
        shown = f"{{{said}}}".replace("--", "- -")
        return f"<!-- {shown} -->"

    def _note(self, start: int, kind: str, what: str, sure: Sure) -> None:
        line = self._line + bisect_right(self._lines, start - 1)
        self.notes.append(Note(line, kind, " ".join(what.split())[:100], sure))


def _is_component(name: str) -> bool:
    return name[:1].isupper() or "." in name or name in {"lite-youtube", "lite-vimeo"}


def settled(text: str) -> str:
    """``text`` with one blank line around each block."""
    if _ABOVE not in text:
        return text
    made = _ABOVES.sub("\n\n", text)
    return _BELOWS.sub(lambda found: f"\n\n{found['indent'] or ''}", made)
