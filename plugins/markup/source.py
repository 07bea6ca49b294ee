"""Markdown source seen line by line: what is code, what is prose, and what a line says.

Everything that looks at a writer's text before it is rendered (titles, series markers, template
languages) and the renderer itself ask this one module what a code block is, so that they can
never disagree. Fences follow CommonMark 0.31, section 4.5 (https://spec.commonmark.org/), in
lists and quotes too; indented code follows python-markdown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from plugins.markup.passages import COMMENT, element

_FENCE = re.compile(
    r"(?P<prefix>[ >]*+(?:(?:[-*+]|\d{1,9}[.)]) ++)*+)(?P<fence>`{3,}+|~{3,}+)(?P<info>.*)"
)
_ITEM = re.compile(r"(?P<indent> *)(?P<marker>(?:[-*+]|\d{1,9}[.)])(?P<gap> +))\S")
# Footnote definitions, admonitions and definitions hold what is indented by four below them.
_HOLDER = re.compile(r"(?P<indent> {0,3})(?:\[\^[^\]]+\]:|!!! |\?\?\?|: )")
_QUOTES = re.compile(r" {0,3}(?:> ?)+")
_NOT_PROSE = re.compile(
    rf"{COMMENT}|{element('pre|code|script|style|textarea')}"
    r"|(?<![`\\])(?P<marks>`++)(?:[^`\n]++|\n(?![ \t]*+\n)|(?!(?P=marks)(?!`))`++)*+(?P=marks)(?!`)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced code block: first and last line (from 0, both inclusive), and what it holds.

    ``prefix`` is what stands before the opening fence (quote marks, a list marker, indentation);
    ``info`` is the rest of the opening line. ``closed`` is false when the file ends first.
    """

    first: int
    last: int
    prefix: str
    info: str
    code: str
    closed: bool


@dataclass(frozen=True, slots=True)
class Source:
    """A text's lines, the numbers (from 0) of those that are code, and its fences."""

    lines: tuple[str, ...]
    code: frozenset[int]
    fences: tuple[Fence, ...]


def scan(text: str) -> Source:
    """Read ``text`` once and say which of its lines are code."""
    written = [line.rstrip("\r") for line in text.split("\n")]
    lines = tuple(line.expandtabs(4) for line in written) if "\t" in text else tuple(written)
    nesting = _Nesting()
    fences: list[Fence] = []
    code: set[int] = set()
    number = 0
    while number < len(lines):
        if lines[number][:1].isalpha():
            # Neither code nor the beginning of anything that could hold some.
            nesting.pass_text()
            number += 1
            continue
        indented = nesting.step(lines[number])
        opening = None if indented else _opening(lines[number])
        if opening:
            # At the margin the code is taken as written: tabs are part of it.
            fence = _read_fence(lines if opening["prefix"] else written, number, opening)
            fences.append(fence)
            code.update(range(fence.first, fence.last + 1))
            number = fence.last
        elif indented:
            code.add(number)
        number += 1
    return Source(lines, frozenset(code), tuple(fences))


def masked(text: str) -> str:
    """``text`` with everything that is code or a comment blanked out, at its full length.

    Positions and line breaks stay, so a place found in the result is the same place in ``text``.
    Blanked: fenced and indented code, code spans, HTML comments, ``pre``, ``code``, ``script``,
    ``style`` and ``textarea`` elements.
    """
    code = scan(text).code
    lines = text.split("\n")
    prose = "\n".join(_blank(line) if number in code else line for number, line in enumerate(lines))
    return _NOT_PROSE.sub(lambda found: _blank(found[0]), prose)


@dataclass(slots=True)
class _Nesting:
    """The lists and other holders open at a line, by the column where their content begins."""

    columns: list[int] = field(default_factory=list)
    after_blank: bool = True
    in_code: bool = False

    def step(self, line: str) -> bool:
        """Take the next line; whether it is indented code."""
        quotes = _QUOTES.match(line) if ">" in line else None
        content = line[quotes.end() :] if quotes else line
        if not content.strip():
            self.after_blank = True
            return self.in_code
        indent = len(content) - len(content.lstrip(" "))
        if self.after_blank and not self.in_code:
            self._leave(indent)
        self.in_code = (self.after_blank or self.in_code) and indent >= self._code_column()
        self.after_blank = False
        if not self.in_code:
            self._enter(content)
        return self.in_code

    def pass_text(self) -> None:
        """Take a line that begins with a letter, at the margin."""
        if self.after_blank and not self.in_code:
            self.columns.clear()
        self.after_blank = self.in_code = False

    def _leave(self, indent: int) -> None:
        while self.columns and self.columns[-1] > indent:
            self.columns.pop()

    def _enter(self, content: str) -> None:
        if item := _ITEM.match(content):
            self._leave(len(item["indent"]))
            # More than four spaces after a marker: the content is code in the item.
            self.columns.append(
                item.end("marker") if len(item["gap"]) < 5 else item.start("gap") + 1
            )
        elif holder := _HOLDER.match(content):
            self._leave(len(holder["indent"]))
            self.columns.append(len(holder["indent"]) + 4)

    def _code_column(self) -> int:
        """Where code begins: by the list's own column and by python-markdown's steps of four."""
        return max((self.columns[-1] if self.columns else 0) + 4, 4 * len(self.columns) + 4)


def _opening(line: str) -> re.Match[str] | None:
    """The fence that opens on this line; ```` ```code``` ```` in a line of text is none."""
    if "```" not in line and "~~~" not in line:
        return None
    opening = _FENCE.fullmatch(line)
    return None if opening and opening["fence"][0] == "`" in opening["info"] else opening


def _read_fence(lines: Sequence[str], first: int, opening: re.Match[str]) -> Fence:
    prefix, mark = opening["prefix"], opening["fence"]
    closing = re.compile(rf"[ >]*{re.escape(mark[0])}{{{len(mark)},}} *")
    depth = prefix.count(">")
    code: list[str] = []
    for number in range(first + 1, len(lines)):
        line = lines[number]
        if depth and not line.lstrip().startswith(">"):
            # The quote ends here, and what is quoted in it with it.
            return _fence(first, number - 1, opening, code, closed=True)
        if closing.fullmatch(line) and line.count(">") == depth:
            return _fence(first, number, opening, code, closed=True)
        code.append(_dedent(line, depth, len(prefix)))
    return _fence(first, len(lines) - 1, opening, code, closed=False)


def _fence(
    first: int, last: int, opening: re.Match[str], code: list[str], *, closed: bool
) -> Fence:
    return Fence(first, last, opening["prefix"], opening["info"].strip(), "\n".join(code), closed)


def _dedent(line: str, depth: int, column: int) -> str:
    """``line`` without ``depth`` quote marks, and without indentation up to ``column``."""
    if depth:
        found = re.match(rf"(?: *>){{1,{depth}}} ?", line)
        end = found.end() if found else 0
        return line[end:] if end >= column else _dedent(line[end:], 0, column - end)
    return line[min(column, len(line) - len(line.lstrip(" "))) :]


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)
