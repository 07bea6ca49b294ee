"""The quick way to HTML gives what the converter gives, or leaves the text to it."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plugins.markup.converter import Converted, Converter, clean
from plugins.markup.highlighting import Highlighter
from plugins.markup.quick.page import page
from plugins.markup.settings import MarkupSettings
from plugins.markup.source import scan

FENCE = Highlighter().html
PLAIN = MarkupSettings()
CONVERTER = Converter(PLAIN, FENCE)


def quickly(text: str) -> Converted | None:
    """``text`` by the quick way."""
    return page(text, scan(text).fences, FENCE, PLAIN)


def slowly(text: str) -> Converted:
    """``text`` by the converter."""
    return CONVERTER.convert(text, scan(text).fences)


def flat(headings: list[dict[str, object]]) -> list[tuple[object, object, object]]:
    """Level, id and name of all headings, in order."""
    found: list[tuple[object, object, object]] = []
    for one in headings:
        children = one["children"]
        assert isinstance(children, list)
        found += [(one["level"], one["id"], one["name"]), *flat(children)]
    return found


def assert_same(text: str) -> None:
    """If the quick way understands ``text``, it gives what the converter gives."""
    made, expected = quickly(text), slowly(text)
    if made is not None:
        assert made.html == expected.html
        assert flat(made.headings) == flat(expected.headings)
        assert made.unnamed == expected.unnamed


USUAL = (
    "One paragraph.",
    "Two lines\nof *one*, with **strong** words, `code & <b` no.",
    'A [link](https://example.org/a_b?c=d&e=f), a [second](b.md "it\'s > a title") (and *a [third](c)*).',
    "snake_case and __init__ stay? snake__case, 2_000; a|b; {no}",
    "![A view](/a.jpg)",
    '![A view](/a_b.jpg "Of the sea")',
    "Inline ![A view](/a.jpg) and ![B](b.png 'no')",
    "# One\n\n## Two\n\n### Three `code` & *em* > 1",
    "## Same\n\n## Same\n\n## Same_1\n\n## main",
    "## Heading\nText below at once.\n## Another\n- list\n- at once",
    "- one\n- two `x`\n- three [y](z)",
    "* one\n+ two",
    "1. one\n2. two\n\nText",
    "3. one\n4. two",
    "Text first:\n- one\n- two\n\nText",
    "- one\n\n- two",
    "> quoted\n> *text*\n>\n> more",
    "> one\n\n> two",
    "| A | B |\n|---|--:|\n| 1 | *2* |",
    "## Head & shoulders\n\n| A | B | C |\n|:-:|:--|---|\n| 1 |  | x |\n\n| A | B |\n|---|---|\n| c | d |",
    "---",
    "Text\n\n***\n\nText",
    "```python\ndef f(): pass\n```",
    "Text\n```\ncode\n```\nText",
    "- a\n```\ncode\n```\n- b",
    "Trailing space \n\nText  ",
    "a&b AT&T; x & y",
    "100. no list\n\n2019 was",
    "It is 5 > 3 - or so",
    "\n\n\nText\n   \n\nText\n\n",
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


SIGNS = st.text(st.sampled_from("ab *_`[]()!#>-+.|:\n\n&;\"'1x<\\~{}=/"), max_size=40)
WORDS = st.lists(
    st.sampled_from(
        [
            *(
                "word",
                "two words",
                " ",
                " ",
                "\n",
                "\n\n",
                "\n\n",
                "*",
                "**",
                "*em*",
                "**strong**",
                "`",
            ),
            *(
                "`code`",
                "`a*b`",
                "[text](to)",
                "[a `b`](c)",
                '[a](b "c")',
                "[",
                "]",
                "(",
                ")",
                "](",
                "_",
            ),
            *(
                "![alt](src)",
                '![alt](src "title")',
                "a_b",
                "__",
                "\n# ",
                "\n## ",
                "#",
                "\n- ",
                "\n* ",
                "- ",
            ),
            *(
                "\n1. ",
                "\n2. ",
                "\n> ",
                ">",
                "\n>\n",
                "|",
                "\n| a | b |",
                "\n|---|:-:|",
                "\n| c | *d* |",
            ),
            *(
                "&",
                "&amp;",
                "&c",
                ";",
                "<b>",
                "</b>",
                "<!-- -->",
                "\\",
                "  \n",
                "\n    ",
                "\n  ",
                "\t",
                "'",
            ),
            *(
                '"',
                "!",
                ":",
                "\n: ",
                "---",
                "\n---\n",
                "\n***\n",
                "===",
                "~~",
                "~",
                "{",
                "}",
                "{: #a}",
                "é",
            ),
            *(
                "\n```\n",
                "\n```python\nx = 1\n```\n",
                "https://",
                "://",
                ".",
                ",",
                "^",
                "[^1]",
                "\n[^1]: ",
                "日",
            ),
            *(
                "\n[a]: b\n",
                "[a]",
                "\n*[ab]: c\n",
                "[TOC]",
                "\n!!! note\n",
                "main",
                "section",
                "\u00a0",
                "\x0b",
            ),
        ]
    ),
    max_size=24,
).map("".join)
BLOCKS = st.lists(st.sampled_from(USUAL), max_size=5).map("\n\n".join)
TIGHT = st.lists(st.sampled_from(USUAL), max_size=4).map("\n".join)


@settings(max_examples=300)
@given(st.one_of(WORDS, BLOCKS, TIGHT, SIGNS).map(clean))
@example("*a*\n\n- ")
def test_any_text(text: str) -> None:
    """Whatever is written comes out the same, or is left to the converter."""
    assert_same(text)


@pytest.mark.deep
@settings(max_examples=30_000)
@given(st.one_of(WORDS, BLOCKS, TIGHT, SIGNS, st.text(max_size=60)).map(clean))
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
