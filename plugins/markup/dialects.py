"""Marks of Markdown and its dialects that would be printed: what they look like, and what to write.

Each form is looked for in what a reader sees, outside code. Prose such as ``a == b`` or ``$5 (A$)``
is none of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from plugins.markup.marks import marks


@dataclass(frozen=True, slots=True)
class Kind:
    """A form of text that nobody means to print, a message with a place for it, and a way out.

    The HTML of a text with the form has at least one of ``signs``, each given with its marks.
    """

    signs: tuple[tuple[str, bytes], ...]
    form: re.Pattern[str]
    message: str
    hint: str


def _kind(signs: tuple[str, ...], form: str, message: str, hint: str) -> Kind:
    compiled = re.compile(form, re.MULTILINE | re.IGNORECASE)
    return Kind(tuple((sign, marks(sign)) for sign in signs), compiled, message, hint)


_FOREIGN = "{} is a mark of another kind of Markdown and would be printed"
# A row of a table with two cells or more, but not the one of dashes.
_ROW = r"(?! *\|[ |:-]*$) *\|[^|\n]+\|(?:[^|\n]*\|)+ *"
_BOXES = (
    "note|tip|important|warning|caution|danger|info|example|question|quote|success|failure|bug|"
    "abstract|hint|attention|error|seealso|todo"
)
_MARKED = (
    "{} would be printed with its marks",
    "inside HTML leave blank lines around it, elsewhere move the marks to the edge of the words;"
    " write a \\ before it to show it",
)
_BOX = (
    "the box {} would be printed as text",
    "end ::: with a line of its own, and indent what is below !!! or ??? by four spaces",
)
KINDS = (
    _kind(("](",), r"!?\[[^\[\]\n]+\]\([^()\s]+\)", *_MARKED),
    _kind(
        ("**",),
        r"\*\*[^\s*][^*\n]*(?<!\s)\*\*|(?<![\w*])\*\*[^\s*][^*\n]*\s\*\*(?![\w*])",
        *_MARKED,
    ),
    _kind(
        ("[^",),
        r"\[\^[^\[\]\n]*+\](?!:)",
        "the footnote {} has no text",
        "add a line '{}: text', or write \\[ to show it",
    ),
    _kind(
        ("][",),
        r"!?\[(?=[^\[\]\n]*?[^\W\d])[^\[\]\n]++\]\[[^\[\]\n^]++\]",
        "no line says where {} leads",
        "add a line '[name]: address', or write \\[ to show it",
    ),
    _kind(
        ("---",),
        r"^ *+\|? *+:?-{3,}+:? *+(?:\| *+:?-{3,}+:? *+)++\|? *+$",
        "this table would be printed as text",
        "give its first and second row the same number of cells, and no blank line between rows",
    ),
    _kind(
        ("<p>|", "|\n|"),
        rf"^{_ROW}\n{_ROW}$",
        "this table would be printed as text",
        "write a row of |---| below its first row, with as many cells, and a blank line before it",
    ),
    _kind((":::",), r"^ *:::+.*$", *_BOX),
    _kind(("!!!",), rf"^ *!!! *(?:{_BOXES})\b.*$", *_BOX),
    _kind(("???",), rf"^ *\?\?\?\+? *(?:{_BOXES})\b.*$", *_BOX),
    _kind(
        ("[!",),
        r"^[^\S\n]*+\[![\w-]++(?:\|[^\]\n]*+)?\][+-]?(?=\s|$)",
        "{} begins no callout here",
        "begin this line and those that belong to it with >",
    ),
    _kind(
        ("{:", "{#", "{."),
        r"\{:[^{}\n]*\}|(?:^|(?<=\s))\{[#.][\w-]++[^{}\n]*+\} *+$",
        "the attributes {} belong to nothing and would be printed",
        "put them on a line of their own right below the block, or write \\{ to show them",
    ),
    _kind(
        ("==",),
        r"(?<![\w=!<>])==(?=[^\s=])[^=\n]+(?<=[^\s=])==(?![\w=])",
        _FOREIGN,
        "write <mark>text</mark>, or a \\ before it to show it",
    ),
    _kind(
        ("[[",),
        r"!?\[\[(?=[^\[\]\n]*?[^\W\d])[^\[\]\n]++\]\]",
        "{} is a wiki link, which leads nowhere here",
        "write [text](file.md), or ![what it shows](file.jpg) for an image",
    ),
    _kind(
        ("^[",),
        r"\^\[[^\[\]\n]+\]",
        "the note {} would be printed as text",
        "write [^1] here, and '[^1]: text' on a line of its own",
    ),
    _kind(
        ("$$",),
        r"^ *\$\$ *$",
        "the formula between {} would be printed as text",
        "take the blank lines out of it",
    ),
    _kind(
        ("[TOC]", "[toc]"),
        r"^ *\[TOC\] *$",
        _FOREIGN,
        "write [TOC] on a line of its own, or a \\ before it to show it",
    ),
    _kind(
        ("<p>import ", "<p>export "),
        r"^ *(?:import [\w{}, *]+ from (?:\"[^\"\n]+\"|'[^'\n]+')|export (?:const|default)\b.*);? *$",
        _FOREIGN,
        "leave it out, with the components that it is for",
    ),
)
