"""One line of Markdown as text."""

from __future__ import annotations

import pytest

from plugins.markup.inline_text import plain
from plugins.markup.markup import Markup
from plugins.markup.plaintext import first_heading


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("Using the `<b>` tag in C#", "Using the <b> tag in C#"),
        ("``a ` b`` and `&amp;`", "a ` b and &amp;"),
        ("Tips &amp; tricks for R&amp;D", "Tips & tricks for R&D"),
        ("*All* **of** ~~it~~ _now_", "All of it now"),
        ("See [the *guide*](a.md) and [more][b]", "See the guide and more"),
        ("![A cat](cat.jpg) at home", "A cat at home"),
        ("\\*Not\\* \\$5 \\# \\<b>", "*Not* $5 # <b>"),
        ("<https://example.org/a?b&c>", "https://example.org/a?b&c"),
        ("The <em>new</em> price<br/>of <!-- much --> trust", "The new price of trust"),
        ("When to use <b> and <strong>", "When to use <b> and <strong>"),
        ("Vec<T> & Option<Box<T>>", "Vec<T> & Option<Box<T>>"),
        ("</b> ends <b>bold</b>", "</b> ends bold"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("1. One", "1. One"),
        ("# One", "# One"),
        ("a <b and a[0][1]", "a <b and a[0][1]"),
        ("Learning C# {#c .x}", "Learning C#"),
        ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
        ("plain   text", "plain text"),
    ],
)
def test_a_line_is_the_text_of_its_html(line: str, text: str) -> None:
    """Marks are gone, code and entities are read, and no word is lost."""
    assert plain(line) == text


@pytest.mark.parametrize(
    "line", ["Using `<b>` at work", "R&amp;D *now*", "[A](b.md) & `c`", "\\*a\\* <https://b.org>"]
)
def test_a_title_reads_like_a_heading_of_the_body(line: str) -> None:
    """The heading that is taken for the title says what it would say in the contents list."""
    heading = first_heading(f"# {line}\n\nText.")
    (kept,) = Markup().render(f"Text.\n\n## {line}\n").headings
    assert heading is not None
    assert heading.text == kept.text
