"""The feed of a post's replies."""

from __future__ import annotations

from datetime import UTC, datetime

import feedparser
import pytest

from plugins.feeds.formats import ATOM, RSS, Format
from plugins.feeds.identity import identity
from plugins.feeds.replies import Reply, render_reply_feed, replies_stem, replies_to
from tests.feed_rules import atom_faults, rss_faults
from tests.plugins.feed_examples import FACTS, SETTINGS, entry, feeds

POST = entry("a-post", title="What <b> next?")
REPLIES = [
    Reply("r1", "Ann", datetime(2026, 6, 1, 8, tzinfo=UTC), "<p>Yes.</p>", "https://ann.example/"),
    Reply("r2", " Bob\x00 ", datetime(2026, 6, 2, 8, tzinfo=UTC), "<p>No.</p>", parent="r1"),
    Reply("r3", "", datetime(2026, 6, 3, 8, tzinfo=UTC), "<script>x</script>", "javascript:x"),
]
PAGE = "https://blog.example.com/a-post/"


@pytest.mark.parametrize(("form", "faults"), [(RSS, rss_faults), (ATOM, atom_faults)])
def test_a_reader_finds_every_reply_and_what_it_answers(form: Format, faults: object) -> None:
    """Newest first; a reply without a name or with a harmful address is harmless."""
    data = render_reply_feed(form, POST, REPLIES, FACTS, SETTINGS)
    assert callable(faults)
    assert faults(data) == []
    parsed = feedparser.parse(data)
    assert parsed.feed.link == PAGE
    assert [one.link for one in parsed.entries] == [f"{PAGE}#r3", f"{PAGE}#r2", f"{PAGE}#r1"]
    assert [one.author for one in parsed.entries] == ["Anonymous", "Bob", "Ann"]
    assert [one.content[0].value for one in parsed.entries[1:]] == ["<p>No.</p>", "<p>Yes.</p>"]
    assert b"javascript" not in data
    answered = [one["thr_in-reply-to"]["ref"] for one in parsed.entries]
    first = identity(POST.post, SETTINGS).id
    assert answered == [first, parsed.entries[2].id, first]


def test_a_post_names_its_replies_and_their_feeds() -> None:
    """With their number, where both a person and a program find them."""
    told = replies_to(POST, 3, FACTS)
    assert told.total == 3
    assert told.page == f"{PAGE}#replies"
    assert told.atom == "https://blog.example.com/feeds/replies/a-post.atom.xml"
    data = feeds([POST], replies={POST.post.source: told})["feeds/all.rss.xml"]
    assert rss_faults(data) == []
    (found,) = feedparser.parse(data).entries
    assert found.slash_comments == "3"
    assert found.wfw_commentrss == "https://blog.example.com/feeds/replies/a-post.rss.xml"


def test_every_post_has_a_reply_feed_of_its_own() -> None:
    """Also the one at the root of the site."""
    assert replies_stem(POST.post) == "feeds/replies/a-post"
    assert replies_stem(entry("x", url="/2026/x.html").post) == "feeds/replies/2026/x.html"
    assert replies_stem(entry("x", url="/").post) == "feeds/replies/home"


def test_a_feed_without_replies_is_valid() -> None:
    """People may subscribe before anybody has answered."""
    data = render_reply_feed(ATOM, POST, [], FACTS, SETTINGS)
    assert atom_faults(data) == []
