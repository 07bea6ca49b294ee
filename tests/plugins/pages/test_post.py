"""The page of a post."""

from plugins.pages.texts import contents
from plugins.post import Heading
from plugins.views import ContentsView


def test_headings_are_nested_by_level() -> None:
    """A level that is skipped leaves no empty line."""
    headings = [
        Heading(2, "a", "A"),
        Heading(3, "b", "B"),
        Heading(2, "c", "C"),
        Heading(4, "d", "D"),
    ]
    assert contents(headings) == (
        ContentsView("A", "a", (ContentsView("B", "b"),)),
        ContentsView("C", "c", (ContentsView("D", "d"),)),
    )


def test_headings_may_begin_deep() -> None:
    """The first heading need not be of the highest level."""
    assert contents([Heading(4, "a", "A"), Heading(2, "b", "B")]) == (
        ContentsView("A", "a"),
        ContentsView("B", "b"),
    )
