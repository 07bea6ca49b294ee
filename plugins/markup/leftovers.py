"""Markdown that would reach the reader as it was typed, because it did not become what it says.

Links without a definition, footnotes without a text, tables whose rows do not fit, and Markdown
inside raw HTML all fail without a word in every renderer. They are looked for in what a reader
would see, and reported at the line where the writer has them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from plugins.errors import Problem
from plugins.markup.source import masked

_HIDDEN = re.compile(
    r"<!--.*?-->|<(pre|code|script|style|textarea|math)\b.*?</\1\s*>"
    r"|<[a-zA-Z/](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>",
    re.DOTALL | re.IGNORECASE,
)
# A character that few texts have, and the signs that have it.
_SIGNS = (
    ("*", ("**",)),
    ("[", ("][", "[^")),
    ("]", ("](",)),
    ("|", ("|:-", "| :-")),
    ("-", ("---",)),
)


@dataclass(frozen=True, slots=True)
class _Kind:
    form: re.Pattern[str]
    message: str
    hint: str


_KINDS = (
    _Kind(
        re.compile(r"!?\[[^\[\]\n]+\]\([^()\s]+\)|\*\*[^\s*][^*\n]*(?<!\s)\*\*"),
        "{} stands inside HTML and would be printed as it is",
        'write markdown="1" into the HTML tag around it, or a \\ before it to show it',
    ),
    _Kind(
        re.compile(r"\[\^[^\]\n]*\](?!:)"),
        "the footnote {} has no text",
        "add a line '{}: text', or write \\[ to show it",
    ),
    _Kind(
        re.compile(r"!?\[[^\[\]\n]*[^\W\d][^\[\]\n]*\]\[[^\[\]\n^]+\]"),
        "no line says where {} leads",
        "add a line '[name]: address', or write \\[ to show it",
    ),
    _Kind(
        re.compile(r"^ *\|? *:?-{3,}:? *(?:\| *:?-{3,}:? *)+\|? *$", re.MULTILINE),
        "this table would be printed as text",
        "give its first and second row the same number of cells, and no blank line between rows",
    ),
)


def find(content: str, text: str, first_line: int = 1, path: str = "") -> Iterator[Problem]:
    """A problem for each piece of Markdown that is still Markdown in the HTML ``content``.

    ``text`` is the source that ``content`` was made of; it begins at ``first_line`` of its file.
    What a backslash protects in the source is meant to be seen.
    """
    if not any(char in content and any(map(content.__contains__, signs)) for char, signs in _SIGNS):
        return
    seen = html.unescape(_HIDDEN.sub(" ", content))
    prose = ""
    for kind in _KINDS:
        position = 0
        for leftover in kind.form.finditer(seen):
            prose = prose or masked(text)
            place = _place(prose, leftover[0].strip(), position)
            if place < 0:
                continue
            position = place + 1
            line = first_line + text.count("\n", 0, place)
            shown = leftover[0].strip() if len(leftover[0]) <= 60 else f"{leftover[0][:57]}..."
            yield Problem(path, line, "body", kind.message.format(shown), kind.hint.format(shown))


def _place(prose: str, leftover: str, position: int) -> int:
    """Where ``prose`` has ``leftover`` without a backslash before it; -1 if nowhere."""
    found = prose.find(leftover, position)
    while found > 0 and prose[found - 1] == "\\":
        found = prose.find(leftover, found + 1)
    return found
