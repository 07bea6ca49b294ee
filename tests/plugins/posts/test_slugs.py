"""Slugs, and that they are Pelican's."""

from __future__ import annotations

from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pelican.settings import DEFAULT_CONFIG
from pelican.utils import slugify as pelican_slugify

from plugins.posts.slugs import slugify


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("A seismic shift", "a-seismic-shift"),
        ("What’s new — in 2024?", "whats-new-in-2024"),
        ("Über Straßen", "uber-strassen"),
        ("日本", "ri-ben"),
        ("C++ and C#", "cpp-and-csharp"),
        ("#1 in C", "1-in-c"),
        ("my_post", "my_post"),
        ("- a -", "a"),
        ("…", ""),
    ],
)
def test_slugs(text: str, slug: str) -> None:
    """Words are joined by hyphens, signs dropped, other scripts transliterated."""
    assert slugify(text) == slug


def test_other_scripts_can_stay() -> None:
    """A slug somebody chose keeps its letters."""
    assert slugify("Café Crème!", ascii_only=False) == "café-crème"


def test_a_long_slug_is_cut_between_words() -> None:
    """No slug is longer than a file name may be; ones without gaps are cut anywhere."""
    assert slugify("word " * 60) == "-".join(["word"] * 40)
    assert slugify("x" * 300) == "x" * 200
    assert len(slugify("é" * 150, ascii_only=False).encode()) == 200


@given(st.text(max_size=60).filter(lambda text: not set(text) & set("+#")))
def test_slugs_are_those_of_pelican(text: str) -> None:
    """A blog that moves here keeps its URLs, but for hyphens at the ends."""
    rules = cast("list[tuple[str, str]]", DEFAULT_CONFIG["SLUG_REGEX_SUBSTITUTIONS"])
    assert slugify(text) == pelican_slugify(text, regex_subs=rules).strip("-")[:200].strip("-")


def test_half_a_character_is_left_out() -> None:
    """JSON can contain a lone surrogate, which is no text that a URL could show."""
    assert slugify("A\ud800 b") == "a-b"
