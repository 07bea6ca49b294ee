"""JSON-LD documents."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.discovery.structured import serialize

texts = st.text(st.characters(), max_size=20)
values = st.none() | st.booleans() | st.integers() | texts | st.lists(texts, max_size=3)
nodes_of_any_kind = st.lists(st.dictionaries(texts, values, max_size=4), min_size=1, max_size=3)


@given(nodes_of_any_kind)
def test_a_document_says_what_it_was_given(nodes: list[dict[str, Any]]) -> None:
    """Every value survives, whatever characters it has, and the bytes can be written as UTF-8."""
    written = serialize(nodes).encode("utf-8").decode("utf-8")
    assert json.loads(written)["@graph"] == nodes


@pytest.mark.parametrize(
    "text", ["</script>", "<!--", "<script", "]]>", "&lt;", "\u2028", "\u2029", "\x85", "\ufffe"]
)
def test_nothing_can_end_the_script_element(text: str) -> None:
    """What HTML or JavaScript would read as something else is written as a JSON escape."""
    written = serialize([{text: text}])
    assert text not in written
    assert json.loads(written)["@graph"] == [{text: text}]


def test_there_is_no_document_about_nothing() -> None:
    """Without nodes the page has no script element at all."""
    assert serialize([]) == ""


def test_a_value_that_json_has_not_is_refused() -> None:
    """Infinity would make the document unreadable for everyone else."""
    with pytest.raises(ValueError, match="JSON compliant"):
        serialize([{"position": float("inf")}])
