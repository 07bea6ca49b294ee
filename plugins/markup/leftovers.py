"""Markdown that would reach the reader as it was typed, because it did not become what it says.

Links without a definition, footnotes without a text, tables whose rows do not fit, and Markdown
inside raw HTML all fail without a word in every renderer. They are looked for in what a reader
would see, and reported at the line where the writer has them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from plugins.errors import Problem
from plugins.markup.dialects import KINDS
from plugins.markup.marks import marks
from plugins.markup.passages import COMMENT, element
from plugins.markup.source import masked

RULE = "markup-printed"

_HIDDEN = re.compile(
    rf"{COMMENT}|(?i:{element('pre|code|script|style|textarea|math')})"
    r"|<[a-zA-Z/](?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+>"
)


def find(content: str, text: str, first_line: int = 1, path: str = "") -> Iterator[Problem]:
    """A problem for each piece of Markdown that is still Markdown in the HTML ``content``.

    ``text`` is the source that ``content`` was made of; it begins at ``first_line`` of its file.
    What a backslash protects in the source is meant to be seen.
    """
    has = marks(content)
    kinds = [
        kind for kind in KINDS if any(some in has and sign in content for sign, some in kind.signs)
    ]
    if not kinds:
        return
    seen = html.unescape(_HIDDEN.sub(" ", content))
    prose = ""
    for kind in kinds:
        position = 0
        for leftover in kind.form.finditer(seen):
            prose = prose or masked(text)
            said = leftover[0].strip()
            place = _place(prose, said, position)
            if place < 0 and "](" in said:
                # There may be a tag in what is linked.
                place = _place(prose, f">{said[said.index('](') :]}", position)
            if place < 0:
                continue
            position = place + 1
            line = first_line + text.count("\n", 0, place)
            shown = " ".join(leftover[0].split())
            shown = shown if len(shown) <= 60 else f"{shown[:57]}..."
            message, hint = kind.message.format(shown), kind.hint.replace("{}", shown)
            yield Problem(path, line, "body", message, hint, RULE)


def _place(prose: str, leftover: str, position: int) -> int:
    """Where ``prose`` has ``leftover`` without a backslash before it; -1 if nowhere."""
    found = prose.find(leftover, position)
    found = found if found >= 0 else prose.find(leftover)
    while found > 0 and prose[found - 1] == "\\":
        found = prose.find(leftover, found + 1)
    return found
