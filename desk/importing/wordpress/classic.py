"""Paragraphs of the classic editor: blank lines divide them, line breaks stay (WordPress's wpautop)."""

from __future__ import annotations

import re

_BLOCK = (
    "table|thead|tfoot|caption|col|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|map|area"
    "|blockquote|address|style|p|h[1-6]|hr|fieldset|legend|section|article|aside|hgroup|header"
    "|footer|nav|figure|figcaption|details|menu|summary|iframe|video|audio|object|center"
    "|parley-block"
)
_TAG = re.compile(rf"<(?P<end>/?)(?P<name>{_BLOCK})(?=[\s/>])[^<>]*+>", re.IGNORECASE)
_VERBATIM = re.compile(
    r"<(pre|script|style|textarea|svg|table|object|parley-block)\b", re.IGNORECASE
)
_BREAK = re.compile(r"<!--(?:more|nextpage)[^<>]*+>")
_MORE = re.compile(r"\n{2,}")
_BLANK = re.compile(r"\n[ \t]++(?=\n)")
# Text in these is a line, and no paragraph, unless it has blank lines in it.
_LINES = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "dt",
        "dd",
        "td",
        "th",
        "figcaption",
        "caption",
        "summary",
        "legend",
    ]
)
_VOID = frozenset({"hr", "col", "area"})


def paragraphs(text: str) -> str:
    """``text`` with its paragraphs and line breaks as HTML; code, scripts and tables as they are."""
    lines = _BLANK.sub("\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = _BREAK.sub(r"\n\n\g<0>\n\n", lines)
    made: list[str] = []
    at = 0
    while found := _VERBATIM.search(lines, at):
        end = re.compile(rf"</{found[1]}\s*>", re.IGNORECASE).search(lines, found.end())
        if not end:
            break
        made += [_within(lines[at : found.start()]), lines[found.start() : end.end()]]
        at = end.end()
    return "".join([*made, _within(lines[at:])])


def _within(text: str) -> str:
    made: list[str] = []
    stack: list[str] = []
    at = 0
    for found in _TAG.finditer(text):
        made += [_texts(text[at : found.start()], stack), found[0]]
        at = found.end()
        name = found["name"].lower()
        if found["end"]:
            if name in stack[-20:]:
                while stack.pop() != name:
                    pass
        elif name not in _VOID and not found[0].endswith("/>"):
            stack.append(name)
    return "".join([*made, _texts(text[at:], stack)])


def _texts(text: str, stack: list[str]) -> str:
    parts = [part.strip("\n") for part in _MORE.split(text.strip("\n"))]
    parts = [part for part in parts if part.strip()]
    if not parts:
        return "\n" if text else ""
    broken = [part.strip().replace("\n", "<br>\n") for part in parts]
    if len(broken) == 1 and stack and stack[-1] in _LINES:
        return text.strip("\n").replace("\n", "<br>\n")
    if stack and stack[-1] in {"p", "h1", "h2", "h3", "h4", "h5", "h6"}:
        return "<br><br>".join(broken)
    return "\n".join(f"<p>{part}</p>" for part in broken) + "\n"
