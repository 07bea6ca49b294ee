"""The Markdown of visitors: a few things, and no way to anything else."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from justhtml import JustHTML

from dialogue.replies import markup

ALLOWED = {
    *("p", "br", "em", "strong", "s", "code", "pre", "hr"),
    *("blockquote", "ul", "ol", "li", "a"),
}


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("a\nb", "<p>a<br>\nb</p>"),
        (
            "*a* **b** `c<d` ~~e~~",
            "<p><em>a</em> <strong>b</strong> <code>c&lt;d</code> <s>e</s></p>",
        ),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>"),
        ("3. a", '<ol start="3">\n<li>a</li>\n</ol>'),
        ("```js\nx\n```", "<pre><code>x\n</code></pre>"),
        (
            "[a](https://x.example 'title')",
            '<p><a href="https://x.example" rel="nofollow ugc noopener">a</a></p>',
        ),
        ("# a", "<p># a</p>"),
        ("a\n===", "<p>a<br>\n===</p>"),
        ("<b>a</b> &amp;", "<p>&lt;b&gt;a&lt;/b&gt; &amp;amp;</p>"),
        ("[a](javascript:x)", "<p>[a](javascript:x)</p>"),
        ("<javascript:alert(1)>", "<p>&lt;javascript:alert(1)&gt;</p>"),
        ("<style>*{}</style>", "<p>&lt;style&gt;*{}&lt;/style&gt;</p>"),
    ],
)
def test_what_is_made(text: str, made: str) -> None:
    """The subset is converted; all else stays the text that it is."""
    assert markup.html(text) == made


def test_an_image_is_a_link_at_most() -> None:
    """Nothing is loaded from elsewhere when the page is opened."""
    assert "<img" not in markup.html("![x](https://spy.example/pixel.gif)")


@given(
    st.text(alphabet=st.sampled_from("<>\"'&/()[]!`*_~#-=:\\ \n\tjavscript:onerror")) | st.text()
)
def test_whatever_is_written_only_the_subset_comes_out(text: str) -> None:
    """Parsed as a browser does, every element and attribute is one of the few."""
    for node in JustHTML(markup.html(text), fragment=True, sanitize=False).query("*"):
        assert node.name in ALLOWED
        assert set(node.attrs or {}) <= {"href", "rel", "start"}
        scheme, colon, _ = ((node.attrs or {}).get("href") or "").partition(":")
        assert not colon or scheme in ("http", "https", "mailto") or "/" in scheme


@pytest.mark.parametrize("text", ["> " * 26 + "x", "- " * 30 + "x", ">" * 5000, "[" * 401])
def test_tangles_are_seen(text: str) -> None:
    """Lists deeper than a dozen, quotations deeper than two, and heaps of brackets."""
    assert markup.is_tangled(text)


@pytest.mark.parametrize("text", ["> " * 5 + "x", "- a\n  - b\n    - c", "[a] " * 100])
def test_what_people_write_is_no_tangle(text: str) -> None:
    """Quotations of quotations are fine."""
    assert not markup.is_tangled(text)


@pytest.mark.parametrize(
    "piece", ["[", "*a_ ", "> ", "`", "<", "- ", "[a](", "**", "a**b", "\\", "&", "]("]
)
def test_hostile_text_takes_no_longer(piece: str) -> None:
    """The longest text of any one piece is looked at and converted in well below a second."""
    text = (piece * 10_000)[:10_000]
    start = time.process_time()
    if not markup.is_tangled(text):
        markup.html(text)
    assert time.process_time() - start < 5
