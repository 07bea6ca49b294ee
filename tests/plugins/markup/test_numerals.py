"""Numbers in words, digits and Roman numerals."""

from __future__ import annotations

import pytest

from plugins.frontmatter.values import Fault
from plugins.markup.numerals import whole_number
from plugins.posts.claims import part


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2", 2),
        ("007", 7),
        ("two", 2),
        (" Twenty ", 20),
        ("zero", 0),
        ("I", 1),
        ("iv", 4),
        ("IX", 9),
        ("XXXIX", 39),
        ("XLIV", 44),
        ("XC", 90),
        ("CCCXCIX", 399),
    ],
)
def test_numbers(text: str, number: int) -> None:
    """All ways to number parts are read."""
    assert whole_number(text) == number


@pytest.mark.parametrize("text", ["", "IIII", "VX", "last", "2.5", "-1", "٣", "1" * 10, "MM"])
def test_what_is_no_number(text: str) -> None:
    """Nothing is guessed from a word that looks alike."""
    assert whole_number(text) is None


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (2, 2),
        ("2", 2),
        (2.0, 2),
        (2.5, 2.5),
        ("2.5", 2.5),
        ("Part II", 2),
        ("2 of 4", 2),
        ("part two / 4", 2),
        ("#3", 3),
        ("No. 4", 4),
        (0, 0),
        ("08", 8),
    ],
    ids=repr,
)
def test_parts(value: object, number: float) -> None:
    """A part may say of how many it is one; whole numbers are whole."""
    found = part(value)
    assert (found, type(found)) == (number, type(number))


@pytest.mark.parametrize(
    "value", [True, None, [2], "", "last", -1, "-1", 10_000, float("nan"), float("inf")], ids=repr
)
def test_what_is_no_part(value: object) -> None:
    """Numbers that no series has are refused."""
    with pytest.raises(Fault, match="is no part number"):
        part(value)
