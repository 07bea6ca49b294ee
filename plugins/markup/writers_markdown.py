"""Markdown as people write it, made fit for python-markdown's stricter reading.

Writers know Markdown from GitHub and from editors that follow CommonMark: lists nest by two or
three spaces, and a list, a table or a fence may follow a paragraph without a blank line.
python-markdown wants steps of four and blank lines, and would flatten the one and print the
other as text. Two preprocessors change the lines on their way in; a text that already follows
the stricter rules passes unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from markdown import Markdown
from markdown.preprocessors import Preprocessor

from plugins.markup.source import Fence

_ITEM = re.compile(r"(?P<marker>[-*+]|\d{1,9}[.)])(?P<gap> +)(?P<content>\S.*)")
_RULE = re.compile(r"([-*_])(?: *\1){2,} *")
_QUOTE = re.compile(r"> ?")
# What holds the lines below it that are indented by four: admonitions, footnotes, definitions.
_HOLDER = re.compile(r"!!! |\[\^[^\]]+\]:|: {3}")
_DEEPEST = 20
_DELIMITERS = re.compile(r" {0,3}\|? *:?-+:? *(?:\| *:?-+:? *)*\|? *")


class FencePreprocessor(Preprocessor):
    """Puts rendered fences into the stash; a placeholder of its own paragraph stays behind.

    ``fences`` are those of the text to convert, whose lines must not have moved.
    """

    fences: Sequence[Fence] = ()

    def __init__(self, md: Markdown, render: Callable[[str, str], str]) -> None:
        super().__init__(md)
        self._render = render

    def run(self, lines: list[str]) -> list[str]:
        """The lines with each fence as one placeholder."""
        done = 0
        out: list[str] = []
        for fence in self.fences:
            out += lines[done : fence.first]
            placeholder = self.md.htmlStash.store(self._render(fence.code, fence.info))
            out += _apart(fence.prefix, placeholder, out)
            done = fence.last + 1
        return out + lines[done:]


class ListPreprocessor(Preprocessor):
    """Indents nested lists by four, and puts blank lines before lists and tables."""

    def run(self, lines: list[str]) -> list[str]:
        """The lines as python-markdown wants them."""
        return _regular(lines, nested=0)


def _regular(lines: Sequence[str], nested: int) -> list[str]:
    """``lines`` made regular, and what is quoted or held in them too, up to a sane depth."""
    walk = _ListWalk()
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        if nested < _DEEPEST and line.startswith(">"):
            end = _end(lines, number, lambda below: below.startswith(">"))
            quoted = [_QUOTE.sub("", inner, count=1) for inner in lines[number - 1 : end]]
            walk.pass_on(f"> {inner}".rstrip() for inner in _regular(quoted, nested + 1))
            number = end
            continue
        walk.step(line, lines[number] if number < len(lines) else "")
        if nested < _DEEPEST and _HOLDER.match(line):
            end = _end(lines, number, lambda below: below.startswith("    ") or not below.strip())
            held = [inner[4:] for inner in lines[number:end]]
            walk.pass_on(f"    {inner}".rstrip() for inner in _regular(held, nested + 1))
            number = end
    return walk.out


def _end(lines: Sequence[str], number: int, goes_on: Callable[[str], bool]) -> int:
    while number < len(lines) and goes_on(lines[number]):
        number += 1
    return number


def _apart(prefix: str, placeholder: str, before: list[str]) -> list[str]:
    """A placeholder with blank lines around it, inside the same quote."""
    quotes = prefix[: prefix.rfind(">") + 1]
    begins_item = prefix[len(quotes) :].strip() != ""
    blank = not before or not before[-1].strip(" >")
    gap = [] if blank or begins_item else [quotes]
    return [*gap, f"{prefix}{placeholder}", quotes]


class _ListWalk:
    """One pass over the lines, with the open list items by the column of their content."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self._columns: list[int] = []
        self._after_blank = True
        self._shift = 0
        self._block = 0
        self._in_text = False

    def step(self, line: str, below: str) -> None:
        """Take a line; ``below`` is the next one."""
        content = line.lstrip(" ")
        if not content:
            self.out.append(line)
            self._after_blank = True
            return
        indent = len(line) - len(content)
        item = _ITEM.match(content) if content[0] in "-*+0123456789" else None
        if item and _RULE.fullmatch(content):
            item = None
        if item and (indent < 4 or self._columns):
            self._item(indent, item)
        elif self._after_blank:
            self._leave(indent)
            self._block, self._in_text = self._place(indent), True
            self._shift = self._block - indent
            self.out.append(" " * (indent + self._shift) + content)
        else:
            self._text(indent, content, below)
        self._after_blank = False

    def pass_on(self, lines: Iterable[str]) -> None:
        """Take lines that are regular already; no list goes on behind them."""
        self.out.extend(lines)
        self._columns.clear()
        self._after_blank = not self.out or not self.out[-1].strip()
        self._block, self._in_text = 0, True

    def _leave(self, indent: int) -> None:
        while self._columns and indent < self._columns[-1]:
            self._columns.pop()

    def _item(self, indent: int, item: re.Match[str]) -> None:
        in_list = bool(self._columns)
        self._shift = 0
        self._leave(indent)
        depth = len(self._columns)
        place = indent if 4 * depth <= indent < 4 * depth + 4 else 4 * depth
        number = item["marker"][:-1]
        if not (self._after_blank or in_list) and number not in ("", "1"):
            # As in CommonMark, a number that ends a sentence does not begin a list.
            self.out.append(" " * indent + item[0])
            return
        # A list may follow a paragraph at once, and an item may stand left of where its block
        # began; python-markdown sees neither without a blank line.
        if not self._after_blank and (self._in_text or place < self._block):
            self.out.append("")
            self._after_blank = True
        if self._after_blank:
            self._block, self._in_text = place, False
        gap = len(item["gap"])
        self._columns.append(indent + len(item["marker"]) + (gap if gap < 5 else 1))
        marker = f"{number}." if number else item["marker"]
        self.out.append(f"{' ' * place}{marker}{item['gap']}{item['content']}")

    def _place(self, indent: int) -> int:
        """Where the first line of a paragraph or code goes, below the item it belongs to."""
        depth = len(self._columns)
        if not depth:
            return indent
        inside = indent - self._columns[-1]
        if indent >= 4 * depth + 4 or (indent >= 4 * depth and inside < 4):
            return indent
        return 4 * depth + inside

    def _text(self, indent: int, content: str, below: str) -> None:
        """A line that goes on with what is above it, unless it begins a table."""
        table = "|" in content and "|" in below and _DELIMITERS.fullmatch(below)
        if table and not self._columns and "|" not in self.out[-1]:
            self.out.append("")
        # A lazy line, at the margin, is left where it is.
        self.out.append(" " * max(indent + self._shift if indent else 0, 0) + content)
