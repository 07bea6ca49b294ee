"""The number that a post gives itself, and what its title shares with other parts."""

from __future__ import annotations

from typing import Any

import pytest

from plugins.post import Frozen, Marker
from plugins.series.numbers import common_title, is_number, member
from tests.plugins.series_examples import ahead, back, part


@pytest.mark.parametrize(
    ("number", "title", "markers", "expected", "line"),
    [
        (4, "Taste, part 2", [ahead(8)], 4, 4),
        (None, "Taste, part 2", [ahead(8)], 2, 2),
        (None, "Taste (Part II)", [], 2, 2),
        (None, "Taste", [ahead(3)], 2, 9),
        (None, "Taste", [back(1)], 2, 6),
        (None, "Taste", [back(1), ahead(4)], 3, 9),
        (None, "Taste", [ahead(1)], None, 9),
        (None, "Taste", [], None, 3),
        (-1, "Taste, part 2", [], 2, 2),
        (0, "Taste", [], 0, 4),
    ],
)
def test_a_post_gives_itself_a_number(
    number: Any, title: str, markers: list[Marker], expected: Any, line: int
) -> None:
    """Front matter counts most, then the title, then what the text says comes next or before."""
    found = member(part("taste", number=number, title=title, markers=markers))
    assert (found.number, found.line) == (expected, line)


def test_a_series_mapping_without_a_part_field_is_found_at_its_own_line() -> None:
    """A number written inside the series field is reported on that field's line."""
    post = part("taste", number=2)
    assert member(post).line == 4
    bare = part("taste", number=2, lines=Frozen({"series": 3}))
    assert member(bare).line == 3


@pytest.mark.parametrize("number", [None, -1, 10_000, float("nan"), float("inf"), 10**400])
def test_some_numbers_number_nothing(number: Any) -> None:
    """Nothing below zero, endless or beyond all series is a part's number."""
    assert not is_number(number)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Taste, Part 2 of 3", "taste"),
        ("A Matter of Taste (Part II)", "amatteroftaste"),
        ("Part 2: Taste", "taste"),
        ("Part 2", ""),
        ("Taste", ""),
    ],
)
def test_parts_share_a_title(title: str, expected: str) -> None:
    """What is left of a title without its part is compared without case and punctuation."""
    assert common_title(part("x", title=title)) == expected


def test_a_part_without_a_series_counts_like_one_with_it() -> None:
    """A part field of a post that names no series comes as a marker, and is surer than the title."""
    own = Marker("this", 4, line=5)
    found = member(part("taste", None, title="Taste, part 2", markers=[ahead(8), own]))
    assert (found.number, found.told, found.line) == (4, "part", 5)
