"""Names of series: what makes two of them the same, and which file they mean."""

from __future__ import annotations

import pytest

from plugins.series.names import Names, SeriesKey, fold
from tests.plugins.series_examples import a_file, part


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Both Ways", "both-ways"),
        ("Both Ways", "  BOTH_WAYS!  "),
        ("Both\u200bWays", "BothWays"),
        ("Straße", "STRASSE"),
        ("ﬁrst", "First"),
        ("Caf\u00e9", "Cafe\u0301"),
        ("「注意」", "注意"),
    ],
)
def test_names_are_the_same_but_for_case_spaces_and_punctuation(one: str, other: str) -> None:
    """Writers spell a name in many ways and mean one series, in any script."""
    assert fold(one) == fold(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [("Cafe", "Café"), ("C", "C++"), ("Part 1", "Part 11"), ("!!!", "???"), ("किताब", "कतब")],
)
def test_other_names_are_other_series(one: str, other: str) -> None:
    """Letters, accents, vowel signs, digits and symbols make a difference."""
    assert fold(one) != fold(other)


@pytest.mark.parametrize("name", ["Attention!", "both-ways", "BOTH WAYS", "the file"])
def test_a_file_answers_to_title_slug_and_file_name(name: str) -> None:
    """Posts may use whichever of its names they like."""
    file = a_file("the-file", "Attention", slug="both-ways")
    assert Names([file], "en").key("en", name) == SeriesKey("en", "series/the-file.md")


def test_a_name_without_a_file_stands_for_itself() -> None:
    """Without a file the folded name is what makes a series."""
    assert Names([], "en").key("de", "Both Ways") == SeriesKey("de", "bothways")


def test_the_file_of_the_own_language_comes_first() -> None:
    """A language without a file of its own is served by the site's language, then by any other."""
    files = [
        a_file("a-danish", "Attention", lang="da"),
        a_file("english", "Attention"),
        a_file("german", "Attention", lang="de"),
    ]
    names = Names(files, "en")
    found = {lang: names.file(lang, "attention") for lang in ("en", "de", "fr")}
    assert [file.source for file in found.values() if file] == [
        "series/english.md",
        "series/german.md",
        "series/english.md",
    ]
    assert Names(files[:1], "en").file("fr", "attention") == files[0]


@pytest.mark.parametrize(
    ("lang", "source", "expected"),
    [
        ("en", "posts/a.md", "en"),
        ("en-US", "posts/a.md", "en"),
        ("en-US", "posts/a.en-us.md", "en-US"),
        ("de", "posts/a.md", "de"),
    ],
)
def test_a_variant_counts_as_the_sites_language(lang: str, source: str, expected: str) -> None:
    """Only the file name sets a variant of the site's language apart, as in addresses."""
    assert Names([], "en").lang_of(part("a", lang=lang, source=source)) == expected
