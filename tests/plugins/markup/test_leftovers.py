"""Markdown that stays Markdown is reported at its line."""

from __future__ import annotations

from html import escape

import pyromark
import pytest

from plugins.errors import SiteError
from plugins.markup import leftovers
from plugins.markup.markup import Markup

MARKUP = Markup()


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("<div>\n![alt](a.png)\n\n</div>", 4, "with its marks"),
        ("<div>\n**bold** here\n</div>", 4, "with its marks"),
        ("A claim.[^1]\n\n[^2]: Text.", 3, "the footnote [^1] has no text"),
        ("A claim.[^1]\n\n[^1]:\n", 5, "the footnote [^1] has no text"),
        ("See [the guide][guide].", 3, "where [the guide][guide] leads"),
        ("a\n\n:::tip\nb", 5, "the box :::tip"),
        ("a\n\n> !!! note\n>     b\n", 5, "the box !!! note"),
        ("a\n\n[!NOTE]\nb", 5, "begins no callout"),
        ("a\n\nb {: .x}", 5, "belong to nothing"),
        ("a\n\nb {.x}", 5, "belong to nothing"),
        ("a\n\n[[A page|a]]", 5, "is a wiki link"),
        ("a^[b]", 3, "the note ^[b]"),
        ("a\n\n$$\nb^2\n\nc\n$$", 5, "the formula between $$"),
        ("a\n\n**b **", 5, "with its marks"),
    ],
)
def test_what_would_be_printed_as_typed(text: str, line: int, words: str) -> None:
    """Each is named with its line and a way out."""
    with pytest.raises(SiteError) as caught:
        MARKUP.render(text, 3, "posts/a.md")
    problem = caught.value.problems[0]
    assert (problem.path, problem.line, problem.field) == ("posts/a.md", line, "body")
    assert words in problem.message
    assert problem.hint


@pytest.mark.parametrize(
    "text",
    [
        *("`[a](b)` and `**c**`", "```\n[^1] [a][b]\n```", "\\[a](b) \\[^1] \\[a][b]", "a.[1][2]"),
        *("<pre>[a](b) **c**</pre>", "a[0] (b)", "\\*\\*a\\*\\*", "2 ** 3 ** 4"),
        *("[a][b]\n\n[b]: /c", "a[^1]\n\n[^1]: b", "| a |\n|---|\n| b |", "a\n\n---\n\nb"),
        '<div markdown="1">\n\n**a** [b](c)\n\n</div>',
        *(
            "if a == b, or $5 (A$)",
            "`[[a]]` \\[[b]]",
            "a{b} {c}",
            "10:30: done",
            "wow!!! yes",
            "$$ and $$",
        ),
        *("`{: .x}` \\{: .x}", "what???", "a \\:::tip", "1 < 2 > 0", "x^[y", "2^[1]: no"[:4]),
    ],
)
def test_what_is_meant_to_be_seen(text: str) -> None:
    """Code, comments and what a backslash protects are left alone."""
    assert MARKUP.render(text).html


@pytest.mark.parametrize(
    ("text", "line", "shown"),
    [
        ("> [!NOTE]\n> Useful.", 3, "[!NOTE]"),
        ("a\n\n> [!my-own]- T\n> b", 5, "[!my"),
        ('??? tip "More"\n    Text.', 3, '??? tip "More"'),
        ("???+ note\n    Text.", 3, "???+ note"),
        (":::tip\nText.\n:::", 3, ":::tip"),
        ("::: {.note}\nText.\n:::", 3, "::: {.note}"),
        ("{:.centered}\nText.", 3, "{:.centered}"),
        ("{::nomarkdown}\nText.\n{:/}", 3, "{::nomarkdown}"),
        ("a ==b== c", 3, "==b=="),
        ("See [[Another page]].", 3, "[[Another page]]"),
        ("import Figure from '../figure.astro'\n\na", 3, "import Figure"),
        ("a\n\n| b | c |\n| d | e |", 5, "| b | c | | d | e |"),
    ],
)
def test_marks_of_other_dialects(text: str, line: int, shown: str) -> None:
    """Where one reaches the page as it is typed, it is named with its line and a way out."""
    html = "".join(f"<p>{escape(part)}</p>\n" for part in text.replace("> ", "").split("\n\n"))
    first, *_ = leftovers.find(html, text, 3, "posts/a.md")
    assert (first.line, first.rule) == (line, "markup-printed")
    assert shown in first.message or "table would be printed" in first.message
    assert first.hint


@pytest.mark.parametrize(
    "text",
    [
        *("a == b and a==b", "$5 (A$)", "Wow!!! What???", "a ::: b", "10:30", "{a} {b: c}"),
        *("a[0][1]", "[[1]]", "import taxes rose", "a | b", "| a |", "x === y !== z", "Note! [!]"),
        *("`==a==` `[!NOTE]`", "```\n:::tip\n| a | b |\n| c | d |\n```", "\\[!NOTE] \\==a=="),
    ],
)
def test_prose_is_no_dialect(text: str) -> None:
    """Signs that look alike, code, and what a backslash protects are left alone."""
    assert list(leftovers.find(pyromark.html(text), text)) == []
