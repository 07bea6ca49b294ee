"""Where a text was before, and where else it is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from plugins.frontmatter.values import Fault
from plugins.post import Original, SeriesClaim
from plugins.posts.claims import series
from plugins.posts.provenance import original, syndicated

SITE = "https://blog.example.com"


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("https://example.org/a", Original("https://example.org/a")),
        ("//example.org/a", Original("https://example.org/a")),
        ("HTTP://Example.org", Original("http://example.org/")),
        ({"href": "https://example.org/a"}, Original("https://example.org/a")),
        (
            {"URL": "https://example.org/a", "publisher": "The Review", "relation": "Cross-Post"},
            Original("https://example.org/a", "The Review", None, "crosspost"),
        ),
        (
            {"url": "https://example.org/a", "date": "1 March 2024", "relation": "excerpt"},
            Original("https://example.org/a", None, datetime(2024, 3, 1, tzinfo=UTC), "excerpt"),
        ),
    ],
    ids=str,
)
def test_originals(value: object, found: Original) -> None:
    """A URL alone is a crosspost; a mapping says more."""
    assert original(value, SITE, UTC) == found


@pytest.mark.parametrize(
    "value",
    [
        "https://example.org/a, https://example.com/b",
        ["https://example.org/a", "https://example.com/b", "//example.org/a"],
        {"mastodon": "https://example.org/a", "other": "https://example.com/b"},
        [{"url": "https://example.org/a"}, {"url": "https://example.com/b"}],
    ],
    ids=["a line", "a list", "by site", "mappings"],
)
def test_copies(value: object) -> None:
    """However they are listed, each copy is named once and in order."""
    assert syndicated(value, SITE) == ("https://example.org/a", "https://example.com/b")


def test_a_slip_in_a_mapping_is_a_fault() -> None:
    """A misspelt relation would publish somebody else's text as ours, a misspelt part lose it."""
    with pytest.raises(Fault, match="relaton") as caught:
        original({"url": "https://example.org/a", "relaton": "republished"}, SITE, UTC)
    assert caught.value.hint == "write relation, if that is meant"
    with pytest.raises(Fault, match="prat"):
        series({"name": "Attention", "prat": 2})


def test_other_keys_of_a_mapping_are_left_alone() -> None:
    """What other tools keep there is no slip, nor is what resembles a key that is given."""
    assert series({"name": "Attention", "part": 2, "parts": 4}) == SeriesClaim("Attention", 2)
    known = {"url": "https://example.org/a", "author": "Ann Example"}
    assert original(known, SITE, UTC) == Original("https://example.org/a")
