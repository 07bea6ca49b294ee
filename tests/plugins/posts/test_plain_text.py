"""Titles and summaries without markup."""

from __future__ import annotations

import pytest

from plugins.frontmatter.values import Fault
from plugins.posts.plain_text import summary, title


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("The <em>new</em> price<br/>of trust", "The new price of trust"),
        ("Trust &amp; price &ldquo;now&rdquo; &#39;", "Trust & price “now” '"),
        ("Using <Foo> & <div>", "Using <Foo> & <div>"),
        ("AT&T &copy 2024 a < b", "AT&T &copy 2024 a < b"),
        ("*Stars* and `ticks`", "Stars and ticks"),
        ("Using the `<b>` tag in C#", "Using the <b> tag in C#"),
        ("When to use <b> and <strong>", "When to use <b> and <strong>"),
        ("2 * 3 * 4, snake_case and \\*stars\\*", "2 * 3 * 4, snake_case and *stars*"),
        ("A [link](https://example.org) &amp; more", "A link & more"),
        ("two\n lines", "two lines"),
        ("a&#10;b&#0;", "a b\ufffd"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        (2024, "2024"),
    ],
)
def test_titles(written: object, shown: str) -> None:
    """Read as a line of a body; what is no markup is text, for the theme to escape."""
    assert title(written) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("A [link](https://example.org) and **bold** `code`.", "A link and bold code."),
        ("<p>A paragraph with <a href='x'>a link</a>.</p>", "A paragraph with a link."),
        ("Fish &amp; chips", "Fish & chips"),
        ("![](a.jpg)", None),
    ],
)
def test_summaries(written: str, shown: str | None) -> None:
    """Markdown goes too; nothing but markup is no summary."""
    assert summary(written) == shown


def test_what_is_too_long_is_refused() -> None:
    """A text in the wrong field is named, not cut."""
    assert title("x" * 500) == "x" * 500
    for convert, length in ((title, 501), (summary, 5001)):
        with pytest.raises(Fault, match="too long"):
            convert("x" * length)
