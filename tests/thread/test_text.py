"""Text for feeds: only characters XML can carry, and plain text that stays plain."""

from __future__ import annotations

import html

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from thread.text import clean, is_like_html, one_line, parsable, unlike_html

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))


@given(ANY_TEXT)
def test_cleaned_text_can_be_written_as_xml(text: str) -> None:
    """Whatever Python can hold becomes text that XML carries and gives back unchanged."""
    element = etree.Element("x")
    element.text = clean(text)
    again = etree.fromstring(etree.tostring(element, encoding="utf-8"))
    assert (again.text or "") == clean(text)


def test_only_what_is_no_character_goes() -> None:
    """Emoji, joiners, tabs and line ends stay; controls, surrogates and damage go."""
    assert clean("a\tb\nc👩‍🚀é\U0010fffd") == "a\tb\nc👩‍🚀é\U0010fffd"
    assert clean("a\x00\x08\x0b\x1f\x7f\x9f\ud800\ufdd0\ufffd\uffffb") == "ab"
    assert one_line(" a\n\x07 b ") == "a b"
    assert parsable("a\x00\ud800é") == "aé".encode()


@given(ANY_TEXT)
def test_text_made_unlike_html_is_the_same_for_html_readers(text: str) -> None:
    """An HTML reader shows the text as written, but for a mark that has no width."""
    safe = unlike_html(text)
    assert not is_like_html(safe)
    shown = html.unescape(safe)
    assert shown == safe
    assert shown.replace("\u2060", "") == text.replace("\u2060", "")


def test_text_that_looks_like_html_is_told_from_text_that_does_not() -> None:
    """Tags and references do; comparisons and company names do not."""
    like = [
        "a <b>c</b>",
        "</i>",
        "<!-- x",
        "&lt;",
        "&#60;",
        "&copy 2026",
        "&notit",
        "Q&1",
        "<script>",
    ]
    unlike = ["a < b", "a <3 b", "fish & chips", "AT&T", "R&D;", "a<", "&", "5 > 4"]
    assert [text for text in like if not is_like_html(text)] == []
    assert [text for text in unlike if is_like_html(text) or unlike_html(text) != text] == []
