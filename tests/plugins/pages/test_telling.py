"""What a post is about: its words and topics, how often, and as bytes and back."""

from __future__ import annotations

import pytest

from plugins.pages.telling import read, terms_of
from plugins.post import Term
from tests.plugins.examples import an_entry


def told(html: str, **changes: object) -> dict[str, int]:
    """How often each term occurs in a post without a title of its own."""
    row = terms_of(
        an_entry("post", html, **{"title": "1", "category": None, "tags": (), **changes})
    )
    return {term: times for times, terms in read(row) for term in terms}


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Kettle kettle, <b>tea</b>-kettle of 12</p>", {"kettle": 3, "tea": 1}),
        ("<p>Infusions infusion</p>", {"infusion": 2}),
        ("<pre><code>kettle</code></pre><p>leaves</p>", {"leaves": 1}),
        ("<p>Stra&szlig;e stra&#223;e</p>", {"strasse": 2}),
        ("<p>Größe und größe größer</p>", {"grösse": 2, "und": 1, "grösser": 1}),
        ("<p>日本語 tea</p>", {"日本": 1, "本語": 1, "tea": 1, "日本語": 1}),
        ("<p>a_kettle no2leaves x</p>", {"kettle": 1, "leaves": 1}),
        ("", {}),
    ],
)
def test_words_are_counted(html: str, expected: dict[str, int]) -> None:
    """Their beginnings, in any script; code, numbers and the shortest words are not."""
    assert told(html) == expected


def test_topics_and_the_title_count_for_more() -> None:
    """They are marked, so that a word is never taken for one."""
    tags = (Term("Tea", "tea"),)
    found = told("<p>tea</p>", title="Tea", tags=tags, category=Term("Drinks", "drinks"))
    assert found == {"tea": 4, "#tea": 4, "/drinks": 2}


def test_text_that_is_all_ascii_is_read_like_any_other() -> None:
    """One letter beyond ASCII changes nothing about the other words."""
    words = "Kettles, o'clock: don't re-infuse_the (teapots)! 3rd extraordinarily plain"
    plain = told(f"<p>{words}</p>")
    assert told(f"<p>{words} ünder</p>") == {**plain, "ünder": 1}
