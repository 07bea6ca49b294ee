"""The feeds of a post's replies."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import feedparser
import pytest
from hypothesis import given

from tests.feed_rules import atom_faults, rss_faults
from tests.theme.samples import HOSTILE
from tests.thread.examples import OWN_SITE, REPLY, TARGET, reply, thread, threads
from thread.feed import NEWEST, feed_paths, render_feeds
from thread.model import Thread

ATOM, RSS = TARGET.feeds
LATER = REPLY.date + timedelta(hours=1)
TITLED = replace(TARGET, title="What <b> next?", entry="tag:blog.example.com,2026:/hello")


def made(found: Thread, path: str) -> bytes:
    """One of the feeds of a thread, held to the rules of its format."""
    data = render_feeds(OWN_SITE, TITLED, found)[path]
    found_faults = (atom_faults if path == ATOM else rss_faults)(data)
    # Two people may answer within one second; that readers cannot tell their order is no fault.
    assert [fault for fault in found_faults if not fault.endswith("is not unique")] == []
    return data


@pytest.mark.parametrize("path", [ATOM, RSS])
def test_a_reader_finds_every_reply_and_what_it_answers(path: str) -> None:
    """Newest first; likes, and what was removed, are not in it."""
    data = made(
        thread(
            REPLY,
            reply("r2", author="", parent="r1", date=LATER, html="<p>No.</p><script>x</script>"),
            reply("r3", kind="like"),
            reply("r4", erased=True),
            reply("r5", parent="r4", date=LATER + timedelta(hours=1), url="javascript:x"),
        ),
        path,
    )
    parsed = feedparser.parse(data)
    assert parsed.feed.link == TARGET.url
    assert [one.link for one in parsed.entries] == [
        f"{TARGET.url}#reply-{n}" for n in ("r5", "r2", "r1")
    ]
    assert [one.author for one in parsed.entries] == ["Ada", "Anonymous", "Ada"]
    assert parsed.entries[1].content[0].value == "<p>No.</p>"
    answered = [one["thr_in-reply-to"]["ref"] for one in parsed.entries]
    assert answered == [TITLED.entry, "tag:blog.example.com,2026-01-01:reply:r1", TITLED.entry]
    assert b"javascript" not in data
    assert b"script>x" not in data


@pytest.mark.parametrize("path", [ATOM, RSS])
def test_the_newest_replies_are_in_a_feed(path: str) -> None:
    """Of a long thread, the newest fifty: a feed does not grow for ever."""
    many = [reply(f"r{n}", date=LATER + timedelta(minutes=n)) for n in range(NEWEST + 10)]
    links = [one.link for one in feedparser.parse(made(thread(*many), path)).entries]
    assert links == [f"{TARGET.url}#reply-r{n}" for n in range(NEWEST + 9, 9, -1)]


def test_there_is_no_feed_before_the_first_reply() -> None:
    """And there stays one when the last reply goes: people have subscribed to it."""
    assert render_feeds(OWN_SITE, TARGET, thread(version=0)) == {}
    assert set(render_feeds(OWN_SITE, TARGET, thread(version=3))) == {ATOM, RSS}


@pytest.mark.parametrize("path", [ATOM, RSS])
def test_nothing_is_the_time_of_building(path: str) -> None:
    """The same thread makes the same feed; an edit is what changes it."""
    before = made(thread(REPLY), path)
    assert before == made(thread(REPLY), path)
    assert before != made(thread(replace(REPLY, edited=LATER)), path)


@pytest.mark.parametrize("path", [ATOM, RSS])
def test_what_is_hostile_stays_text(path: str) -> None:
    """Whatever a visitor writes, the feed is valid and its HTML has nothing that runs."""
    nasty = replace(
        REPLY, author=f"\x00{HOSTILE}", html=f"<p>\x0b\ufffe{HOSTILE}</p>", note=HOSTILE
    )
    [found] = feedparser.parse(made(thread(nasty), path), sanitize_html=False).entries
    assert "<script" not in found.content[0].value
    assert "<img" not in found.content[0].value


@pytest.mark.parametrize("path", [ATOM, RSS])
@given(found=threads())
def test_every_thread_makes_a_valid_feed(path: str, found: Thread) -> None:
    """By the rules of its format."""
    made(found, path)


def test_every_post_has_feeds_of_its_own() -> None:
    """Also the one at the root of the site."""
    assert feed_paths("2026/x.html") == (
        "feeds/replies/2026/x.html.atom.xml",
        "feeds/replies/2026/x.html.rss.xml",
    )
    assert feed_paths("")[0] == "feeds/replies/home.atom.xml"
