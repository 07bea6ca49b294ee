"""References in HTML, found and replaced."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from justhtml import JustHTML

from plugins.markup.links import Reference, is_local, references, rewrite

PIECES = st.lists(
    st.sampled_from(
        [
            *("<a href=x>", '<a href="y z">', "<img src='q'", ">", "</a>", " ", "=", '"', "'", "/"),
            *("<!--", "-->", "<script>", "</script>", "<p>", "href", "&amp;", "&", "é", "\n", "<"),
            *('<img srcset="a 1x, b 2x">', "<textarea>", "</textarea>", "a"),
        ]
    ),
    max_size=25,
).map("".join)


def values(text: str) -> list[str]:
    """The addresses in ``text``."""
    return [reference.value for reference in references(text)]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ('<a href="x.md">', "x.md"),
        ("<a href='x.md'>", "x.md"),
        ("<a href=x.md>", "x.md"),
        ("<A\n  class=b HREF = 'x.md' >", "x.md"),
        ('<a title="a > b" href="x">', "x"),
        ('<a/href="x"/>', "x"),
        ('<a href=" x ">', "x"),
        ('<a href="a?b=1&amp;c=2">', "a?b=1&c=2"),
        ('<a href="a?b=1&copy=2">', "a?b=1&copy=2"),
        ('<a href="">', ""),
        ("<area href=x>", "x"),
        ('<video poster="x">', "x"),
        ('<object data="x">', "x"),
        ('<iframe src="x">', "x"),
        ('<script src="x">a = "<a href=b>"</script>', "x"),
        ('<svg><a xlink:href="x">', "x"),
    ],
)
def test_an_address_is_found(text: str, address: str) -> None:
    """Addresses are found however their tag is written, and unescaped as a browser does."""
    assert values(text) == [address]


@pytest.mark.parametrize(
    "text",
    [
        *("<!-- <a href=x> -->", "<!-- <a href=x>", "<script><a href=x></script>", "<a href>"),
        *("<style>a{}<a href=x></style>", "<textarea><a href=x></textarea>", "<div data=x>"),
        *("&lt;a href=x&gt;", "<a data-href=x>", "</a href=x>", "a < b href=x>", '<a href="x'),
        *("<img alt='<a href=\"x\">'>", "< a href=x>"),
    ],
)
def test_what_is_no_address(text: str) -> None:
    """Comments, text, other attributes and tags that never end hold no addresses."""
    assert values(text) == []


def test_each_candidate_of_a_srcset_is_one() -> None:
    """A srcset lists images; commas inside a URL do not part them."""
    text = '<img srcset="a.png, b,c.png 2x , d.png 100w,e.png">'
    assert values(text) == ["a.png", "b,c.png", "d.png", "e.png"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *(("<img src=x>", "image"), ("<source srcset=x>", "image"), ("<video poster=x>", "image")),
        *(("<a href=x>", "link"), ("<video src=x>", "link"), ("<link href=x>", "link")),
    ],
)
def test_images_are_told_from_links(text: str, kind: str) -> None:
    """What is shown as an image is known, for the words of a problem."""
    assert [reference.kind for reference in references(text)] == [kind]


def test_rewriting_changes_values_only() -> None:
    """Quotes, case, spaces and all other attributes stay as the writer put them."""
    text = "<p><A  HREF='x' id=i>a</A> <img alt=\"x\" src=x > <!-- <a href=x> --></p>"
    assert rewrite(text, lambda address: f"/{address}/") == (
        '<p><A  HREF=\'/x/\' id=i>a</A> <img alt="x" src="/x/" > <!-- <a href=x> --></p>'
    )


def test_rewritten_values_are_escaped() -> None:
    """No address can end its attribute or its tag."""
    hostile = "\"'><script>&amp;"
    for text in ('<a href="x">', "<a href='x'>", "<a href=x>", '<img srcset="x 1x">'):
        changed = rewrite(text, lambda _: hostile)
        assert values(changed) == [hostile]
        assert "<script" not in changed


def test_candidates_of_a_srcset_are_rewritten_one_by_one() -> None:
    """Descriptors stay, and a space cannot split an address in two."""
    changed = rewrite('<img srcset="a 1x, b 2x">', lambda address: f"{address} y")
    assert changed == '<img srcset="a%20y 1x, b%20y 2x">'


def test_what_is_not_changed_keeps_its_spelling() -> None:
    """An address given back as it was leaves even its odd escapes alone."""
    text = "<a href=' a?b&c '>"
    assert rewrite(text, lambda address: address) == text


@given(PIECES)
def test_rewriting_nothing_changes_nothing(text: str) -> None:
    """Whatever the HTML, the identity leaves every byte."""
    assert rewrite(text, lambda address: address) == text


@given(PIECES)
def test_rewriting_reaches_every_reference(text: str) -> None:
    """After a rewrite all references have the new value, and there are as many."""
    changed = rewrite(text, lambda _: "new")
    assert values(changed) == ["new"] * len(values(text))


@given(PIECES)
def test_every_link_a_browser_sees_is_found(text: str) -> None:
    """No address escapes: a full HTML5 parser finds no link that we miss."""
    document = JustHTML(f"<body>{text}")
    seen = {(node.attrs or {}).get("href") or "" for node in document.query("a[href]")}
    assert {address.strip() for address in seen} - {""} <= set(values(text))


@pytest.mark.parametrize("piece", ["<a ", "<a b='", '<a b="', "<", "<!--", "<a href=x ", "<a/"])
def test_broken_html_takes_no_time(piece: str) -> None:
    """A tag that never ends is given up once, not at every character."""
    start = time.process_time()
    assert values(piece * 30_000) == []
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    ("address", "local"),
    [
        *(("a.md", True), ("/a/", True), ("../a.md", True), ("{filename}a.md", True), ("", True)),
        *(("|static|a.png", True), ("a:b", False), ("../a:b", True), ("HTTPS://x", False)),
        *(("//host/a", False), ("#a", True), ("?a", False), ("mailto:a@b.c", False)),
        *(("tel:1", False), ("data:,a", False), (" https://x", False), ("\\\\host", False)),
    ],
)
def test_which_addresses_are_ours(address: str, local: bool) -> None:
    """Paths and places on the page are ours; other schemes and other hosts are not."""
    assert is_local(address) is local


def test_a_reference_is_a_value() -> None:
    """Two equal references are one."""
    assert len({Reference("a", "href", "x"), Reference("a", "href", "x")}) == 1
