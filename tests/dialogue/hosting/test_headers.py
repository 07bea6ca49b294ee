"""The format of ``_headers``: which rules apply to a path, and what they come to."""

from __future__ import annotations

from pathlib import Path

import pytest

from dialogue.hosting.headers import parse, read_rules

TEXT = """
# A comment
/*
  X-Content-Type-Options: nosniff
  Cache-Control: no-cache

/theme/*
  ! Cache-Control
  Cache-Control: public, max-age=31536000, immutable
/feeds/*.rss.xml
  Content-Type: application/rss+xml; charset=utf-8
  Link: <https://hub.example/>; rel="hub"
/feeds/all.rss.xml
  Link: <https://blog.example/feeds/all.rss.xml>; rel="self"
"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", {"x-content-type-options": "nosniff", "cache-control": "no-cache"}),
        (
            "/theme/css/a.css",
            {
                "x-content-type-options": "nosniff",
                "cache-control": "public, max-age=31536000, immutable",
            },
        ),
        (
            "/feeds/all.rss.xml",
            {
                "x-content-type-options": "nosniff",
                "cache-control": "no-cache",
                "content-type": "application/rss+xml; charset=utf-8",
                "link": '<https://hub.example/>; rel="hub", '
                '<https://blog.example/feeds/all.rss.xml>; rel="self"',
            },
        ),
    ],
)
def test_all_rules_that_fit_apply_in_order(path: str, expected: dict[str, str]) -> None:
    """A star is any text, values of one name are joined, and a rule can take a header away."""
    assert parse(TEXT).of(path) == expected


def test_a_path_is_taken_as_it_is_written() -> None:
    """What means something to a pattern language means nothing in a path."""
    rules = parse("/a.b\n  X: 1\n")
    assert rules.of("/a.b") == {"x": "1"}
    assert rules.of("/aXb") == {}


def test_a_site_without_the_file_has_no_rules(tmp_path: Path) -> None:
    """And one with it has those in it."""
    assert read_rules(tmp_path).of("/") == {}
    (tmp_path / "_headers").write_text(TEXT, encoding="utf-8")
    assert read_rules(tmp_path).of("/")["x-content-type-options"] == "nosniff"
