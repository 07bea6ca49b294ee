"""HTML of others as a tree of bounded depth, with attributes that can be counted."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from dialogue import html_tree


def test_a_page_is_read_as_browsers_do() -> None:
    """Elements that are left open are closed; comments are not there."""
    root = html_tree.parse("<h1 id=x>a<!-- b --></h1><p>c<p class='d e'>f &amp; g<br>h")
    assert root is not None
    assert etree.tostring(root, encoding="unicode", method="html") == (
        '<html><body><h1 id="x">a</h1><p>c</p><p class="d e">f &amp; g<br>h</p></body></html>'
    )


def test_its_depth_is_bounded() -> None:
    """The words of what lies deeper are kept."""
    root = html_tree.parse("<div>" * 10_000 + "deep" + "</div>" * 10_000 + "<p>after")
    assert root is not None
    assert max(len(list(each.iterancestors())) for each in root.iter()) < 256
    assert "".join(root.itertext()) == "deepafter"


def test_attributes_without_end_are_none() -> None:
    """An element keeps a few dozen; more were never meant."""
    many = " ".join(f"a{number}=b" for number in range(65))
    root = html_tree.parse(f"<p {many}>x</p><p a=b>y</p>")
    assert root is not None
    assert [dict(each.attrib) for each in root.iter("p")] == [{}, {"a": "b"}]


def test_there_may_be_nothing() -> None:
    """No root, no error."""
    assert html_tree.parse("") is None


@given(
    st.text(st.characters(codec=None)) | st.text("<>/= &;#x0a\"'!-\x00\x01\ud800:é", max_size=100)
)
def test_whatever_comes_makes_a_tree_of_text(text: str) -> None:
    """Also what character references stand for is well-formed."""
    root = html_tree.parse(text)
    for each in root.iter() if root is not None else ():
        for value in (each.text or "", each.tail or "", *each.attrib.values()):
            assert unicodedata.is_normalized("NFC", value) or len(value) > 30
            assert not {"\x00", "\x01"} & set(value)
