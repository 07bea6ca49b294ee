r"""Formulas in LaTeX as MathML, which every browser shows without a script.

``$$...$$`` and ``\[...\]`` stand apart, ``\(...\)`` stands in a line, and so does ``$...$``
where a site asks for it. What does not look like a formula is none: "\\(see below\\)" are
brackets and "$5 or $6" is money.
"""

from __future__ import annotations

import re
from functools import cache

from math_core import LatexError, LatexToMathML

_WORDS = re.compile(r"(?<![\\A-Za-z{])[A-Za-z][A-Za-z0-9]{2,60}+[,.;:]?\s++[A-Za-z][A-Za-z0-9]")
_TEXT = re.compile(r"\\(?:text|mathrm|mbox|operatorname|begin|end|textbf|textit)\s*\{[^{}]*\}")
_SIGNS = re.compile(
    r"[\\^_=+<>{}/*|!-]|[0-9]|^\s*[A-Za-z]['’]?\s*$|^\s*[A-Za-z](?:\s*,\s*[A-Za-z])+\s*$"
)
# Lines of a formula that stands alone: what begins them means nothing to Markdown then.
_APART = re.compile(
    rb"(?m)^[ \t]*(?:\$\$|\\\[)(?:(?!\n[ \t]*\n|\$\$|\\\]).){1,4000}(?:\$\$|\\\])", re.DOTALL
)
_BRACKETS = re.compile(
    rb"(?<!\\)(?:\\\\)*(?P<round>\\\((?P<in>(?:(?!\n[ \t]*\n|\\[()]).){1,4000}?)\\\))"
    rb"|(?<!\\)(?:\\\\)*(?P<square>\\\[(?P<apart>(?:(?!\n[ \t]*\n|\\[\[\]]).){1,4000}?)\\\](?=[ \t]*$))",
    re.DOTALL | re.MULTILINE,
)
_CODE = re.compile(rb"(?<!`)(`++)(?:[^`\n]++|\n(?![ \t]*+\n)|(?!\1(?!`))`++)*+\1(?!`)")
_NEWLINE = bytes.maketrans(b"\n", b"\x14")


def has_formulas(data: bytes, *, dollars: bool) -> bool:
    """Whether ``data`` has anything like a formula in it, with ``dollars`` in single ones, too."""
    if b"\\" in data and (b"\\(" in data or b"\\[" in data):
        return True
    return b"$" in data and (dollars or b"$$" in data)


def is_formula(written: str) -> bool:
    """Whether ``written``, between marks of a formula, is one and no prose."""
    bare = _TEXT.sub("x", written)
    return bool(_SIGNS.search(bare)) and not _WORDS.search(bare)


def prepared(data: bytes) -> tuple[bytes, frozenset[int]]:
    """``data`` with all formulas between two dollars on one line, and the offsets of those in a line."""
    code = [found.span() for found in _CODE.finditer(data)] if b"`" in data else []
    out = bytearray(data)
    inline = set()
    for found in _BRACKETS.finditer(data):
        kind = "round" if found["round"] else "square"
        start, end = found.span(kind)
        inner = found["in"] or found["apart"]
        if any(first < start < last for first, last in code) or not is_formula(inner.decode()):
            continue
        if kind == "square" and data[data.rfind(b"\n", 0, start) + 1 : start].strip(b" \t>"):
            continue
        out[start : start + 2] = out[end - 2 : end] = b"$$"
        if kind == "round":
            inline.add(start)
    for found in _APART.finditer(bytes(out)):
        if any(first < found.start() < last for first, last in code):
            continue
        out[found.start() : found.end()] = found[0].translate(_NEWLINE)
    return bytes(out), frozenset(inline)


@cache
def _converter() -> LatexToMathML:
    return LatexToMathML(fancy_error=False)


def mathml(written: str, *, apart: bool) -> str:
    """The formula as an element ``math``; raises :class:`ValueError` that says what is wrong."""
    try:
        return str(_converter().convert_with_local_state(written.strip(), displaystyle=apart))
    except LatexError as error:
        raise ValueError(re.sub(r"^\d+: |\.$", "", str(error))) from error
