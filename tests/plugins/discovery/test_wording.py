"""Titles and descriptions in search results."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.discovery.wording import (
    DESCRIPTION_LENGTH,
    description,
    home_title,
    one_line,
    page_title,
)


@pytest.mark.parametrize(
    ("title", "label", "shown"),
    [
        ("A post", "", "A post – Parley"),
        ("Practice", "Page 2", "Practice – Page 2 – Parley"),
        ("Parley", "", "Parley"),
        ("parley", "", "parley"),
        ("About Parley", "", "About Parley"),
        ("News | PARLEY", "", "News | PARLEY"),
        ("Parley: how we work", "", "Parley: how we work"),
        ("Parley – the first year", "", "Parley – the first year"),
        ("An end to the parley", "", "An end to the parley – Parley"),
        ("Parley-like sites", "", "Parley-like sites – Parley"),
        ("Parleys", "", "Parleys – Parley"),
        ("  Two\n lines ", "", "Two lines – Parley"),
        ("", "", "Parley"),
    ],
)
def test_a_title_names_the_site_once(title: str, label: str, shown: str) -> None:
    """The site's name is added unless the title says it already."""
    assert page_title(title, "Parley", label) == shown


@pytest.mark.parametrize("name", ["C++ (news)", ".*", "a|b", "[x", "\\"])
def test_a_site_may_have_any_name(name: str) -> None:
    """A name is compared as it is, not as a pattern."""
    assert page_title("Post", name) == f"Post – {name}"
    assert page_title(f"News – {name}", name) == f"News – {name}"


def test_the_home_page_has_the_tagline() -> None:
    """The pages behind the first have their number instead; without a tagline the name is all."""
    assert (
        home_title("Parley", "Blogs that can be answered") == "Parley – Blogs that can be answered"
    )
    assert home_title("Parley", "Blogs that can be answered", "Page 2") == "Parley – Page 2"
    assert home_title("Parley", "") == "Parley"


def test_a_long_description_ends_at_a_word() -> None:
    """What is longer than search results show is cut between words and says so."""
    text = "word " * 60
    cut = description(text)
    assert cut.endswith("word…")
    assert DESCRIPTION_LENGTH - 5 <= len(cut) <= DESCRIPTION_LENGTH
    assert description("Short & sweet.") == "Short & sweet."


@given(st.text(st.characters()))
def test_every_text_can_be_written_into_a_page(text: str) -> None:
    """Any text becomes one line that UTF-8 and HTML can hold, and stays within its length."""
    line = one_line(text)
    line.encode("utf-8")
    assert line == one_line(line)
    assert not set(line) & set("\n\r\t\x00\x0b\x0c\x1b\x7f\x85\ufffe")
    assert len(description(text)) <= DESCRIPTION_LENGTH
