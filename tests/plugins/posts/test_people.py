"""Authors in every form."""

from __future__ import annotations

import pytest

from plugins.frontmatter.values import Fault, Faults
from plugins.post import Person
from plugins.posts.people import people


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Ann Example", ["Ann Example"]),
        ("Ann and Bob", ["Ann and Bob"]),
        ("Ann, Bob", ["Ann", "Bob"]),
        ("Doe, Jane; Smith, John", ["Doe, Jane", "Smith, John"]),
        ("Ann Example, PhD, Bob King, Jr.", ["Ann Example, PhD", "Bob King, Jr."]),
        ("Example, Inc.", ["Example, Inc."]),
        (["Doe, Jane", {"name": "Bob"}], ["Doe, Jane", "Bob"]),
        ({"display_name": "Ann", "email": "ann@example.com"}, ["Ann"]),
        (["Ann", "ANN", "Bob", None], ["Ann", "Bob"]),
        (18, ["18"]),
        ("", []),
    ],
)
def test_names(value: object, names: list[str]) -> None:
    """Lines are divided, titles and suffixes stay with their name, and nobody is named twice."""
    assert [person.name for person in people(value)] == names


@pytest.mark.parametrize(
    ("url", "home"),
    [
        ("https://example.org/ann", "https://example.org/ann"),
        ("//example.org", "https://example.org/"),
        ("/about/", "/about/"),
        (None, None),
        ("", None),
    ],
)
def test_homes(url: str | None, home: str | None) -> None:
    """An author's page is on the web, or on this site."""
    assert people({"name": "Ann", "website": url}) == (Person("Ann", "ann", home),)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "@ann", "ann@example.com", ["a"]], ids=str)
def test_what_is_no_page_is_refused(url: object) -> None:
    """No link is made of anything else."""
    with pytest.raises((Fault, Faults)):
        people({"name": "Ann", "url": url})
