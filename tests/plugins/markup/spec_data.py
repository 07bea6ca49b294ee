"""The examples of CommonMark's specification, from the package ``commonmark-spec`` of npm.

They are not a part of this repository (they are under CC-BY-SA 4.0): they come with the checkers of
pages, pinned there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tests.conftest import ROOT
from tests.needs import require

SPEC = ROOT / "tests/browser/checkers/node_modules/commonmark-spec/spec.txt"
_EXAMPLE = re.compile(
    r"^`{32} example\n(?P<markdown>[\s\S]*?)^\.\n(?P<html>[\s\S]*?)^`{32}$", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Example:
    """One example: its number, the Markdown, and the HTML that it becomes."""

    number: int
    markdown: str
    html: str


@cache
def examples() -> tuple[Example, ...]:
    """All of them; the test is skipped where they are not there."""
    reason = "CommonMark's examples are not there: run `npm ci` in tests/browser/checkers"
    require(SPEC.is_file(), reason)
    text = SPEC.read_text(encoding="utf-8").partition("<!-- END TESTS -->")[0]
    return tuple(
        Example(number, *(found[group].replace("→", "\t") for group in ("markdown", "html")))
        for number, found in enumerate(_EXAMPLE.finditer(text), start=1)
    )
