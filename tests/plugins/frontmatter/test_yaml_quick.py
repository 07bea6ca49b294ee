"""YAML read line by line, compared with what the parser makes of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.frontmatter.values import Faults
from plugins.frontmatter.yaml_dialect import read_slowly
from plugins.frontmatter.yaml_quick import read_quickly

USUAL = """
title: "Above: it's #1"
date: 2020-06-01T02:00:00Z
slug: what-the-letters-page-knew
author: 'Ada "A." Archer'
category:
tags: [brand-basics, "growth, and review", Größe , null]
url: https://example.org/a?b=c
topics:
  - one thing
  - 'another: thing'
aliases:
- /a/
weight: 012
own: [1, 1.10, true, 2020-01-01]
other: null
"""
NAMES = ("title", "tags", "own", "null", "x_y-z", "<<", "1st", "a b", '"q"', "Größe", "- title")
TEXTS = (
    *(
        "a",
        "null",
        "~",
        "true",
        "No",
        "1.10",
        "012",
        "2020-02-30",
        "2020-02-03",
        "12:30",
        "a b",
        "a: b",
    ),
    *(
        "a:b",
        "a:",
        "a #b",
        "a#b",
        "#b",
        "-",
        "- a",
        "a - b",
        "?",
        "!t a",
        "*a",
        "&a b",
        "|",
        ">",
        "%a",
    ),
    *(
        "@a",
        "`a`",
        "a,b",
        "a, b",
        "[a",
        "a]",
        "{a: b}",
        '"',
        "'",
        "it's",
        'say "x"',
        "\\",
        "\\n",
        "é",
        "“é”",
    ),
    *(
        "\t",
        "a\tb",
        "\xa0",
        "\x85",
        "\u2028",
        "\ufeff",
        "\x00",
        "\U0001f600",
        "",
        " ",
        "  ",
        "/a/",
        "$1",
        "(a)",
    ),
)
SCALARS = st.one_of(
    st.sampled_from(TEXTS),
    st.sampled_from(TEXTS).map('"{}"'.format),
    st.sampled_from(TEXTS).map("'{}'".format),
)
ITEMS = st.lists(SCALARS, max_size=4)
VALUES = st.one_of(
    SCALARS.map(" {}".format),
    SCALARS.map("  {}  ".format),
    ITEMS.map(lambda items: f" [{', '.join(items)}]"),
    ITEMS.map(lambda items: "".join(f"\n  - {item}" for item in items)),
    ITEMS.map(lambda items: "".join(f"\n- {item} " for item in items)),
    st.sampled_from(
        ("", " ", " []", " [ ]", " [a, ]", " [a,b]", "\n  a", "\n\n", "\n - a\n  - b", "x")
    ),
)
LINES = st.builds("{}:{}".format, st.sampled_from(NAMES), VALUES)
BLOCKS = st.lists(st.one_of(LINES, st.sampled_from(("", "---", "# a", " a: b"))), max_size=4)


def test_the_usual_front_matter_is_read_quickly() -> None:
    """What nearly everybody writes does not need the parser, and comes out as from it."""
    quick, slow = read_quickly(USUAL), read_slowly(USUAL)
    assert quick == slow
    assert quick is not None
    assert (quick.lines, quick.quoted) == (slow.lines, slow.quoted)
    assert quick["tags"] == ["brand-basics", "growth, and review", "Größe", "null"]
    assert quick["own"][1] == "1.10"


@given(BLOCKS.map("\n".join))
def test_the_quick_way_says_what_the_parser_says(text: str) -> None:
    """Whatever is written: where the quick way reads it, values, lines and quotes are the parser's."""
    quick = read_quickly(text)
    if quick is not None:
        slow = read_slowly(text)
        assert quick == slow
        assert list(quick) == list(slow)
        assert (quick.lines, quick.quoted) == (slow.lines, slow.quoted)
        assert {name: repr(value) for name, value in quick.items()} == {
            name: repr(value) for name, value in slow.items()
        }


def test_no_character_is_read_in_another_way() -> None:
    """Each character, wherever it stands in a line, is the same for both ways, or not read quickly."""
    forms = (
        *("a: {}", "a: x{}", "a: x {} y", "a: x{}y", 'a: "{}"', "a: '{}'", "a: [{}]", "a: [x{}y]"),
        *("a: [x {} y, z]", "{}: a", "a{}: b", "a:\n- {}"),
    )
    for code in (*range(0x20, 0x250), 0x2013, 0x2028, 0x3042, 0xD7FF, 0xE000, 0xFEFF):
        for text in (form.format(chr(code)) for form in forms):
            quick = read_quickly(text)
            if quick is not None:
                assert quick == read_slowly(text), repr(text)


def test_what_is_wrong_is_told_by_the_parser() -> None:
    """A date that does not exist, and a name that is there twice, are faults as ever."""
    for text in ("own: 2020-02-30", "title: a\ntitle: b"):
        assert read_quickly(text) is None
        with pytest.raises(Faults):
            read_slowly(text)
