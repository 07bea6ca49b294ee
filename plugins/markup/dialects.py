"""Marks of other tools' Markdown that would be printed: what they look like, and what to write.

Each form is looked for in what a reader sees, outside code. Prose such as ``a == b`` or ``$5 (A$)``
is none of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A form of text that nobody means to print, a message with a place for it, and a way out.

    The HTML of a text with the form has the character ``sign``, and at least one of ``signs``.
    """

    sign: str
    signs: tuple[str, ...]
    form: re.Pattern[str]
    message: str
    hint: str


_PRINTED = "{} is a mark of another kind of Markdown and would be printed"


def _kind(sign: str, signs: tuple[str, ...], form: str, hint: str) -> Kind:
    compiled = re.compile(form, re.MULTILINE)
    return Kind(sign, signs, compiled, _PRINTED, f"{hint}, or a \\ before it to show it")


# A row of a table with two cells or more, but not the one of dashes.
_ROW = r"(?! *\|[ |:-]*$) *\|[^|\n]+\|(?:[^|\n]*\|)+ *"
_BOX = "write '!!! note' with the text indented by four spaces below it"
KINDS = (
    _kind(
        "[",
        ("[!",),
        r"^\s*\[![\w-]+(?:\|[^\]\n]*)?\][+-]?(?=\s|$)",
        f"{_BOX}, or begin each line of it with >",
    ),
    _kind("!", ("!!! ",), r"^ *!!! ?[a-z][\w-]*(?: +\"[^\"\n]*\")? *$", _BOX),
    _kind("?", ("??? ", "???+"), r"^ *\?\?\?\+? ?[a-z][\w-]*(?: +\"[^\"\n]*\")? *$", _BOX),
    _kind(":", (":::",), r"^ *:::+ *(?:\{[^}\n]*\}.*|[a-z][\w-]*(?:[ \[].*)?)?$", _BOX),
    _kind(
        "{",
        ("{:",),
        r"\{:(?:[:/][\w /]*|[ ]*[.#][\w-]+[^{}\n]*|[ ]*[\w-]+=[\"'][^{}\n]*|toc\b[^{}\n]*)\}",
        "write it on the line below the block or directly behind the word that it is for",
    ),
    _kind("{", ("{#", "{."), r"(?:^|(?<=\s))\{[#.][\w-]+\} *$", "write it at the end of a heading"),
    _kind(
        "=",
        ("==",),
        r"(?<![\w=!<>])==(?=[^\s=])[^=\n]+(?<=[^\s=])==(?![\w=])",
        "write <mark>text</mark>",
    ),
    _kind("[", ("[[",), r"!?\[\[[^\[\]\n]*[^\W\d][^\[\]\n]*\]\]", "write a link: [text](file.md)"),
    _kind("[", ("[TOC]", "[toc]"), r"^ *\[(?:TOC|toc)\] *$", "write [TOC] on a line of its own"),
    _kind(
        ">",
        ("<p>import ", "<p>export "),
        r"^ *(?:import [\w{}, *]+ from (?:\"[^\"\n]+\"|'[^'\n]+')|export (?:const|default)\b.*);? *$",
        "leave it out, with the components that it is for",
    ),
    Kind(
        "|",
        ("<p>|", "|\n|"),
        re.compile(rf"^{_ROW}\n{_ROW}$", re.MULTILINE),
        "this table would be printed as text",
        "write a row of |---| below its first row, with as many cells, and a blank line before it",
    ),
)
