"""Who says what on a page that mentions ours, as microformats tell it."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta

import pytest

from dialogue.fetch.fetcher import Response
from dialogue.webmention.entry import read
from dialogue.webmention.seen import Seen

TARGET = "https://blog.example/post/"
NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
LINK = '<a href="https://blog.example/post/">x</a>'
REPLY = """<title>T</title>
<article class="h-entry">
  <a class="u-in-reply-to" href="https://blog.example/post/">in reply</a>
  <p class="p-author h-card"><a class="u-url p-name" href="/about">Ada  Lovelace</a></p>
  <time class="dt-published" datetime="2026-04-30T10:00:00+02:00">yesterday</time>
  <div class="e-content">I <b>agree</b>, mostly.</div>
</article>"""


def seen(body: str, kind: str = "text/html; charset=utf-8") -> Seen:
    """What is read from a page of another site."""
    answer = Response("https://other.example/note", 200, {"content-type": kind}, body.encode())
    return read(answer, TARGET, NOW)


def test_a_reply() -> None:
    """Its author, words and date; URLs are relative to the page."""
    assert seen(REPLY) == Seen(
        kind="reply",
        author="Ada Lovelace",
        url="https://other.example/about",
        title="",
        text="I agree, mostly.",
        html="I <b>agree</b>, mostly.",
        date=datetime(2026, 4, 30, 8, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("u-in-reply-to", "reply"),
        ("u-like-of", "like"),
        ("u-repost-of", "repost"),
        ("u-bookmark-of", "mention"),
        ("u-like-of u-in-reply-to", "reply"),
        ("u-url", "mention"),
        ("", "mention"),
    ],
)
def test_what_the_page_does_with_the_post(words: str, kind: str) -> None:
    """By the property that the link is."""
    link = f'<a class="{words}" href="https://blog.example/post/">x</a>'
    assert seen(f'<div class="h-entry">{link}</div>').kind == kind


def test_a_citation_counts_as_its_url() -> None:
    """Replies often carry what they answer as an h-cite."""
    cite = f'<div class="u-repost-of h-cite"><a class="u-url" href="{TARGET}">Post</a></div>'
    assert seen(f'<div class="h-entry">{cite}</div>').kind == "repost"


def test_a_reply_to_something_else_is_a_mention() -> None:
    """And so is one that has our link in passing, or in a comment below it."""
    other = '<a class="u-in-reply-to" href="https://third.example/">x</a>'
    page = f'<div class="h-entry">{other}<div class="e-content">{LINK}</div></div>'
    assert seen(page).kind == "mention"
    comment = f'<div class="u-comment h-cite"><a class="u-in-reply-to" href="{TARGET}">x</a></div>'
    assert (
        seen(f'<div class="h-entry"><p class="p-name">Title</p>{comment}</div>').kind == "mention"
    )


def test_the_entry_around_the_link_is_read() -> None:
    """Not the first on the page, and not the feed that they are all in."""
    first = '<div class="h-entry"><p class="p-author">First</p></div>'
    feed = f'<div class="h-feed"><p class="p-name">All</p>{first}{REPLY}</div>'
    assert seen(feed).author == "Ada Lovelace"


@pytest.mark.parametrize(
    ("author", "name", "url"),
    [
        ('<a class="p-author h-card" href="/me">Me</a>', "Me", "https://other.example/me"),
        ('<p class="p-author">Me</p>', "Me", ""),
        ('<a class="u-author" href="https://me.example/"></a>', "other.example", "https://me.example/"),
        ('<p class="p-author h-card"><a class="u-url" href="javascript:x">Me</a></p>', "Me", ""),
        ('<p class="p-author h-card">M\u202ee\u0007\n you</p>', "Me you", ""),
        ("", "other.example", ""),
    ],
)  # fmt: skip
def test_an_author(author: str, name: str, url: str) -> None:
    """By card, name or URL, of the web only; whoever says nothing is called by the host."""
    found = seen(f'<div class="h-entry">{author}{LINK}</div>')
    assert (found.author, found.url) == (name, url)


def test_a_page_may_say_who_all_of_it_is_by() -> None:
    """By a card of its own, or in its head."""
    entry = f'<div class="h-entry"><div class="e-content">{LINK}</div></div>'
    card = '<p class="h-card"><a class="u-url p-name" href="/">Ada</a></p>'
    assert (seen(entry + card).author, seen(entry + card).url) == ("Ada", "https://other.example/")
    assert seen(f'<meta name="author" content=" Ada  L. ">{LINK}').author == "Ada L."


def test_a_title_that_is_not_the_beginning_of_the_text() -> None:
    """Articles have one, notes do not."""
    page = f'<div class="h-entry"><h1 class="p-name">On posts</h1><p class="e-content">{LINK}</p></div>'
    assert seen(page).title == "On posts"
    assert seen(f'<div class="h-entry"><p class="p-name e-content">So {LINK}</p></div>').title == ""


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("2026-04-30", datetime(2026, 4, 30, tzinfo=UTC)),
        ("2026-04-30 10:00:00", datetime(2026, 4, 30, 10, tzinfo=UTC)),
        ("2027-01-01T00:00:00Z", NOW),
        ("0001-01-01T00:00:00+14:00", NOW),
        ("yesterday", NOW),
        ("", NOW),
    ],
)
def test_a_date(written: str, read_as: datetime) -> None:
    """None that cannot be: in the future, before the web, or no date."""
    time_ = f'<time class="dt-published" datetime="{written}"></time>'
    assert seen(f'<div class="h-entry">{time_}{LINK}</div>').date == read_as


def test_a_page_without_microformats_is_a_bare_mention() -> None:
    """By its host, now."""
    bare = Seen("mention", "other.example", "", "", "", "", NOW)
    assert seen(f"<title>T</title>{LINK}") == bare
    assert seen(f"see {TARGET}", "text/plain") == bare
    assert seen(f'{{"a": "{TARGET}"}}', "application/json") == bare


def test_microformats_may_come_as_json() -> None:
    """The same words mean the same."""
    entry = {
        "type": ["h-entry"],
        "properties": {
            "in-reply-to": [TARGET],
            "author": [{"type": ["h-card"], "properties": {"name": ["Ada"]}}],
            "content": ["a <b>"],
        },
    }
    for document in (entry, {"items": [entry]}):
        found = seen(json.dumps(document), "application/mf2+json")
        assert (found.kind, found.author) == ("reply", "Ada")
        assert (found.text, found.html) == ("a <b>", "<p>a &lt;b&gt;</p>")


@pytest.mark.parametrize(
    "document",
    [
        [], {}, {"items": []}, {"items": 1}, {"items": [1]}, {"properties": 1}, {"properties": {}},
        {"properties": {"author": 1, "content": [1], "in-reply-to": [{"properties": {"url": 1}}]}},
        {"properties": {"author": [[]], "name": [None], "content": [{"html": 1, "value": []}]}},
    ],
)  # fmt: skip
def test_json_of_any_shape_is_read(document: object) -> None:
    """Whatever is where something else belongs counts as nothing."""
    assert seen(json.dumps(document), "application/json").author == "other.example"


def test_a_long_article_is_read() -> None:
    """With thousands of elements, as highlighted code has them."""
    page = REPLY.replace("I <b>agree</b>", "<span class=k>x</span>" * 5_000)
    assert seen(page).kind == "reply"


@pytest.mark.parametrize(
    "page",
    [
        '<div class="h-entry e-content">' * 200 + LINK,
        '<div class="h-entry">' + '<p class="e-content">' * 200 + LINK,
        '<div class="h-entry">' + "<div>" * 200 + LINK,
        '<div class="h-entry">' + "<p>x" * 30_000 + LINK,
        '<div class="h-entry">' + "<a class=u-url href=x>" * 20_000 + LINK,
        '<div class="h-entry"><p class="e-content">' + "x" * 900_000 + LINK,
        '<div class="h-entry e-content">' * 5 + "<p class='p-name u-url'>x" * 3_900 + LINK,
        '<div class="h-entry p-name ' + "p-x " * 100_000 + f'">{LINK}',
        '<div class="hentry"><p class="entry-content">' * 200 + LINK,
    ],
    ids=range(9),
)
def test_no_page_keeps_us_busy(page: str) -> None:
    """What is built to be slow is read within a second, as a mention at least."""
    start = time.process_time()
    assert seen(page).date == NOW
    assert timedelta(seconds=time.process_time() - start) < timedelta(seconds=6)
