"""A text in any of the dialects we read, as the parser reads it; each step is for texts that need it."""

from __future__ import annotations

import re
from itertools import count

from plugins.markup.convert import boxes, kramdown, pipes, within
from plugins.markup.convert.lines import Line, joined
from plugins.markup.convert.parsing import Given
from plugins.markup.marks import marks
from plugins.markup.settings import MarkupSettings

_BOX = re.compile(r"^[ \t]*(?:!!!|\?\?\?|:::)", re.MULTILINE)
_DEFINITION = re.compile(r"^ {0,3}(?:\*\[[^\]\n]+\]:|\{:[A-Za-z][\w-]*:[ \t])", re.MULTILINE)
# In a text with a line break before it: lines are found by that, much quicker than by "^".
_TABLE = re.compile(r"\n(?:[ \t>]*\||[^\n|]*\|.*\n[ \t>]*\|?[ \t]*:?-+:?[ \t]*[|\n])")
_INDENTED = re.compile(r"\n[ \t]*\n(?: {4}|\t)[ \t]*<")
_MARKDOWN = re.compile(r"<[^<>]*\smarkdown\b", re.IGNORECASE)


def translate(text: str, settings: MarkupSettings, first_line: int = 1, path: str = "") -> Given:
    """``text``, which begins at ``first_line`` of the file ``path``, for the parser."""
    if "{::" in text:
        text = kramdown.without_extensions(text)
    steps = _steps(text)
    if not steps:
        return Given(text, path, range(first_line, first_line + text.count("\n") + 1))
    lines = list(map(Line, text.split("\n"), count(first_line)))
    short: dict[str, str] = {}
    named: dict[str, str] = {}
    if "boxes" in steps:
        lines = boxes.boxes(lines, dict(settings.callouts))
    if "markdown" in steps:
        lines = within.with_markdown(lines)
    if "html" in steps:
        lines = within.undented(lines)
    if "definitions" in steps:
        lines, short, named = kramdown.definitions(lines)
    if "tables" in steps:
        lines = pipes.pipes(lines)
    return Given(joined(lines), path, [line.number for line in lines], short, named)


def _steps(text: str) -> set[str]:
    """What has to be done."""
    found = set()
    has = marks(text)

    def holds(sign: str) -> bool:
        return sign.encode() in has and sign in text

    if any(map(holds, boxes.SIGNS)) and _BOX.search(text):
        found.add("boxes")
    if "markdown" in text and _MARKDOWN.search(text):
        found.add("markdown")
    if "<" in text and _INDENTED.search(text):
        found.add("html")
    if (holds("*[") or holds("{:")) and _DEFINITION.search(text):
        found.add("definitions")
    if "|" in text and _TABLE.search(f"\n{text}"):
        found.add("tables")
    return found
