"""The lines a feed adds to a text: its series, where it appeared first, its image."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from plugins.feeds.lines import figure, original_line, series_line
from plugins.feeds.media import Media
from plugins.post import Original, Relation, SeriesClaim
from plugins.series.arrange import Planned, SeriesFile
from plugins.views import ImageView
from tests.feed_html_rules import html_faults
from tests.plugins.feed_examples import FACTS, catalogue, entry, on

FILE = SeriesFile("series/attention.md", "attention", "Attention & <care>", planned=(Planned(4),))
SITE = catalogue(
    [
        entry("one", date=on(1), series=SeriesClaim("attention", 1)),
        entry("two", date=on(2), title="Two <b>", series=SeriesClaim("attention", 2)),
        entry("extra", date=on(3), series=SeriesClaim("attention")),
        entry("alone", date=on(4)),
    ],
    [FILE],
)
BY_SLUG = {one.post.slug: one for one in SITE.entries}
SERIES = '<a href="https://blog.example.com/series/attention/">Attention &amp; &lt;care&gt;</a>'


def test_a_part_says_which_it_is_of_how_many_and_links_the_one_before() -> None:
    """Whatever is in the titles."""
    line = series_line(BY_SLUG["two"], FACTS, with_total=True)
    assert line == (
        f"<p>Part 2 of 4 of {SERIES}."
        ' Previous part: <a href="https://blog.example.com/one/">One</a>.</p>'
    )
    assert list(html_faults(line)) == []


def test_the_first_part_has_none_before() -> None:
    """And a post of no series has no line."""
    assert series_line(BY_SLUG["one"], FACTS, with_total=True) == f"<p>Part 1 of 4 of {SERIES}.</p>"
    assert series_line(BY_SLUG["alone"], FACTS, with_total=True) == ""


def test_what_lasts_names_no_total() -> None:
    """It grows with the series, and an archive page must not change."""
    line = series_line(BY_SLUG["one"], FACTS, with_total=False)
    assert line == f"<p>Part 1 of {SERIES}.</p>"


def test_a_part_without_a_number_is_still_of_the_series() -> None:
    """It only says so."""
    line = series_line(BY_SLUG["extra"], FACTS, with_total=True)
    assert line.startswith(f"<p>Part of {SERIES}.")


@pytest.mark.parametrize(
    ("relation", "told"),
    [
        ("crosspost", "First published at A &amp; B on 3 May 2013."),
        ("republished", "Republished from A &amp; B, 3 May 2013."),
        ("excerpt", "An excerpt; the whole text is at A &amp; B, 3 May 2013."),
    ],
)
def test_the_original_is_named_and_linked(relation: Relation, told: str) -> None:
    """By the canonical policy, in the words of the page."""
    date = datetime(2013, 5, 3, tzinfo=UTC)
    original = Original("https://example.net/x?a=1&b=2", "A & B", date, relation)
    line = original_line(entry(original=original), FACTS)
    href = "https://example.net/x?a=1&amp;b=2"
    assert line == f'<p>{told} <a href="{href}">View original post</a></p>'


def test_an_original_without_date_or_name_is_named_by_its_host() -> None:
    """And a text of our own has no such line."""
    line = original_line(entry(original=Original("https://www.example.net/x")), FACTS)
    assert line.startswith("<p>First published at example.net. <a ")
    assert original_line(entry(), FACTS) == ""


def test_the_lead_image_keeps_its_alt_text_size_and_caption() -> None:
    """All of it as text."""
    shown = entry(image=ImageView("/a.png", 'A "b"', 3, 4, "By <me>"))
    assert figure(shown, Media("https://example.org/a.png", "image/png", width=3, height=4)) == (
        '<figure><img src="https://example.org/a.png" alt="A &#34;b&#34;" width="3" height="4"/>'
        "<figcaption>By &lt;me&gt;</figcaption></figure>"
    )
    plain = entry(image=ImageView("/a.png", ""))
    assert figure(plain, Media("https://example.org/a.png", "image/png")) == (
        '<figure><img src="https://example.org/a.png" alt=""/></figure>'
    )
