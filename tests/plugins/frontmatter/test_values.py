"""Plain values read as text, truth or a list."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from plugins.frontmatter.values import Fault, Faults, boolean, each, faults_of, items, show, text


@pytest.mark.parametrize(
    ("value", "line"),
    [
        (" two\n lines ", "two lines"),
        (5, "5"),
        (1.5, "1.5"),
        (True, "true"),
        (date(2024, 3, 1), "2024-03-01"),
    ],
)
def test_text_is_one_line_as_it_was_written(value: object, line: str) -> None:
    """Numbers, truth values and dates are text where text is expected."""
    assert text(value) == line


@pytest.mark.parametrize("value", [None, [], ["a"], {}, {"a": 1}, " ", b"a", object()])
def test_what_has_no_text_is_refused(value: object) -> None:
    """Lists and mappings are not printed as text."""
    with pytest.raises(Fault):
        text(value)


@pytest.mark.parametrize(
    ("value", "truth"),
    [
        (True, True),
        (" Yes ", True),
        ("on", True),
        (1, True),
        ("1", True),
        (False, False),
        ("NO", False),
        ("off", False),
        (0, False),
        ("n", False),
    ],
    ids=repr,
)
def test_words_for_truth(value: object, truth: bool) -> None:
    """The words that YAML, TOML, JSON and people use are read."""
    assert boolean(value) is truth


@pytest.mark.parametrize("value", ["maybe", "", None, 2, 1.5, [True], {"a": True}], ids=repr)
def test_anything_else_is_neither_true_nor_false(value: object) -> None:
    """A value that is present and unclear is no answer."""
    with pytest.raises(Fault, match="neither true nor false"):
        boolean(value)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("a\n b", '"a b"'),
        ("x" * 50, f'"{"x" * 39}…"'),
        (5, "5"),
        (None, "nothing"),
        ([], "an empty list"),
        ([1], "a list"),
        ({}, "a mapping"),
    ],
)
def test_values_are_shown_short(value: object, shown: str) -> None:
    """Messages quote a value on one line of limited length."""
    assert show(value) == shown


@pytest.mark.parametrize(
    ("value", "separator", "listed"),
    [
        ("a, b,,c ", ",", ["a", "b", "c"]),
        ("a b", None, ["a b"]),
        (["a", "", None, 5], ",", ["a", 5]),
        ({"a": 1}, ",", [{"a": 1}]),
    ],
)
def test_lists(value: object, separator: str | None, listed: list[Any]) -> None:
    """Text is divided, lists stay, empty items are dropped, and a mapping is one item."""
    assert items(value, separator) == listed


def test_every_faulty_item_is_told() -> None:
    """One bad item does not hide the next."""
    with pytest.raises(Faults) as raised:
        each(["yes", "maybe", "perhaps"], boolean)
    assert [fault.message for fault in faults_of(raised.value)] == [
        '"maybe" is neither true nor false',
        '"perhaps" is neither true nor false',
    ]
