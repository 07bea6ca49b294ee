"""The usual paragraphs of an unusual text: done quickly, and where they are not."""

from __future__ import annotations

import pytest
from markdown import Markdown

from plugins.markup.quick.mixed import QuickPreprocessor
from tests.plugins.markup.quick.samples import UNUSUAL, USUAL, assert_same


def left(text: str) -> list[str]:
    """The blocks of ``text`` that are left to the library."""
    lines = QuickPreprocessor(Markdown()).run(text.split("\n"))
    return [block for block in "\n".join(lines).split("\n\n") if "\x02" not in block]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plain *text*.\n\n- [ ] task\n\n> quoted", ["- [ ] task"]),
        ("## Heading\n\nText\n\n- a", ["## Heading", "- a"]),
        ("One\n\n<!-- more -->\n\nTwo", ["<!-- more -->"]),
        ("One\n\nA <b>b</b> and 1 < 2, `<p>`\n\nTwo", ["A <b>b</b> and 1 < 2, `<p>`"]),
        ("One\n\n<div>\n\nTwo\n\n</div>", ["<div>", "Two", "</div>"]),
        ('One\n\n<b title="a\n\nTwo', ['<b title="a', "Two"]),
        ('One\n\n<span markdown="1">\n\nTwo', ['<span markdown="1">', "Two"]),
        ("Text\n\nTerm\n\n[x]: y\n\n  : What", ["Text", "Term", "[x]: y", "  : What"]),
        ("Text\n\n*[HTML]: Markup", ["Text", "*[HTML]: Markup"]),
        ("Text\n\n///Footnotes Go Here///", ["Text", "///Footnotes Go Here///"]),
    ],
)
def test_what_is_left_to_the_library(text: str, expected: list[str]) -> None:
    """Only what has a meaning beyond itself, or may be held by what stands above it."""
    assert left(text) == expected


@pytest.mark.parametrize("unusual", UNUSUAL)
def test_the_usual_around_the_unusual(unusual: str) -> None:
    """Before, between and after something unusual all that is usual comes out the same."""
    for number, usual in enumerate(USUAL):
        other = USUAL[(number * 7 + 3) % len(USUAL)]
        assert_same(f"{usual}\n\n{unusual}\n\n{other}\n\n{unusual}\n\n{usual}")
