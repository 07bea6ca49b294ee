"""What a reply may be made of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from justhtml import JustHTML

from tests.theme.pages import elements
from thread.safe import LINK_REL, TAGS, safe


@pytest.mark.parametrize(
    "html",
    [
        "<p>a <em>b</em> <strong>c</strong> <code>d</code></p>",
        "<blockquote><p>a</p></blockquote><ul><li>b</li></ul><ol><li>c</li></ol>",
        "<pre><code>1 &lt; 2 &amp;&amp; 3</code></pre><hr>",
    ],
)
def test_what_people_write_stays(html: str) -> None:
    """Letter by letter."""
    assert safe(html) == html


def test_links_promise_nothing() -> None:
    """They lead to the web and to mail only, and search engines are told not to follow."""
    html = '<p><a href="https://a.example/?b=1&amp;c">x</a><a href="javascript:x">y</a></p>'
    assert safe(html) == (
        f'<p><a href="https://a.example/?b=1&amp;c" rel="{LINK_REL}">x</a><a rel="{LINK_REL}">y</a></p>'
    )


@given(st.text(alphabet="<>/=\"'&;!- aps\x00\ufffecriptonclkhefmgsrx:1", max_size=80))
def test_nothing_else_comes_through(html: str) -> None:
    """Whatever is written, an HTML parser finds what is allowed; cleaning again changes nothing."""
    clean = str(safe(html))
    for _, element in elements(JustHTML(f"<div>{clean}</div>", sanitize=False).root):
        assert element.name in {*TAGS, "html", "head", "body", "div"}
        assert set(element.attrs) <= {"href", "rel", "start"}
    assert safe(clean) == clean
