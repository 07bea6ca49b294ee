"""Notices in the terminal: many of one kind are one line."""

from __future__ import annotations

from plugins.checks.grouping import grouped
from plugins.errors import Problem


def alt(number: int) -> Problem:
    """One of many notices of a kind."""
    return Problem(f"p{number:03}.md", 4, "image", "no alt text", "write one", "image-alt")


def test_many_of_one_kind_are_one_line_with_a_count_and_examples() -> None:
    """It can still be read by a program: a place, a field, what is wrong, what to do."""
    other = Problem("p001.md", 1, "file", "is not used", "remove it", "unused-intro")
    lines = list(grouped([*map(alt, range(962)), other]))
    assert lines == [
        "p000.md:4: image: no alt text; write one [image-alt] "
        "(and 961 more in 961 files: p001.md:4, p002.md:4 ...)",
        "p001.md:1: file: is not used; remove it [unused-intro]",
    ]


def test_a_few_are_printed_as_they_are() -> None:
    """And all of them where that is asked for."""
    assert list(grouped(map(alt, range(3)))) == [str(alt(number)) for number in range(3)]
    assert len(list(grouped(map(alt, range(9)), few=9))) == 9
