"""The quick way to HTML gives what the converter gives, or leaves the text to it."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings

from plugins.markup.quick.page import page
from plugins.markup.settings import MarkupSettings
from tests.plugins.markup.quick.samples import (
    FENCE,
    PLAIN,
    TEXTS,
    USUAL,
    assert_same,
    quickly,
)


@pytest.mark.parametrize("text", USUAL)
def test_the_usual(text: str) -> None:
    """What people usually write comes out the same."""
    assert_same(text)


@pytest.mark.parametrize(
    "text",
    [
        *("One\ntwo *em* `code` [link](a).", "## H\n\n- a\n- b", "> q", "1. a\n2. b", "---", ""),
        *('![A](b "C")', "| A | B |\n|---|---|\n| 1 | 2 |", "```\ncode\n```", "T:\n- a", "## H\nT"),
        *("**Strong.** (*em*) foo*bar*baz **a `b*` [c](d)** e_f", "a > b & c | d \"e\" 'f'"),
    ],
)
def test_the_usual_is_done_quickly(text: str) -> None:
    """What is written in the usual way is not left to the converter."""
    assert quickly(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        *(
            "a \\* b",
            "a <b>b</b>",
            "&copy;",
            "[a]",
            "[a][b]\n\n[b]: c",
            "a[^1]\n\n[^1]: b",
            "`` ` ``",
        ),
        *(
            "***a***",
            "*a **b** c*",
            "a * b",
            "_a_",
            "~~a~~",
            "a  \nb",
            "https://example.org",
            "[TOC]",
        ),
        *(
            "    code",
            "- a\n    - b",
            "- a\n  b",
            "- [ ] a",
            "Term\n: b",
            "!!! note",
            "a\n===",
            "a\n---",
        ),
        *(
            "> > a",
            "> - a",
            "> a\nb",
            "![](a.png)",
            "| a | `b` |\n|---|---|\n| 1 | 2 |",
            "{: .a}",
            "\ta",
        ),
        *(
            "*[HTML]: b",
            "[a](b\\)",
            "[a](<b>)",
            "[a](b 'c')",
            "[![a](b)](c)",
            "a <!-- b -->",
            "1) a",
        ),
    ],
)
def test_the_unusual_is_left_to_the_converter(text: str) -> None:
    """What has a meaning of its own is not guessed at."""
    assert quickly(text) is None


def test_typographic_quotes_are_left_to_the_converter() -> None:
    """With them every text needs the converter."""
    assert page("a", (), FENCE, MarkupSettings(smart_quotes=True)) is None


@settings(max_examples=300)
@given(TEXTS)
@example("*a*\n\n- ")
def test_any_text(text: str) -> None:
    """Whatever is written comes out the same, or is left to the converter."""
    assert_same(text)


@pytest.mark.deep
@pytest.mark.timeout(600)
@settings(max_examples=8_000)
@given(TEXTS)
def test_any_text_at_length(text: str) -> None:
    """The same, many times."""
    assert_same(text)


@pytest.mark.parametrize(
    "sign", ["*", "**a ", "[", "`", "<", "_a", "[a](", "> ", "- ", "*a [b](c) ", "![", "&", "a_"]
)
def test_long_runs_of_a_sign_are_read_in_linear_time(sign: str) -> None:
    """What cannot be read quickly is given up quickly, too."""
    import time

    def seconds(times: int) -> float:
        text = sign * times
        start = time.perf_counter()
        page(text, (), FENCE, PLAIN)
        return time.perf_counter() - start

    seconds(1_000)
    assert min(seconds(40_000) for _ in range(3)) < 20 * max(seconds(10_000), 0.002)
