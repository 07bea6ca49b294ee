"""Summaries and reading times."""

from hypothesis import given
from hypothesis import strategies as st

from plugins.markup.summaries import plain_text, reading_minutes, shorten, summarise


def test_a_summary_is_the_running_text() -> None:
    """Headings, captions, tables, code, and footnotes with their marks are left out."""
    html = (
        '<h2>Head</h2><p>One <em>two</em>&amp;<sup id="fnref:1"><a>1</a></sup> three.</p>'
        "<pre>code</pre><figure><p>caption</p></figure><p>Four.</p>"
        '<section aria-label="Notes" class="footnote"><ol><li><p>A note.</p></li></ol></section>'
    )
    assert summarise(html) == "One two& three. Four."


def test_a_body_without_paragraphs_has_no_summary() -> None:
    """Nothing is invented."""
    assert summarise("<ul><li>a</li></ul>") == ""


def test_a_long_text_is_cut_at_a_word() -> None:
    """The cut takes no half word and no dangling punctuation."""
    assert shorten("one two, three four", 10) == "one two…"


@given(st.text(max_size=400), st.integers(min_value=2, max_value=300))
def test_a_shortened_text_is_never_longer_than_asked(text: str, limit: int) -> None:
    """The limit counts the ellipsis."""
    assert len(shorten(text, limit)) <= limit


def test_plain_text_unescapes() -> None:
    """Entities become characters and lines become one."""
    assert plain_text("a &lt;b&gt;\n <i>c</i>") == "a <b> c"


def test_reading_time_is_never_nothing() -> None:
    """Even an empty post takes a minute; a long one is rounded up."""
    assert [reading_minutes(words) for words in (0, 230, 231)] == [1, 1, 2]
