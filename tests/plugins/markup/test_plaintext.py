"""Titles and headings of texts that mark none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.markup.plaintext import drop_title, first_heading, interpret
from plugins.post import Marker


def sections(text: str) -> list[str]:
    """The section headings found in ``text`` below its title."""
    body = interpret(f"The title\n\n{text}").body
    return [line[3:] for line in body.split("\n") if line.startswith("## ")]


def test_the_first_line_is_the_title_and_keeps_its_place() -> None:
    """The title leaves an empty line behind, and its line in the file is known."""
    understood = interpret("\n  A fair exchange  \nText.\n", first_line=3)
    assert (understood.title, understood.title_line) == ("A fair exchange", 4)
    assert understood.body == "\n\nText.\n"


def test_a_short_line_alone_is_a_section() -> None:
    """A heading is a short line between blank lines, without a full stop, above text."""
    assert sections("Text, and more.\n\nWhat people bring\n\nText again.") == ["What people bring"]


@pytest.mark.parametrize(
    "line",
    [
        *("It ends like a sentence.", "A list follows:", "Wait;", "First,", "Really?", "Yes!"),
        *("“It ends in quotes.”", "- an item", "* an item", "1. an item", "> a quote", "| a | b |"),
        *("    indented code", "![alt](image.png)", "[a link](other.md)", "https://example.org/x"),
        *("hello@example.org", "lower case", "12 May 2013", "May 12, 2013", "By Anna Smith"),
        *("Part 3 >>", "* * *", "---", "— Anna", "42", "x", "half *emphasised", "W" * 71),
        "one two three four five six seven eight nine ten eleven twelve thirteen",
    ],
)
def test_what_is_no_section(line: str) -> None:
    """Sentences, lists, quotes, code, links, dates and the like stay what they are."""
    assert sections(f"Text.\n\n{line}\n\nText again.") == []


def test_lines_of_one_paragraph_are_no_sections() -> None:
    """Verse and addresses have several short lines together."""
    assert sections("Text.\n\nOne Street\nOne Town\n\nText.") == []


def test_several_short_lines_in_a_row_are_no_sections() -> None:
    """A list without marks is not made of headings."""
    assert sections("Text.\n\nAnna\n\nBert\n\nCleo\n\nText again.") == []


def test_the_last_line_is_no_section() -> None:
    """A signature heads nothing."""
    assert sections("Text.\n\nKind regards\n\nAnna") == []


def test_a_section_may_head_a_list_or_code() -> None:
    """What is below a heading need not be a sentence."""
    assert sections("Ingredients\n\n- flour\n- eggs") == ["Ingredients"]
    assert sections("The code\n\n```\nx\n\ny\n```") == ["The code"]


def test_where_sections_are_marked_none_are_guessed() -> None:
    """A writer who marks headings marked all of them."""
    text = "The title\n\nShort line\n\nText.\n\n## Marked\n\nText."
    assert interpret(text).body.count("## ") == 1


def test_markers_around_the_text_are_lifted() -> None:
    """Markers above the title, below it and at the end are intent, not text."""
    understood = interpret("<< Part 1\nThe title\n\nText.\n\nPart 3 >>", first_line=5)
    assert understood.title == "The title"
    assert understood.markers == (Marker("previous", 1, line=5), Marker("next", 3, line=10))
    assert understood.body.split() == ["Text."]


@pytest.mark.parametrize("first", ["- an item", "> quoted", "    code", "![a](b.png)", "x" * 151])
def test_a_first_line_that_cannot_be_a_title(first: str) -> None:
    """A body without a title says so, and loses nothing."""
    understood = interpret(f"{first}\n\nText.")
    assert understood.title == ""
    assert first in understood.body


def test_emphasis_around_a_title_is_not_part_of_it() -> None:
    """A title is plain text."""
    assert interpret("**The *whole* title**\n\nText.").title == "The whole title"


@pytest.mark.parametrize(
    ("text", "title", "line", "body"),
    [
        ("# One\n\ntext", "One", 5, "\n\ntext"),
        ("# One *two* [x](y) {#id} #\ntext", "One two x", 5, "\ntext"),
        ("One\n===\ntext", "One", 5, "\n\ntext"),
        ("```\n# no\n```\n\n# yes\n", "yes", 9, "```\n# no\n```\n\n\n"),
        ("    # no\n\n# yes", "yes", 7, "    # no\n\n"),
        ("## Two\n\ntext", "Two", 5, "\n\ntext"),
        ("before\n\n# Only\n\ntext", "Only", 7, "before\n\n\n\ntext"),
    ],
)
def test_the_first_heading_is_lifted(text: str, title: str, line: int, body: str) -> None:
    """The heading that titles a body is known with its line and taken out of it."""
    found = first_heading(text, first_line=5)
    assert found is not None
    assert (found.text, found.line, found.body) == (title, line, body)


def test_headings_that_divide_a_text_stay() -> None:
    """The first of several chapters lends its words and remains a chapter."""
    text = "Before.\n\n# One\n\ntext\n\n# Two\n"
    found = first_heading(text)
    assert found is not None
    assert (found.text, found.body) == ("One", text)


@pytest.mark.parametrize(
    "text", ["text", "text\n\n## Two", "#hashtag\n\ntext", "```\n# x\n```", ""]
)
def test_a_text_without_a_title_heading(text: str) -> None:
    """Hashtags, code and lower headings further down are no titles."""
    assert first_heading(text) is None


@pytest.mark.parametrize("heading", ["# It’s a “Test”", "#  it's a 'test'", "It's a test\n======="])
def test_a_heading_that_repeats_the_title_is_dropped(heading: str) -> None:
    """The page shows the title once, however its quotes and case are written."""
    assert drop_title(f"{heading}\n\ntext", 'It\'s a "Test"').split() == ["text"]


@pytest.mark.parametrize(
    "text", ["# Something else\n\ntext", "text\n\n# Title", "## Title\n\ntext"]
)
def test_other_headings_are_kept(text: str) -> None:
    """Only a level-one heading at the top that says the same is a repetition."""
    assert drop_title(text, "Title") == text


@given(st.text(alphabet="Ab .\n#-*>=1:|`", max_size=150))
def test_no_line_is_added_or_lost(text: str) -> None:
    """Line numbers hold, whatever is understood."""
    assert interpret(text).body.count("\n") == text.count("\n")
    assert drop_title(text, "Ab").count("\n") == text.count("\n")
    found = first_heading(text)
    assert found is None or found.body.count("\n") == text.count("\n")
