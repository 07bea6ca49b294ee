"""A site's own names for fields."""

from __future__ import annotations

import pytest

from plugins.errors import SettingsError
from plugins.frontmatter.document import parse
from plugins.frontmatter.settings import own_names

TEXT = b"---\nTitle: A\nSource-URL: https://a.example/\nweight: 3\nseries: S\n---\n\nText.\n"


def test_own_names_are_read_as_the_fields_they_mean() -> None:
    """In every spelling, and before what the registry says of the same name."""
    names = own_names({"FIELDS": {"source_url": "original", "weight": "extra"}})
    document = parse(TEXT, "a.md", names)
    assert document.fields["original"].value == "https://a.example/"
    assert document.extra["weight"].value == "3"
    assert "part" not in document.fields


def test_a_site_without_own_names_reads_as_the_registry_says() -> None:
    """The setting may be absent or empty."""
    nothing: list[dict[str, object]] = [{}, {"FIELDS": {}}, {"FIELDS": None}]
    for settings in nothing:
        document = parse(TEXT, "a.md", own_names(settings))
        assert list(document.extra) == ["Source-URL"]
        assert document.fields["part"].value == "3"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"a": "originl"}, '"originl" is no field; write original, if that is meant; '),
        ({"a": "zzzz"}, '"zzzz" is no field; docs/front-matter.md lists the fields; '),
        ({"a": 3}, "3 is no field; "),
        ({"Date": "extra"}, '"Date" is a field itself; take this line out'),
        ({"": "extra"}, '"" is not the name of a field; '),
        (["a"], 'this is no mapping; write FIELDS = {"source_url": "original"}'),
    ],
    ids=str,
)
def test_names_that_cannot_be_are_refused(given: object, message: str) -> None:
    """With the line that would be right, where it is known."""
    with pytest.raises(SettingsError) as caught:
        own_names({"FIELDS": given})
    assert f"pelicanconf.py:1: FIELDS: {message}" in str(caught.value)


def test_all_wrong_names_are_reported_at_once() -> None:
    """One build is enough to see them."""
    with pytest.raises(SettingsError) as caught:
        own_names({"FIELDS": {"a": "x1", "b": "x2"}})
    assert len(caught.value.problems) == 2
