"""The tables of docs/markdown.md: each row is what the converter does."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from plugins.markup.markup import Markup
from tests.conftest import ROOT

MARKUP = Markup()
DOCS = ROOT / "docs" / "markdown.md"
SECTIONS = ("Marks in a line", "Blocks", "Boxes", "Attributes", "HTML")
_CELL = re.compile(r"\s*(`+)(?P<said>.*?)\1\s*")


def rows() -> Iterator[tuple[str, str]]:
    """What is written and what it becomes, of each row that shows both."""
    text = DOCS.read_text(encoding="utf-8")
    for section in SECTIONS:
        table = text.partition(f"\n## {section}\n")[2].partition("\n## ")[0]
        for line in table.splitlines():
            cells = re.split(r"(?<!\\)\|", line)
            found = [_CELL.fullmatch(cell) for cell in cells[1:3]]
            if len(found) == 2 and found[0] and found[1]:
                written, becomes = (one["said"].replace("\\|", "|") for one in found if one)
                yield written.replace("↵", "\n"), becomes


@pytest.mark.parametrize(("written", "becomes"), list(rows()))
def test_the_docs_say_what_becomes_of_each_mark(written: str, becomes: str) -> None:
    """What a row promises is in the HTML, line ends aside."""
    html = MARKUP.render(written).html
    assert becomes in html.replace("\n", "")


def test_every_section_has_its_rows() -> None:
    """A table that nobody reads tests nothing."""
    assert len(list(rows())) >= 80
