"""Words counted in HTML."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.markup.markup import Markup
from plugins.markup.words import count_words

# What a word is, in the plainest way to say it.
CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
WORD = re.compile(rf"[{CJK}]|[^\W_]+(?:['’.,-][^\W_]+)*")
HIDDEN = re.compile(
    r"<(?:!--.*?-->|(script|style)\b.*?</\1\s*>|[a-zA-Z/](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>)",
    re.DOTALL | re.IGNORECASE,
)
PIECES = (
    *("a", "Z", "0", "é", "ß", "日", "カ", "ж", "’", "'", "-", ".", ",", " ", "\n", "_", "“", "…"),
    *(
        "²",
        "×",
        "\xa0",
        "\u017f",
        "\u212a",
        "\u0130",
        "\ud800",
        "&amp;",
        "&quot;",
        "&#39;",
        "&nbsp;",
    ),
    *("&amp;quot;", "&#x2019;", "&eacute;", "&", "<b>", "</b>", "<br>", "<i a='>'>", '<i b="x y">'),
    *("<!-- x -->", "<script>", "</script>", "<style >", "</STYLE>", "<", ">", '"', "<\u212a>"),
)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("<p>It's a well-known <b>fact</b>.</p>", 4),
        ("<p>It’s a “well-known” naïve <b>fact</b>…</p>", 5),
        ("<p>one<br>two</p><script>var three</script><!-- four -->", 2),
        ("<p title='a > b'>A&nbsp;B 1,000.5</p>", 3),
        ("<p>日本語 text</p>", 4),
        ("a - b, ,c ..d --e", 5),
        ("", 0),
    ],
)
def test_words_are_what_is_read(content: str, words: int) -> None:
    """Markup and scripts are no words; a character of Chinese or Japanese is one."""
    assert count_words(content) == words


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_the_quick_ways_count_as_the_plain_one(content: str) -> None:
    """Whatever is in the HTML, there are as many words as a search for them finds."""
    assert count_words(content) == len(WORD.findall(html.unescape(HIDDEN.sub(" ", content))))


def test_every_character_counts_as_the_plain_way_counts_it() -> None:
    """Alone, and between letters of ASCII, no character is taken for another kind."""
    for code in range(0x3000):
        said = html.escape(f"a{chr(code)}b {chr(code)}")
        assert count_words(said) == len(WORD.findall(html.unescape(said))), hex(code)


def test_code_is_counted_with_the_text_around_it() -> None:
    """A body has the words of its text, of captions, and of code as it was written."""
    text = 'One *two*.\n\n```python title="a b"\nx = "it\'s" # it\n```\n\n```js\nf(a.b, 1.5)\n```\n'
    assert Markup().render(text).words == 2 + 2 + 3 + 3
    assert Markup().render(f"{text}\n\n<p>three</p>\n").words == 2 + 2 + 3 + 3 + 1
    assert Markup().render("`a` b[^1]\n\n[^1]: c `d`").words == 4
