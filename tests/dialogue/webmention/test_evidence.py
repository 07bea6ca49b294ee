"""Whether a source mentions a target (W3C 3.2.2), by media type."""

from __future__ import annotations

import pytest

from dialogue.fetch.fetcher import Response
from dialogue.webmention.evidence import Evidence, UnsupportedTypeError, find

TARGET = "https://blog.example/post/"
YES = Evidence(exact=True, there=True)
NO = Evidence(exact=False, there=False)


def source(body: str | bytes, kind: str = "text/html; charset=utf-8") -> Response:
    """A page as it was fetched."""
    data = body.encode() if isinstance(body, str) else body
    return Response("https://other.example/note", 200, {"content-type": kind}, data)


@pytest.mark.parametrize(
    "body",
    [
        '<a href="https://blog.example/post/">x</a>',
        '<img src="https://blog.example/post/">',
        '<video src="https://blog.example/post/"></video>',
        '<video poster="https://blog.example/post/"></video>',
        '<audio src="https://blog.example/post/"></audio>',
        '<video><source src="https://blog.example/post/"></video>',
        '<blockquote cite="https://blog.example/post/">x</blockquote>',
        '<data class="u-like-of" value="https://blog.example/post/"></data>',
        '<link rel="in-reply-to" href="https://blog.example/post/">',
        '<area href=" HTTPS://BLOG.example:443/post/\n">',
        '<base href="https://blog.example/"><a href="post/">x</a>',
        '<a href="//blog.example/post/">x</a>',
        '<a href="https://blog.example/%70ost/">x</a>',
    ],
)
def test_html_that_links_to_the_target(body: str) -> None:
    """In any element that leads somewhere."""
    assert find(source(body), TARGET) == YES
    assert find(source(body.replace("&", "&amp;"), "application/xhtml+xml"), TARGET) == YES


@pytest.mark.parametrize(
    "body",
    [
        "https://blog.example/post/",
        "<!-- <a href='https://blog.example/post/'>x</a> -->",
        "<template><a href='https://blog.example/post/'>x</a></template>",
        "<code>&lt;a href='https://blog.example/post/'&gt;</code>",
        "<a title='https://blog.example/post/'>x</a>",
        "<a href='https://blog.example/post/more/'>x</a>",
        "<a href='https://blog.example/'>x</a>",
        "<a href='https://elsewhere.example/?u=https://blog.example/post/'>x</a>",
        "<script>var url = 'https://blog.example/post/'</script>",
        "",
        "\0\0",
    ],
)
def test_html_that_does_not(body: str) -> None:
    """Text, comments, templates and other pages of ours are no links to this one."""
    assert find(source(body), TARGET) == NO


@pytest.mark.parametrize(
    "url",
    ["http://blog.example/post/", "https://blog.example/post", "https://blog.example/post/?utm=1",
     "https://blog.example/post/#more", "https://blog.example/post/index.html"],
)  # fmt: skip
def test_another_address_of_the_page_is_there_but_not_exact(url: str) -> None:
    """The very URL that was named begins a mention; as long as the page is linked it goes on."""
    body = f"<a href='{url}'>x</a>"
    assert find(source(body), TARGET) == Evidence(exact=False, there=True)
    assert find(source(body), url) == YES


def test_json_has_it_as_a_value() -> None:
    """The whole value, at any depth; a key or a part of a text is none."""
    kind = "application/json"
    assert find(source('{"a": [1, {"b": "https://blog.example/post/"}]}', kind), TARGET) == YES
    assert find(source('"https://blog.example/post/"', "application/mf2+json"), TARGET) == YES
    for body in (
        '{"https://blog.example/post/": 1}',
        '["see https://blog.example/post/"]',
        "{",
        "[" * 100_000,
        "",
    ):
        assert find(source(body, kind), TARGET) == NO


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("see https://blog.example/post/ for more", YES),
        ("(see https://blog.example/post/).", YES),
        ("<https://blog.example/post/>", YES),
        ("https://blog.example/post/more/", NO),
        ("blog.example/post/", NO),
        ("", NO),
    ],
)
def test_plain_text_has_it_as_a_word(body: str, expected: Evidence) -> None:
    """Also in brackets, and at the end of a sentence."""
    assert find(source(body, "text/plain"), TARGET) == expected
    assert find(source(body, "text/markdown; charset=utf-8"), TARGET) == expected


def test_plain_text_finds_a_target_that_ends_like_a_sentence() -> None:
    """Its own last character is not taken for the sentence's."""
    target = "https://blog.example/what?"
    assert find(source("see https://blog.example/what? Yes", "text/plain"), target) == YES


def test_other_kinds_are_not_looked_into() -> None:
    """The error says what it is."""
    with pytest.raises(UnsupportedTypeError, match="application/pdf"):
        find(source(b"%PDF https://blog.example/post/", "application/pdf"), TARGET)


def test_the_encoding_is_what_the_page_says() -> None:
    """In the header, in the page, by its first bytes; else UTF-8, else what cannot fail."""
    target = "https://blog.example/é/"
    body = f"<meta charset=iso-8859-1><a href='{target}'>x</a>"
    for data, kind in (
        (body.encode("latin-1"), "text/html"),
        (body.encode("latin-1"), "text/html; charset=latin1"),
        (body.replace("iso-8859-1", "klingon").encode(), "text/html; charset=klingon"),
        (b"\xef\xbb\xbf" + body.encode(), "text/html; charset=latin1"),
        (b"\xff\xfe" + body.encode("utf-16-le"), "text/html"),
        (body.replace("<meta charset=iso-8859-1>", "").encode("latin-1"), "text/html"),
        (f"<?xml version='1.0' encoding='utf-8'?>{body}".encode("latin-1"), ""),
    ):
        assert find(source(data, kind), target) == YES


@pytest.mark.parametrize("meta", ["<meta http-equiv=Status content='410 Gone'>",
                                  '<meta HTTP-EQUIV=" status " content=" 410">'])  # fmt: skip
def test_a_page_can_say_that_it_is_gone(meta: str) -> None:
    """For hosts that answer everything with 200."""
    assert find(source(meta), TARGET).gone
    assert not find(source(meta.replace("410", "200")), TARGET).gone
    assert not find(source(f"<!-- {meta} -->"), TARGET).gone
