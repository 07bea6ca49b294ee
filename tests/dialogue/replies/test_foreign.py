"""HTML of other systems and sites, cleaned: what a reply may be made of, and not too much of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue.errors import OutOfBoundsError
from dialogue.replies.bounds import check_depth
from dialogue.replies.foreign import cleaned
from dialogue.replies.markup import html, is_tangled
from tests.dialogue.hostile import PAYLOADS
from thread.safe import safe


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("<p>a <em>b</em><br>c</p>", "<p>a <em>b</em><br>c</p>"),
        ("<p>a<p>b", "<p>a</p><p>b</p>"),
        ("<div><span>a</span></div>", "a"),
        ("a &lt;b&gt; &amp;amp; é", "a &lt;b&gt; &amp;amp; é"),
        ('<ol start="3"><li class=x>a</ol>', '<ol start="3"><li>a</li></ol>'),
        ("<script>a</script>b<!-- c -->", "b"),
        (
            '<a href="https://x.example/ü?a=1&amp;b={c}" onclick=x>y</a>',
            '<a href="https://x.example/%C3%BC?a=1&amp;b=%7Bc%7D" rel="nofollow ugc noopener">y</a>',
        ),
        ("", ""),
    ],
)
def test_what_is_left(written: str, found: str) -> None:
    """The words and their shape."""
    assert cleaned(written) == found


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_in_it_does_anything(payload: str) -> None:
    """What is shown is what was made: cleaning it once more changes nothing."""
    found = cleaned(payload)
    assert safe(found) == found


@pytest.mark.parametrize("inner", ["blockquote", "ul><li", "ol><li", "em", "s><strong"])
def test_its_depth_is_that_of_replies(inner: str) -> None:
    """Twenty-four levels, whatever they are made of; elements that are not kept do not count."""
    each = inner.count("<") + 1
    assert cleaned(f"<{inner}>" * (24 // each) + "x")
    with pytest.raises(OutOfBoundsError, match="24 levels"):
        cleaned(f"<{inner}>" * (26 // each) + "x")
    assert cleaned("<div>" * 200 + "x") == "x"


@pytest.mark.parametrize(
    "written",
    ["<b></b>" * 5_000 + "x", "x" * 800_001, "<div>" * 200_000],
    ids=["many", "long", "both"],
)
def test_more_than_anybody_writes_is_refused(written: str) -> None:
    """Elements and characters are counted before anything else is done."""
    with pytest.raises(OutOfBoundsError):
        cleaned(written)


@given(st.text("*_`>-[](~ \n\tab1.", max_size=400))
def test_what_markdown_makes_is_never_deeper(text: str) -> None:
    """The same bound for those who type: what is not called tangled can be stored."""
    if not is_tangled(text):
        check_depth(html(text))


def test_emphasis_counts_as_depth() -> None:
    """Within paragraphs, too."""
    assert not is_tangled("*a **b " * 10 + "x" + "** *" * 10)
    assert is_tangled("*a **b " * 30 + "x" + "** c*" * 30)
