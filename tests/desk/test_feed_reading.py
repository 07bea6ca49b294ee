"""Feeds read as subscribers see them: ours, and those of other generators."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from desk.errors import DeskError
from desk.feed_reading import read_feed
from tests.plugins.feed_examples import SETTINGS, entry, feeds

OTHER_RSS = b"""<rss version="2.0"><channel><title>Old</title><link>https://old.example/</link>
<item><title>First &amp; last</title><link>https://old.example/first/</link>
<pubDate>Tue, 19 May 2026 11:30:00 +0200</pubDate>
<description>&lt;p&gt;A &lt;b&gt;text&lt;/b&gt; &amp;amp; more.&lt;/p&gt;</description></item>
<item><title>No date</title><guid>12</guid><pubDate>yesterday</pubDate></item>
<item><title>Broken &nbsp; entity</title></item></channel></rss>"""
OTHER_ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Old</title>
<entry><id>urn:1</id><title type="html">A &amp;lt;b&amp;gt;</title><link href="https://old.example/1"/>
<updated>2026-05-19T09:30:00Z</updated><summary>Short</summary></entry></feed>"""


@pytest.mark.parametrize("ending", ["rss.xml", "atom.xml", "json"])
def test_our_feeds_are_read_alike_in_every_format(ending: str) -> None:
    """Id, title, link, text and dates; so a change shows in each the same."""
    posts = [entry("one", "<p>A <em>text</em>.</p>", title="Why <b>?"), entry("two", lang="de")]
    files = feeds(posts)
    found = read_feed(files[f"feeds/all.{ending}"], "all")
    one = next(seen for seen in found.entries if seen.title == "Why <b>?")
    assert one.id == "tag:example.org,2026-05-19:/one"
    assert one.path == "/one"
    assert one.text == "A text ."
    assert one.published == datetime(2026, 5, 19, 9, 30, tzinfo=UTC)
    assert found.address == f"https://blog.example.com/feeds/all.{ending}"
    assert len(found.entries) == 2


def test_other_generators_feeds_are_read_too() -> None:
    """Also without ids, without dates, and not quite valid."""
    found = read_feed(OTHER_RSS, "index.xml")
    assert [(one.id, one.title) for one in found.entries[:2]] == [
        ("https://old.example/first/", "First & last"),
        ("12", "No date"),
    ]
    assert found.entries[0].text == "A text & more."
    assert found.entries[0].published == datetime(2026, 5, 19, 9, 30, tzinfo=UTC)
    assert found.entries[1].published is None
    assert len(found.entries) == 3
    (atom,) = read_feed(OTHER_ATOM, "atom.xml").entries
    assert (atom.title, atom.text, atom.published) == (
        "A <b>",
        "Short",
        datetime(2026, 5, 19, 9, 30, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    "data",
    [b"", b"nothing", b"<html><body>x</body></html>", b"<rss/>", b"{}", b'{"items": 3}', b"{"],
)
def test_what_is_no_feed_is_an_error_that_names_it(data: bytes) -> None:
    """Such as the page that a host shows for a missing one."""
    with pytest.raises(DeskError, match=r"^page\.xml is "):
        read_feed(data, "page.xml")


def test_a_feed_cannot_read_files_or_grow() -> None:
    """Entities of its own are not resolved."""
    bad = OTHER_RSS.replace(
        b"<rss", b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss', 1
    ).replace(b"No date", b"&x;")
    assert all("root:" not in one.title for one in read_feed(bad, "x").entries)


def test_hub_and_address_are_found() -> None:
    """In every format."""
    files = feeds([entry()], type(SETTINGS)("example.org", "2026", hub="https://hub.example/"))
    for path in ("feeds/all.rss.xml", "feeds/all.atom.xml", "feeds/all.json"):
        found = read_feed(files[path], path)
        assert (found.hub, found.address) == (
            "https://hub.example/",
            f"https://blog.example.com/{path}",
        )
