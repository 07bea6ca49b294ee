"""Whether a source mentions a target (W3C 3.2.2), by media type."""

from __future__ import annotations

import contextlib
import time

import pytest

from dialogue.fetch.fetcher import Response
from dialogue.webmention.evidence import Evidence, UnsupportedTypeError, find, may_mention

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


@pytest.mark.parametrize("encoding", ["punycode", "idna", "unicode_escape", "hex", "zip", "utf_7"])
def test_only_encodings_of_the_web_are_believed(encoding: str) -> None:
    """Others can be built to take hours; the page is read as if it named none."""
    body = f"<meta charset={encoding}><a href='{TARGET}'>x</a>" + "-x" * 400_000
    start = time.process_time()
    assert find(source(body, f"text/html; charset={encoding}"), TARGET) == YES
    assert find(source(body, "text/html"), TARGET) == YES
    assert time.process_time() - start < 6


@pytest.mark.parametrize(
    "piece", ["<p>", "<a href=x>", "<a href=https://blog.example/x>", "&lt;", "<!-->", "<a href='"]
)
def test_a_page_built_to_be_slow_is_read_soon(piece: str) -> None:
    """Whatever a megabyte is full of: it is read in a moment, or not at all."""
    body = (piece * 1_000_000)[:990_000]
    start = time.process_time()
    with contextlib.suppress(UnsupportedTypeError):
        assert not find(source(body), TARGET).exact
    assert time.process_time() - start < 12


def test_a_page_that_does_not_name_us_need_not_be_parsed() -> None:
    """Nearly always: one of our own site may leave its name out."""
    for body, kind in (("nothing", ""), ("", ""), ("https://other.example/", "")):
        assert not may_mention(source(body, kind), TARGET)
    for body in (TARGET, "//BLOG.Example/x", "\0b\0l\0o\0g\0.example"):
        assert may_mention(source(body), TARGET)
    ours = Response("https://blog.example/other/", 200, {}, b"<a href=/post/>")
    assert may_mention(ours, TARGET)
    for target in ("https://caf\u00e9.example/", "https://xn--caf-dma.example/"):
        assert may_mention(source("https://caf\u00e9.example/"), target)
        assert may_mention(source("https://xn--caf-dma.example/"), target)


def test_a_host_may_be_written_in_its_own_letters() -> None:
    """It is the same as in the letters of the network."""
    body = "<a href='https://caf\u00e9.example/post/'>x</a>"
    assert find(source(body), "https://xn--caf-dma.example/post/") == YES
    body = "<a href='https://xn--caf-dma.example/post/'>x</a>"
    assert find(source(body), "https://caf\u00e9.example/post/") == YES
