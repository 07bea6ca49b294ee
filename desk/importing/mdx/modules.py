"""The imports and exports of an MDX file: taken out of the text, and what they give to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from desk.importing import js_values
from desk.importing.mdx.scanning import masked
from desk.importing.model import Note, Sure

_BEGINS = re.compile(r"(?:import|export)\b(?=[\s{*\"'])")
_STARTS = re.compile(
    r"import\s++(?:type\s++)?(?:[\w${*\"']|\()|export\s++(?:const|let|var|default|async|function|type|interface|\{|\*)"
)
_IMPORTED = re.compile(
    r"import\s++(?P<name>[\w$]++)(?:\s*+,\s*+\{[^{}]*+\})?\s++from\s++[\"'](?P<from>[^\"'\n]++)[\"']"
)
# Which components stand for elements, types, and what other modules have: no words of the text.
_NO_TEXT = re.compile(
    r"export\s++(?:const\s++(?:components|prerender|layout)\b|\{|\*|type\b|interface\b)"
)
_SIGNS = re.compile(
    r"\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+'|`(?:[^`\\]|\\.)*+`|[({\[\])}]", re.DOTALL
)
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg"})
_FILES = _PICTURES | {".mp4", ".webm", ".mp3", ".pdf", ".ogg", ".wav"}
# Looked for to the end of a text as many times, and then no more.
_MOST_UNCLOSED = 10
_META = ("metadata", "meta", "frontmatter", "frontMatter")


@dataclass(frozen=True, slots=True)
class Scope:
    """What the text may name: files that were imported, plain values, and other components."""

    files: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)

    def fields(self) -> dict[str, Any]:
        """Front matter that was written as an export."""
        for name in _META:
            if isinstance(value := self.values.get(name), dict):
                return dict(value)
        return {}


def lift(text: str, line: int) -> tuple[str, Scope, list[Note]]:
    """``text`` with empty lines for its imports and exports, what they say, and notes on code."""
    lines = text.split("\n")
    prose = masked(text).split("\n")
    files: dict[str, str] = {}
    values: dict[str, Any] = {}
    notes: list[Note] = []
    number = unclosed = 0
    while number < len(lines):
        if (
            unclosed > _MOST_UNCLOSED
            or not _BEGINS.match(prose[number])
            or not _STARTS.match(prose[number])
        ):
            number += 1
            continue
        found_last = _last(lines, number)
        unclosed += found_last is None
        last = number if found_last is None else found_last
        said = "\n".join(lines[number : last + 1])
        files |= {
            found["name"]: found["from"]
            for found in _IMPORTED.finditer(said)
            if PurePosixPath(found["from"].partition("?")[0]).suffix.lower() in _FILES
        }
        if said.startswith("export"):
            found = js_values.named(said)
            values |= found
            if not found:
                what = " ".join(said.split())[:100]
                sure: Sure = "sure" if _NO_TEXT.match(said) else "lost"
                notes.append(Note(line + number, "code that is exported", what, sure))
        lines[number : last + 1] = [""] * (last + 1 - number)
        number = last + 1
    return "\n".join(lines), Scope(files, values), notes


def _last(lines: list[str], first: int) -> int | None:
    """The last line of a statement: where its brackets are closed; None where they never are."""
    depth = 0
    number = first
    while number < len(lines):
        for found in _SIGNS.finditer(lines[number]):
            depth += (found[0] in "({[") - (found[0] in ")}]") if len(found[0]) == 1 else 0
        after = lines[number + 1].strip() if number + 1 < len(lines) else ""
        goes_on = lines[number].rstrip().endswith(("=", "=>", "from", ",", "+"))
        if depth <= 0 and not goes_on and not after.startswith((".", "?.", "=>", "from ", "+ ")):
            return number
        number += 1
    return None
