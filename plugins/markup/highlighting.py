"""Code blocks as HTML: coloured by classes, scrollable by keyboard, safe to copy.

The info line of a fence is understood as the common tools write it: ``python``, ``{.python}``,
``js {1,3}``, ``python title="setup.py" hl_lines="1 3-4" linenums="5"`` and Hugo's
``{linenos=true,hl_lines=[1,"3-4"]}``. An unknown language or option is no error: the code is
then shown plainly.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import escape
from pygments.lexer import Lexer
from pygments.util import ClassNotFound

from plugins.markup.coloring import Colorist
from plugins.markup.diagrams import Diagrams, is_diagram
from plugins.markup.lexers import lexer_of

_LANGUAGE = re.compile(r"\{?\s*(?:\.|language-)?([A-Za-z][\w+#-]*)(?![\w=])")
_OPTION = re.compile(
    r"(?<![A-Za-z_])([A-Za-z_]++)\s*+=\s*+(\"[^\"]*+\"|'[^']*+'|\[[^\[\]]*+\]|[^\s,}]++)"
)
_LINES = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?")
_BRACED_LINES = re.compile(r"\{([\d\s,-]+)\}\s*$")


@dataclass(frozen=True, slots=True)
class CodeInfo:
    """What a fence's info line asks for: ``first_number`` is None without line numbers."""

    language: str = ""
    title: str = ""
    marked: frozenset[int] = frozenset()
    first_number: int | None = None


class Highlighter:
    """Turns code into HTML; keeps the lexers it made. Without ``diagrams`` all code stays code."""

    def __init__(self, diagrams: Diagrams | None = None) -> None:
        self._diagrams = diagrams
        self._lexers: dict[str, Lexer | None] = {}
        self._colorist = Colorist()

    def html(self, code: str, info: str) -> str:
        """The block as HTML: a diagram where it is one that can be drawn, else code.

        Raises :class:`plugins.markup.diagrams.DiagramError`.
        """
        if self._diagrams and is_diagram(info):
            return self._diagrams.html(code, read_info(info).title) or self.code(code, info)
        return self.code(code, info)

    def code(self, code: str, info: str) -> str:
        """The block as code: a ``div``, or a ``figure`` where it has a title."""
        asked = read_info(info)
        lexer = self._lexer(asked.language)
        # Lexers read whole lines, so the last one needs its end too.
        coloured = self._colorist.html(f"{code}\n", lexer) if lexer else f"{escape(code)}\n"
        language = f' class="language-{asked.language}"' if asked.language else ""
        # Scrolls sideways where it is too wide: without tabindex only a mouse could do it.
        lines = _with_lines(coloured, asked)
        block = f'<pre tabindex="0"><code{language}>{lines}</code></pre>'
        if asked.title:
            caption = f"<figcaption>{escape(asked.title)}</figcaption>"
            return f'<figure class="highlight">{caption}{block}</figure>'
        return f'<div class="highlight">{block}</div>'

    def _lexer(self, language: str) -> Lexer | None:
        if language not in self._lexers:
            try:
                self._lexers[language] = lexer_of(language)
            except ClassNotFound:
                self._lexers[language] = None
        return self._lexers[language]


@lru_cache(maxsize=256)  # most are the name of one of a few languages
def read_info(info: str) -> CodeInfo:
    """What the rest of a fence's opening line says."""
    language = _LANGUAGE.match(info)
    options = {name.lower(): value.strip("\"'") for name, value in _OPTION.findall(info)}
    braced = _BRACED_LINES.search(info)
    marked = options.get("hl_lines") or (str(braced[1]) if braced else "")
    return CodeInfo(
        language[1].lower() if language else "",
        options.get("title", options.get("filename", "")),
        frozenset(number for lines in _LINES.findall(marked) for number in _span(*lines)),
        _first_number(options),
    )


def _span(first: str, last: str) -> range:
    return range(int(first), min(int(last or first), int(first) + 10_000) + 1)


def _first_number(options: dict[str, str]) -> int | None:
    """The number of the first line: ``linenums="5"``, or Hugo's ``linenos`` and its start."""
    asked = options.get("linenums", options.get("linenos", "false")).split()
    if not asked or asked[0].lower() in ("false", "off", "no", "0"):
        return None
    start = options.get("linenostart", asked[0])
    return int(start) if start.isascii() and start.isdigit() and len(start) < 7 else 1


def _with_lines(coloured: str, asked: CodeInfo) -> str:
    """``coloured`` with marked lines and numbers; numbers are attributes, so never copied."""
    if not asked.marked and asked.first_number is None:
        return coloured
    lines = []
    for place, line in enumerate(re.findall(r".*\n|.+", coloured), start=1):
        number = ""
        if asked.first_number is not None:
            shown = asked.first_number + place - 1
            number = f'<span class="linenos" data-linenos="{shown}"></span>'
        marked = f'<span class="hll">{line}</span>' if place in asked.marked else line
        lines.append(number + marked)
    return "".join(lines)
