"""Markdown that stays Markdown is reported at its line."""

from __future__ import annotations

import pytest

from plugins.errors import SiteError
from plugins.markup.markup import Markup

MARKUP = Markup()


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("<div>\n\n![alt](a.png)\n\n</div>", 5, "stands inside HTML"),
        ("<div>\n**bold** here\n</div>", 4, "stands inside HTML"),
        ("A claim.[^1]\n\n[^2]: Text.", 3, "the footnote [^1] has no text"),
        ("A claim.[^1]\n\n[^1]:\n", 3, "the footnote [^1] has no text"),
        ("See [the guide][guide].", 3, "where [the guide][guide] leads"),
        ("| a | b |\n|---|---|---|\n| 1 | 2 |", 4, "table would be printed as text"),
    ],
)
def test_what_would_be_printed_as_typed(text: str, line: int, words: str) -> None:
    """Each is named with its line and a way out."""
    with pytest.raises(SiteError) as caught:
        MARKUP.render(text, 3, "posts/a.md")
    (problem,) = caught.value.problems
    assert (problem.path, problem.line, problem.field) == ("posts/a.md", line, "body")
    assert words in problem.message
    assert problem.hint


@pytest.mark.parametrize(
    "text",
    [
        *("`[a](b)` and `**c**`", "```\n[^1] [a][b]\n```", "\\[a](b) \\[^1] \\[a][b]", "a.[1][2]"),
        *("<!-- [a](b) -->", "<pre>[a](b) **c**</pre>", "a[0] (b)", "\\*\\*a\\*\\*", "2 ** 3 ** 4"),
        *("[a][b]\n\n[b]: /c", "a[^1]\n\n[^1]: b", "| a |\n|---|\n| b |", "a\n\n---\n\nb"),
        '<div markdown="1">\n\n**a** [b](c)\n\n</div>',
    ],
)
def test_what_is_meant_to_be_seen(text: str) -> None:
    """Code, comments and what a backslash protects are left alone."""
    assert MARKUP.render(text).html
