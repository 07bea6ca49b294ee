"""Sources made to break what reads them: each comes to an end, and is what people can read."""

from __future__ import annotations

import json
import time

import pytest

from dialogue.replies.bounds import check_depth
from dialogue.replies.model import State as ReplyState
from dialogue.webmention.queue import State
from tests.dialogue.webmention.conftest import POST, Bench, Elsewhere, page
from thread.safe import safe

JSON = "application/mf2+json"


def said(content: object, **more: object) -> str:
    """An entry that answers our post, in microformats as JSON."""
    properties = {"in-reply-to": [POST], "content": [content], **more}
    return json.dumps({"items": [{"type": ["h-entry"], "properties": properties}]})


def html(inner: str) -> str:
    """The same as a page."""
    link = f'<a class="u-in-reply-to" href="{POST}">x</a>'
    return f'<div class="h-entry">{link}<div class="e-content">{inner}</div></div>'


@pytest.mark.parametrize(
    "text",
    ["hi \ud800 there", "hi \x00 there", "hi \x1b\x7f\ufffe there", "hi \udfff\ud800 there"],
    ids=ascii,
)
def test_words_that_are_no_text_are_stored_as_text(
    bench: Bench, elsewhere: Elsewhere, text: str
) -> None:
    """On either database, from wherever in the entry they come."""
    author = {"type": ["h-card"], "properties": {"name": [f"A{text}"], "url": [f"https://{text}"]}}
    body = said({"value": text, "html": f"<p>{text}</p>"}, author=[author], name=[text])
    elsewhere.pages["/note"] = page(body, kind=JSON)
    assert bench.look(elsewhere, "/note").state is State.VERIFIED
    (reply,) = bench.store.listed(ReplyState.HELD)
    assert reply.html.split() == ["<p>hi", "there</p>"]
    assert reply.author.split() == ["Ahi", "there"]


@pytest.mark.parametrize(
    "inner",
    [
        "<ul><li>" * 6_000 + "deep",
        "<blockquote>" * 6_000 + "deep" + "</blockquote>" * 6_000,
        "<blockquote>" * 30 + "deep" + "</blockquote>" * 30,
        "<em>" * 30 + "deep" + "</em>" * 30,
        "<i></i>" * 6_000 + "deep",
        "<p><em a=1></p>" * 3_000 + "deep",
        f'<b title="{"<!--" * 5_000}">deep</b>',
        f"<b {' '.join(f'a{number}=b' for number in range(20_000))}>deep</b>",
    ],
    ids=["lists", "quotations", "thirty", "emphasis", "elements", "open", "comments", "attributes"],
)
@pytest.mark.parametrize("kind", ["html", "json"])
def test_what_is_stored_is_no_deeper_than_a_reply(
    bench: Bench, elsewhere: Elsewhere, kind: str, inner: str
) -> None:
    """Its words are kept without their shape, and to publish them takes no time."""
    body = html(inner) if kind == "html" else said({"value": "deep", "html": inner})
    elsewhere.pages["/note"] = page(body, kind="text/html" if kind == "html" else JSON)
    begun = time.process_time()
    assert bench.look(elsewhere, "/note").state is State.VERIFIED
    (reply,) = bench.store.listed(ReplyState.HELD)
    check_depth(reply.html)
    assert len(reply.html) < 200_000
    safe(reply.html)
    assert time.process_time() - begun < 15


def test_a_long_base_costs_no_more_than_its_length(bench: Bench, elsewhere: Elsewhere) -> None:
    """A thousand links that are each relative to half a megabyte are not put together."""
    base = f"<base href='/{'a/' * 250_000}'>"
    body = base + "<a href='x'>y</a>" * 5_000 + html("words")
    elsewhere.pages["/note"] = page(body)
    begun = time.process_time()
    assert bench.look(elsewhere, "/note").state is State.VERIFIED
    assert time.process_time() - begun < 15


@pytest.mark.parametrize(
    "date", ["0001-01-01", "9999-12-31T23:59:59-14:00", "0000-00-00", "", "9" * 5_000, "2999-01-01"]
)
def test_a_date_that_cannot_be_is_that_of_the_look(
    bench: Bench, elsewhere: Elsewhere, date: str
) -> None:
    """A mention has one that every page can show."""
    elsewhere.pages["/note"] = page(said("words", published=[date]), kind=JSON)
    assert bench.look(elsewhere, "/note").state is State.VERIFIED
    (reply,) = bench.store.listed(ReplyState.HELD)
    assert 2020 < reply.created.year < 2999
