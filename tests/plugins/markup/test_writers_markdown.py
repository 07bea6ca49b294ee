"""Markdown as people write it becomes the Markdown that the converter reads."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.markup.markup import Markup

MARKUP = Markup()

# A list: whether it is numbered, and its items, each a word with perhaps a list below it.
Items = list[tuple[str, "Items | None"]]


@st.composite
def lists(draw: st.DrawFn, depth: int = 0) -> Items:
    """Lists of words, nested up to four deep."""
    below = lists(depth=depth + 1) if depth < 3 else st.none()
    item = st.tuples(st.sampled_from(["one", "two", "three"]), st.one_of(st.none(), below))
    return draw(st.lists(item, min_size=1, max_size=3))


def written(items: Items, numbered: bool, indent: int, gap: bool) -> list[str]:
    """``items`` in Markdown, nested by as many spaces as the marker above is wide."""
    lines = []
    for number, (word, below) in enumerate(items, start=1):
        marker = f"{number}. " if numbered else "- "
        lines.append(f"{' ' * indent}{marker}{word}")
        if gap:
            lines.append("")
        if below:
            lines += written(below, not numbered, indent + len(marker), gap)
    return lines


def shape(items: Items, numbered: bool) -> str:
    """``items`` as HTML without paragraphs and white space."""
    tag = "ol" if numbered else "ul"
    inner = "".join(
        f"<li>{word}{shape(below, not numbered) if below else ''}</li>" for word, below in items
    )
    return f"<{tag}>{inner}</{tag}>"


@given(lists(), st.booleans(), st.booleans())
def test_lists_nest_by_the_width_of_their_markers(items: Items, numbered: bool, gap: bool) -> None:
    """Any nesting of lists written as GitHub reads it keeps its shape."""
    content = MARKUP.render("\n".join(written(items, numbered, 0, gap))).html
    assert re.sub(r"</?p>|\s", "", content) == shape(items, numbered)


@given(lists(), st.booleans())
def test_lists_nested_by_four_spaces_keep_their_shape(items: Items, gap: bool) -> None:
    """The converter's own way of nesting is understood as ever."""

    def by_four(items: Items, indent: int) -> list[str]:
        lines = []
        for word, below in items:
            lines += [f"{' ' * indent}* {word}", *([""] if gap else [])]
            lines += by_four(below, indent + 4) if below else []
        return lines

    content = MARKUP.render("\n".join(by_four(items, 0))).html
    bullets = shape(items, numbered=False).replace("ol>", "ul>")
    assert re.sub(r"</?p>|\s", "", content) == bullets


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("text\n- a\n- b", "<p>text</p><ul><li>a</li><li>b</li></ul>"),
        ("text\n1. a", "<p>text</p><ol><li>a</li></ol>"),
        ("In the year\n1986. A good one", "<p>In the year\n1986. A good one</p>"),
        ("1) a\n2) b", "<ol><li>a</li><li>b</li></ol>"),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("- a\n\n  b\n  c", "<ul><li><p>a</p><p>b\nc</p></li></ul>"),
        ("> text\n> - a\n>   - b", "<blockquote><p>text</p><ul><li>a<ul><li>b</li></ul></li></ul>"
         "</blockquote>"),
        ("> a\n\n> b", "<blockquote><p>a</p></blockquote><blockquote><p>b</p></blockquote>"),
        ("!!! note\n    a\n    - b", '<div class="admonition note"><p class="admonition-title">Note'
         "</p><p>a</p><ul><li>b</li></ul></div>"),
        ("text\n\n* * *\n\ntext", "<p>text</p><hr><p>text</p>"),
        ("- a\n\n\n- b\n\ntext", "<ul><li><p>a</p></li><li><p>b</p></li></ul><p>text</p>"),
        ("text\n    - not code, not a list", "<p>text\n    - not code, not a list</p>"),
    ],
)  # fmt: skip
def test_blocks_as_people_write_them(text: str, content: str) -> None:
    """Lists need no blank line before them, quotes are kept apart, years do not count."""
    assert re.sub(r"\n(?=<)|(?<=>)\n", "", MARKUP.render(text).html) == content


@pytest.mark.parametrize(
    "text",
    [
        "text\n```\ncode\n```\ntext",
        "- item\n  ```\n  code\n  ```",
        "1. item\n\n   ```\n   code\n   ```\n\n2. item",
        "- ```\n  code\n  ```",
        "> text\n> ```\n> code\n> ```\n>\n> text",
        "- item\n\n      code",
        "text\n\n    code",
    ],
)
def test_code_is_a_block_of_its_own(text: str) -> None:
    """Wherever a block of code stands, it is one, and in no paragraph."""
    content = MARKUP.render(text).html
    assert re.search(r"<pre[^>]*><code>code\n</code></pre>", content)
    assert not re.search(r"<p>(?:(?!</p>).)*<div", content, re.DOTALL)


def test_a_list_goes_on_after_its_code() -> None:
    """Code indented by the width of the marker belongs to its item."""
    content = MARKUP.render("1. a\n\n   ```\n   x\n   ```\n\n2. b").html
    assert content.count("<ol>") == 1
    assert content.index("<pre") < content.index("</li>")


def test_a_table_needs_no_blank_line_before_it() -> None:
    """A table right below a paragraph is a table."""
    content = MARKUP.render("text\n| a | b |\n|---|---|\n| 1 | 2 |").html
    assert content.startswith("<p>text</p>")
    assert "<table>" in content


def test_code_in_an_item_keeps_its_own_indentation() -> None:
    """Several lines of indented code in a list move together."""
    content = MARKUP.render("- a\n\n      if x:\n          y").html
    assert "<code>if x:\n    y\n</code>" in content
