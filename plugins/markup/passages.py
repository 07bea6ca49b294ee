"""Regular expressions for what goes on up to its end, in linear time where the end never comes."""

from __future__ import annotations

# An end is looked for behind so many more beginnings, and then no further.
_NESTED = 8


def until(end: str, begin: str, first: str) -> str:
    """Everything up to ``end``; ``first`` are the characters that ``end`` and ``begin`` begin with.

    ``begin`` is what it is behind: unless bounded, each of many beginnings without an end would
    be followed up to the end of the text.
    """
    said = rf"(?:[^{first}]++|(?!{begin}|{end})[{first}])*+"
    return rf"{said}(?:{begin}{said}){{0,{_NESTED}}}+"


def element(names: str, group: str = "element") -> str:
    """An element with one of the ``names`` and all it holds, up to its first end tag."""
    begin, end = rf"<(?P={group})\b", rf"</(?P={group})\s*+>"
    return rf"<(?P<{group}>{names})\b{until(end, begin, '<')}{end}"


COMMENT = rf"<!--{until('-->', '<!--', '<-')}-->"
# A > between quotes ends no tag; a lone quotation mark is no quote.
TAG = r"<(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+>|<[^<>]*+>"
# The item of a list whose place kramdown's {:toc} takes, as its manual and others write it; another item
# is somebody's text.
SEED = (
    r"(?i:(?:the[ ])?(?:toc|table of contents|contents|list|index|inhalt(?:sverzeichnis)?|sommaire|[ií]ndice)"
    r"[ \t.:]*+|[^\n]*?\b(?:replaced|scraped)\b[^\n]*+)"
)
