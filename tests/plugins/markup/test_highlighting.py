"""Code blocks as HTML."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.markup.highlighting import CodeInfo, Highlighter, read_info

HIGHLIGHTER = Highlighter()


def text_of(block: str) -> str:
    """What a reader would copy from a block."""
    return html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"<figcaption>.*?</figcaption>", "", block)))


@pytest.mark.parametrize(
    ("info", "asked"),
    [
        ("", CodeInfo()),
        ("python", CodeInfo("python")),
        ("{.python}", CodeInfo("python")),
        ("language-js", CodeInfo("js")),
        ("C++", CodeInfo("c++")),
        ("js {1,3-4}", CodeInfo("js", marked=frozenset({1, 3, 4}))),
        ('js hl_lines="2 4-5"', CodeInfo("js", marked=frozenset({2, 4, 5}))),
        ('py title="a b.py" linenums="7"', CodeInfo("py", "a b.py", first_number=7)),
        ("title=x.py", CodeInfo(title="x.py")),
        ("go {linenos=true,hl_lines=[2]}", CodeInfo("go", "", frozenset({2}), 1)),
        ("go {linenos=table,linenostart=9}", CodeInfo("go", first_number=9)),
        ("go {linenos=false}", CodeInfo("go")),
        ("go unheard=of other", CodeInfo("go")),
    ],
)
def test_info_lines_of_the_common_tools(info: str, asked: CodeInfo) -> None:
    """Language, title, marked lines and numbers are read in each tool's spelling."""
    assert read_info(info) == asked


def test_known_languages_are_coloured_by_classes() -> None:
    """Colours are the theme's: no style attribute, and a keyboard can scroll the block."""
    block = HIGHLIGHTER.html("def f(): pass", "python")
    assert '<span class="k">def</span>' in block
    assert block.startswith(
        '<div class="highlight"><pre tabindex="0"><code class="language-python">'
    )
    assert "style=" not in block


def test_unknown_languages_are_shown_plainly() -> None:
    """A language nobody knows is still code."""
    block = HIGHLIGHTER.html("<b> & x", "nosuchlanguage")
    assert "&lt;b&gt; &amp; x\n</code>" in block
    assert "<span" not in block


def test_titles_are_captions_and_escaped() -> None:
    """A title stands above the code and cannot be markup."""
    block = HIGHLIGHTER.html("x", 'py title="<b>.py"')
    assert block.startswith('<figure class="highlight"><figcaption>&lt;b&gt;.py</figcaption>')


def test_numbers_are_not_part_of_the_text() -> None:
    """Copied code has no line numbers in it."""
    block = HIGHLIGHTER.html("a = 1\nb = 2", 'py linenums="9"')
    assert re.findall(r'data-linenos="(\d+)"', block) == ["9", "10"]
    assert text_of(block) == "a = 1\nb = 2\n"


def test_marked_lines_are_marked() -> None:
    """The lines asked for are marked whole, and no others."""
    block = HIGHLIGHTER.html("one\ntwo\nthree", "text {2}")
    assert block.count('<span class="hll">') == 1
    assert '<span class="hll">two\n</span>' in block


@given(
    st.text(alphabet="ab<>&\"'\n\t (){}=#", max_size=80),
    st.sampled_from(["", "python", "html", "js {1}", 'text linenums="1"', "nosuch"]),
)
def test_no_character_of_the_code_is_lost(code: str, info: str) -> None:
    """What a reader copies is what the writer wrote."""
    assert text_of(HIGHLIGHTER.html(code, info)).rstrip("\n") == code.rstrip("\n")
