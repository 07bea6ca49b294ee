"""The characters that a match can begin with."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.markup.beginnings import ASCII, beginnings

EXPRESSIONS = (
    *(r"abc", r"(?i)abc", r"[a-c]x", r"(?i)[a-c]x", r"[^a-c]", r"\d+", r"\D", r"\s", r"\S", r"\W"),
    *(
        r"a|b",
        r"(a|b)c",
        r"a?b",
        r"a*?b",
        r"a++b",
        r"(?:ab)*c",
        r"(?=x)y",
        r"(?<!x)y",
        r"^a",
        r"\bz",
    ),
    *(
        r"(a)?(?(1)b|c)",
        r"(a|b)\1",
        r".",
        r"(?s).",
        r"",
        r"a?",
        r"(?>a|b)c",
        r"[\w-]",
        r"(?i)\u017f",
    ),
    *(
        r"(?i)[^a]",
        r"(?i:a)b",
        r"\u212a",
        r"(?i)\u212a",
        r"[é-ü]|x",
        r"$",
        r"x{0,2}y",
        r"(?x) a # b",
    ),
)


@pytest.mark.parametrize("expression", EXPRESSIONS)
@given(text=st.text(st.sampled_from("abcxyzABCXYZksKS019 -_.\n\"'é\u017f\u212a"), max_size=4))
def test_a_match_begins_with_one_of_them(expression: str, text: str) -> None:
    """Whatever matches begins with a character that is named, or with one beyond ASCII."""
    pattern = re.compile(expression)
    if pattern.match(text):
        assert not text or text[0] not in ASCII or text[0] in beginnings(pattern)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("abc", "a"),
        ("(?i)abc", "aA"),
        ("a?b|[c-e]", "abcde"),
        (r"(?<!x)(?:\d|y)+z", "0123456789y"),
        (r"^(x*)(y)", "xy"),
    ],
)
def test_only_those_are_named(expression: str, expected: str) -> None:
    """What no match can begin with is left out."""
    assert beginnings(re.compile(expression)) == set(expected)


def test_a_match_of_nothing_can_be_before_any_character() -> None:
    """An expression that matches the empty text can match before every character."""
    assert beginnings(re.compile("a*")) == ASCII
