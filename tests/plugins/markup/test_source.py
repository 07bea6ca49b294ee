"""What of a Markdown source is code, and what a line says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.markup.inline_text import plain
from plugins.markup.source import masked, scan


def code_of(text: str) -> list[str]:
    """The lines that are code."""
    source = scan(text)
    return [line for number, line in enumerate(source.lines) if number in source.code]


def test_a_fence_holds_its_code_and_info() -> None:
    """A fenced block gives its lines, its info and where it begins and ends."""
    (fence,) = scan("a\n\n```python title=x\nx = 1\n\n```\nb").fences
    assert (fence.first, fence.last, fence.info, fence.code) == (2, 5, "python title=x", "x = 1\n")
    assert fence.closed


def test_a_longer_fence_closes_a_shorter_one_and_not_the_reverse() -> None:
    """Fences nest by length, as in CommonMark."""
    (fence,) = scan("````\n```\nx\n```\n`````\ny").fences
    assert fence.code == "```\nx\n```"


def test_tildes_and_backticks_do_not_close_each_other() -> None:
    """A fence is closed by its own mark only."""
    (fence,) = scan("~~~\n```\n~~~").fences
    assert fence.code == "```"


def test_a_fence_that_never_ends_takes_the_rest_and_says_so() -> None:
    """An open fence is reported as such, not guessed at."""
    (fence,) = scan("a\n```\nb\nc").fences
    assert not fence.closed
    assert fence.last == 3


def test_backticks_within_a_line_open_no_fence() -> None:
    """Inline code with three backticks at the start of a line is not a block."""
    assert scan("```code``` and text\n").fences == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("- a\n\n  ```\n  x\n    y\n  ```", "x\n  y"),
        ("- ```\n  x\n  ```", "x"),
        ("1. a\n    ```\n    x\n    ```", "x"),
        ("> ```\n> x\n>   y\n> ```", "x\n  y"),
        ("> > ```\n> > x\n> > ```", "x"),
    ],
)
def test_fences_in_lists_and_quotes_lose_their_indentation(text: str, code: str) -> None:
    """What is inside a list item or a quote is code without the indentation and the marks."""
    assert [fence.code for fence in scan(text).fences] == [code]


def test_a_quote_that_ends_closes_its_fence() -> None:
    """A fence quoted without its end does not swallow the text below the quote."""
    (fence,) = scan("> ```\n> x\n\ntext").fences
    assert fence.closed
    assert fence.code == "x"


def test_tabs_in_code_at_the_margin_are_kept() -> None:
    """A Makefile's tabs survive, or readers could not copy it."""
    (fence,) = scan("```make\nall:\n\techo\n```").fences
    assert fence.code == "all:\n\techo"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a\n\n    x\n\n    y\n\nb", ["    x", "", "    y", ""]),
        ("a\n    not code", []),
        ("- a\n\n    in the item", []),
        ("- a\n\n        code in it", ["        code in it"]),
        ("[^1]: a\n\n    in the note", []),
        ("!!! note\n\n    in the box", []),
        ("- a\n\ntext\n\n    code", ["    code"]),
    ],
)
def test_indented_code_is_told_from_what_belongs_to_a_list(text: str, code: list[str]) -> None:
    """Four spaces make code only where no list, note or box holds the line."""
    assert code_of(text) == code


def test_masking_blanks_all_that_is_no_prose() -> None:
    """Code, comments and raw code elements disappear; what is around them stays in its place."""
    text = "a `b` <!-- c\nd --> e <pre>f</pre> g ``h ` i`` j \\`k\n\n```\nl\n```\n"
    assert "".join(masked(text).split()) == "aegj\\`k"
    assert masked(text).index("e") == text.index(" e ") + 1


@given(st.text(alphabet="ab`~<>!-/pre \n\t*[]()\\", max_size=200))
def test_masking_keeps_length_and_lines(text: str) -> None:
    """A place in the mask is the same place in the text, whatever the text is."""
    blank = masked(text)
    assert len(blank) == len(text)
    assert [n for n, c in enumerate(blank) if c == "\n"] == [
        n for n, c in enumerate(text) if c == "\n"
    ]


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("**Bold** and *it*", "Bold and it"),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
        ("[a link](x.md) ![img](y.png)", "a link img"),
        ("[a][b] `code` ~~no~~", "a code no"),
        ("Title {#id .c}", "Title"),
        ("a \\* b <em>c</em>", "a * b c"),
    ],
)
def test_plain_text_of_a_line(markdown: str, text: str) -> None:
    """A title says what its marks say, without the marks."""
    assert plain(markdown) == text
