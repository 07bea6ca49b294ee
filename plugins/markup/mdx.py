"""A text of MDX (``.mdx``) that is Markdown: comments in braces go, code is named with its line.

https://mdxjs.com/docs/what-is-mdx/: lines that begin with ``import`` or ``export``, and what stands in
braces, are JavaScript, which nothing here runs. Components are found where HTML is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plugins.errors import Problem
from plugins.markup.source import masked

SUFFIX = ".mdx"
_COMMENT = re.compile(r"\{/\*(?P<said>[^*{]*+(?:(?:\*(?!/)|\{(?!/\*))[^*{]*+)*+)\*/\}")
_CODE = re.compile(
    r"^(?P<module>(?:import|export)[ \t]++[\w{*\"'][^\n]*+)|(?<![\\{])\{(?P<said>[^{}\n]{0,500}+)\}",
    re.MULTILINE,
)
_HINT = "write what it says as text, or \\{ for a brace; desk import astro does it for a whole site"


def without_comments(text: str) -> str:
    """``text`` with empty lines for comments in braces; code keeps its own."""
    if "{/*" not in text:
        return text
    prose = masked(text)
    parts, done = [], 0
    for found in _COMMENT.finditer(prose):
        parts += [text[done : found.start()], "\n" * found[0].count("\n")]
        done = found.end()
    return "".join((*parts, text[done:]))


def find(text: str, first_line: int = 1, path: str = "") -> tuple[str, tuple[Problem, ...]]:
    """``text`` without its code, line for line, and a problem for each piece of it."""
    found = list(_CODE.finditer(masked(text)))
    parts, done = [], 0
    for one in found:
        parts.append(text[done : one.start()])
        done = one.end()
    return "".join((*parts, text[done:])), tuple(_problems(found, text, first_line, path))


def _problems(
    found: list[re.Match[str]], text: str, first_line: int, path: str
) -> Iterator[Problem]:
    for one in found:
        line = first_line + text.count("\n", 0, one.start())
        said = " ".join(text[one.start() : one.end()].split())
        shown = said if len(said) <= 60 else f"{said[:57]}..."
        message = f"{shown} is code of MDX, which nothing here runs"
        yield Problem(path, line, "body", message, _HINT, "template-code")
