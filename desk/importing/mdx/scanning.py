"""MDX seen as what it is: code, braces that belong together, and tags with their attributes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_FENCE = re.compile(
    r"^[ \t>]*+(?:(?:[-*+]|\d{1,9}[.)]) ++)?(?P<mark>`{3,}+|~{3,}+)(?P<info>[^\n]*+)"
)
_CODE = re.compile(
    r"(?<!`)(?P<marks>`++)(?:[^`\n]++|\n(?![ \t]*+\n)|(?!(?P=marks)(?!`))`++)*+(?P=marks)(?!`)"
)
_MATH = re.compile(
    r"\$\$(?:[^$]++|\$(?!\$))*+\$\$|(?<![\\$\w])\$[^$\n`\\^_]{0,300}+[\\^_][^$\n`]{0,300}+\$|\\\([^\n]{0,500}?\\\)"
)
_STRING = re.compile(
    r"\"(?:[^\"\\\n]|\\.){0,2000}+\"|'(?:[^'\\\n]|\\.){0,2000}+'|`(?:[^`\\]|\\.){0,2000}+`"
)
_NAME = re.compile(r"[A-Za-z][\w:.-]*+")
_ATTRIBUTE = re.compile(r"[A-Za-z_:@][\w:.@-]*+")
_QUOTED = re.compile(r"\"[^\"]*+\"|'[^']*+'")
_BLANK = re.compile(r"\s*+(?:/\*(?:[^*]|\*(?!/)){0,500}+\*/\s*+)*+")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag: its name (empty in a fragment), its attributes, and where it is in the text.

    A value with braces is code: ``code`` names those attributes. ``spread`` has what stands behind ``...``.
    """

    name: str
    attributes: Mapping[str, str]
    code: frozenset[str]
    spread: tuple[str, ...]
    start: int
    end: int
    closes: bool = False
    alone: bool = False


def masked(text: str) -> str:
    """``text`` with fenced code, code in backticks and formulas blanked out, at its full length.

    Indentation makes no code in MDX.
    """
    made: list[str] = []
    fence = ""
    for line in text.split("\n"):
        found = _FENCE.match(line)
        if fence:
            closing = found and found["mark"].startswith(fence) and not found["info"].strip()
            made.append(" " * len(line))
            fence = "" if closing else fence
        elif found and not (found["mark"][0] == "`" and "`" in found["info"]):
            fence = found["mark"]
            made.append(" " * len(line))
        else:
            made.append(line)
    prose = _CODE.sub(_blanked, "\n".join(made))
    return _MATH.sub(_blanked, prose) if "$" in prose or "\\(" in prose else prose


def _blanked(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def braces(prose: str) -> dict[int, int]:
    """Where each brace that opens is closed (the place behind), found in one pass."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    at = 0
    for found in re.finditer(r"[{}\"'`\\]", prose):
        if found.start() < at:
            continue
        sign, at = found[0], found.end()
        if sign == "\\":
            at += 1
        elif sign == "{":
            opened.append(found.start())
        elif sign == "}":
            if opened:
                pairs[opened.pop()] = at
        elif opened and (string := _STRING.match(prose, found.start())):
            at = string.end()
    return pairs


def tag_at(text: str, at: int, pairs: Mapping[int, int]) -> Tag | None:
    """The tag that begins at a place; None where none is."""
    start, at = at, at + 1
    closes = text.startswith("/", at)
    at += closes
    name = _NAME.match(text, at)
    at = name.end() if name else at
    attributes: dict[str, str] = {}
    code: set[str] = set()
    spread: list[str] = []
    while (at := _end(_BLANK, text, at)) < len(text):
        if text.startswith(">", at) or (text.startswith("/>", at) and name):
            alone = text[at] == "/"
            found = (name[0] if name else "", attributes, frozenset(code), tuple(spread), start)
            return Tag(*found, at + 1 + alone, closes, alone)
        if not name or closes:
            return None
        if text[at] == "{":
            end = pairs.get(at)
            if end is None:
                return None
            spread.append(text[at + 1 : end - 1].strip().removeprefix("..."))
            at = end
            continue
        key = _ATTRIBUTE.match(text, at)
        if not key:
            return None
        at = key.end()
        after = _end(_BLANK, text, at)
        if not text.startswith("=", after):
            attributes[key[0]] = "true"
            continue
        at = _end(_BLANK, text, after + 1)
        if value := _QUOTED.match(text, at):
            attributes[key[0]] = value[0][1:-1]
            at = value.end()
        elif at in pairs:
            attributes[key[0]] = text[at + 1 : pairs[at] - 1].strip()
            code.add(key[0])
            at = pairs[at]
        else:
            return None
    return None


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at
