"""Whatever reads what strangers send takes time that grows with its length, and no faster.

Parsers and serializers of libraries included: each is fed what theirs have taken the square of.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from dialogue import boundary, html_tree, urls
from dialogue.errors import OutOfBoundsError
from dialogue.fetch.fetcher import Response
from dialogue.guard.judge import Evidence, Rules, judge
from dialogue.importing.found import paragraphs
from dialogue.mail.address import parsed
from dialogue.replies import foreign, markup
from dialogue.web import typed
from dialogue.web.address import visitor
from dialogue.web.origin import source
from dialogue.webmention import cleaning, discovery, entry, evidence, linkheader
from tests.growth import is_linear
from thread.safe import safe

TARGET = "https://blog.example/tea/"
NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
RULES = Rules(least_seconds=2, most_links=2, hourly=10, words=("casino",))
# What is repeated, after what, and before what.
PIECES = {
    "text": ("", "word ", ""),
    "blocks": ("", "<div>", "x"),
    "lists": ("", "<ul><li>", "x"),
    "quotations": ("", "<blockquote>", "x"),
    "closed": ("", "</p>", "x"),
    "links": ("", "<a href=x>", "x"),
    "flat": ("", '<a href="https://blog.example/x">y</a> ', ""),
    "ours": ("", f'<a href="{TARGET}">y</a> ', ""),
    "entries": ("", '<p class="h-entry e-content">', "x"),
    "properties": ("", '<b class="p-name u-url e-content">', "x"),
    "left open": ("", "<p><em a=1>x</p>", ""),
    "tables": ("", "<table><td>", "x"),
    "selects": ("", "<select><option>", "x"),
    "comments": ("", "<!--", ""),
    "comments in an attribute": ('<b title="', "<!--", '">x</b>'),
    "braces in an attribute": ('<b title="', "&{", '">x</b>'),
    "braces in a link": ('<a href="', "&{<!--", '">x</a>'),
    "attributes": ("<a ", "a b=c ", ">x</a>"),
    "classes": ('<p class="', "h-x e-y ", '">x</p>'),
    "references": ("", "&amp;&#1;&x", ""),
    "open brackets": ("", "<", ""),
    "scripts": ("", "<script><!--<script>", ""),
    "titles": ("", "<title>", ""),
    "bases": ("<base href='/", "a/", "'><a href='x'>y</a>"),
    "parents": ("<a href='", "../", "'>y</a>"),
    "square brackets": ("", "[", "x"),
    "images": ("", "![", "x"),
    "links in links": ("", "[a](", "x"),
    "stars": ("", "*a **b ", "x"),
    "underscores": ("", "_", "a"),
    "backticks": ("", "`a ``b ", "x"),
    "quotes": ("", "> ", "x"),
    "quoted lines": ("", "> a\n>\n", "x"),
    "list lines": ("", "* a\n  ", "x"),
    "tabs": ("", "\t\n", "x"),
    "spaces": ("", " ", "x"),
    "blank lines": ("", "\n \n", "x"),
    "angles": ("", "<http://", "x"),
    "marks": ("a", "\u0315\u0300", "x"),
    "directions": ("", "\u202e", "x"),
    "dots": ("a@", ".", "@"),
    "ats": ("", "a@", ""),
    "hyphens": ("a@", "a-", "-.x"),
    "urls": ("", "https://blog.example/tea/ ", ""),
    "commas": ("<", ">;rel=webmention,<", ">"),
    "parameters": ("<x>", ';a="b', '"'),
    "semicolons": ("<x>", "; ", ""),
    "escapes": ("https://x.example/", "%2", ""),
    "json": ("", '{"items":[', ""),
    "numbers": ("", "9", ""),
    "colons": ("", ":", ""),
    "surrogates": ("", "\\ud800", ""),
}


def page(text: str, kind: str = "text/html") -> Response:
    """A page of another site with an entry that mentions ours, and ``text`` in it."""
    body = f'<div class="h-entry"><a class="u-in-reply-to" href="{TARGET}">x</a>{text}</div>'
    return Response("https://other.example/", 200, {"content-type": kind}, body.encode())


def as_json(text: str) -> Response:
    """The same in microformats as JSON."""
    said = {"content": [{"value": text, "html": text}], "in-reply-to": [TARGET], "name": [text]}
    body = json.dumps({"items": [{"type": ["h-entry"], "properties": said}]})
    kind = {"content-type": "application/mf2+json"}
    return Response("https://other.example/", 200, kind, body.encode())


def mentioned(answer: Response) -> None:
    """Everything that happens to the source of a webmention."""
    with contextlib.suppress(evidence.UnsupportedTypeError):
        evidence.find(answer, TARGET)
    cleaning.words(entry.read(answer, TARGET, NOW), 10_000)


def refusing(read: Callable[[str], object]) -> Callable[[str], None]:
    """The same, where a refusal is an answer."""

    def tried(text: str) -> None:
        try:
            read(text)
        except (OutOfBoundsError, ValueError):
            return

    return tried


# What reads a text, and how many characters it may be given.
READERS: dict[str, tuple[Callable[[str], object], int]] = {
    "boundary": (boundary.wellformed, 32_000),
    "a line": (typed.line, 32_000),
    "paragraphs": (typed.paragraphs, 32_000),
    "a mailbox": (typed.mailbox, 32_000),
    "an address": (typed.address, 32_000),
    "a mail address": (refusing(parsed), 32_000),
    "a url": (refusing(urls.checked), 32_000),
    "a url compared": (lambda text: urls.is_at(text, "blog.example/tea"), 32_000),
    "a link header": (lambda text: list(linkheader.parse(text)), 32_000),
    "an origin": (lambda text: source({"origin": text}, "https://blog.example"), 32_000),
    "a forwarded address": (lambda text: visitor("127.0.0.1", [text], ()), 32_000),
    "words of a reply": (markup._rendered.__wrapped__, 10_000),  # past its cache
    "the guard": (lambda text: judge(Evidence(texts=(text,)), RULES), 32_000),
    "foreign html": (refusing(foreign.cleaned), 32_000),
    "a comment": (refusing(paragraphs), 32_000),
    "a tree": (html_tree.parse, 32_000),
    "a mention": (lambda text: mentioned(page(text)), 32_000),
    "a mention in json": (lambda text: mentioned(as_json(text)), 32_000),
    "a mention in text": (lambda text: mentioned(page(text, "text/plain")), 32_000),
    "json": (lambda text: mentioned(page(text, "application/json")), 32_000),
    "an endpoint": (lambda text: discovery.endpoint(page(text)), 32_000),
}
# Those that read whole pages, of up to a megabyte.
PAGES = ("a tree", "a mention", "a mention in json", "a mention in text", "json", "an endpoint")
FLOOR = 0.03


@pytest.mark.parametrize("reader", READERS)
def test_time_grows_with_the_length(reader: str) -> None:
    """At n, 2n and 4n, up to what it may be given or a size that shows it."""
    read, size = READERS[reader]
    assert [name for name in PIECES if not _is_linear(read, name, size)] == []


@pytest.mark.deep
@pytest.mark.parametrize("reader", PAGES)
def test_a_page_of_half_a_megabyte_is_read_soon(reader: str) -> None:
    """Nor is there a square too small to be seen before."""
    read, _ = READERS[reader]
    assert [name for name in PIECES if not _is_linear(read, name, 500_000, 0.5)] == []


def _is_linear(read: Callable[[str], object], name: str, size: int, floor: float = FLOOR) -> bool:
    before, piece, after = PIECES[name]

    def run(length: int) -> None:
        read(before + piece * (length // len(piece)) + after)

    return is_linear(run, size, floor, most=3.0)


def test_what_takes_the_square_is_found() -> None:
    """The test can fail: the sanitizer alone takes the square of depth."""
    assert not _is_linear(safe, "blocks", 32_000)
