"""The rules that our feeds are held to: each is broken once and has to notice."""

from __future__ import annotations

import json

import pytest

from tests.feed_rules import atom_faults, rss_faults
from tests.json_feed_rules import json_feed_faults

RSS = b"""<?xml version='1.0' encoding='UTF-8'?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"
 xmlns:slash="http://purl.org/rss/1.0/modules/slash/"><channel>
<title>Site</title><link>https://example.org/</link><description>About.</description>
<atom:link rel="self" type="application/rss+xml" href="https://example.org/rss.xml"/>
<language>en</language><lastBuildDate>Tue, 19 May 2026 09:30:00 +0000</lastBuildDate>
<item><title>One</title><link>https://example.org/1/</link><description>Short.</description>
<content:encoded>&lt;p&gt;&lt;a href="https://example.org/"&gt;x&lt;/a&gt;&lt;/p&gt;</content:encoded>
<guid isPermaLink="false">tag:example.org,2026:/1</guid>
<enclosure url="https://example.org/a.mp3" length="12" type="audio/mpeg"/>
<pubDate>Tue, 19 May 2026 09:30:00 +0000</pubDate><dc:creator>Ann</dc:creator>
<media:content url="https://example.org/a.png" medium="image" width="3" height="4"/>
<slash:comments>3</slash:comments></item></channel></rss>"""

ATOM = b"""<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"
 xmlns:fh="http://purl.org/syndication/history/1.0"
 xmlns:thr="http://purl.org/syndication/thread/1.0"><id>tag:example.org,2026:/all</id>
<title>Site</title><updated>2026-05-19T09:30:00Z</updated><author><name>Ann</name></author>
<link rel="self" type="application/atom+xml" href="https://example.org/1.atom.xml"/>
<link rel="alternate" type="text/html" href="https://example.org/"/>
<link rel="prev-archive" href="https://example.org/0.atom.xml"/>
<link rel="current" href="https://example.org/all.atom.xml"/><fh:archive/>
<entry><id>tag:example.org,2026:/1</id><title>One</title><updated>2026-05-19T09:30:00Z</updated>
<content type="html">&lt;p&gt;x&lt;/p&gt;</content><summary>Short.</summary><category term="a"/>
<link rel="alternate" type="text/html" href="https://example.org/1/"/>
<link rel="replies" href="https://example.org/1/#replies" thr:count="2"/><thr:total>2</thr:total>
</entry></feed>"""

JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Site",
    "feed_url": "https://example.org/feed.json",
    "items": [
        {"id": "1", "content_html": "<p>x</p>", "date_published": "2026-05-19T09:30:00Z"},
    ],
}


def test_valid_documents_have_no_faults() -> None:
    """A document of each format that uses most of what we write passes."""
    assert rss_faults(RSS) == []
    assert atom_faults(ATOM) == []
    assert json_feed_faults(json.dumps(JSON).encode()) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (b"<title>Site</title>", b"", "no title"),
        (b"<title>Site</title>", b"<title>Site</title><title>Site</title>", "2 times title"),
        (b"<title>One</title>", b"<title>a &lt;b&gt;c&lt;/b&gt;</title>", "contains HTML"),
        (b"<title>One</title>", b"<title>a &lt;b c</title>", "could be taken for HTML"),
        (b"<title>One</title>", b"<title>&amp;copy me</title>", "character reference"),
        (b"<title>One</title>", "<title>a\x85</title>".encode(), "likely damaged"),
        (b"<link>https://example.org/1/</link>", b"<link>/1/</link>", "no absolute URL"),
        (b"<language>en</language>", b"<language>english</language>", "no language"),
        (b"<pubDate>Tue", b"<pubDate>Mon", "wrong day of the week"),
        (b"2026 09:30:00 +0000</pubDate>", b"2026 09:30:00 +0545</pubDate>", "no date by RFC 2822"),
        (b"<pubDate>Tue, 19 May 2026", b"<pubDate>Sat, 19 May 1962", "implausible date"),
        (b"<dc:creator>Ann</dc:creator>", b"<author>Ann</author>", "unknown element author"),
        (b"<dc:creator>Ann</dc:creator>", b"<dc:creator> </dc:creator>", "blank"),
        (b' isPermaLink="false"', b"", "no permalink"),
        (b"tag:example.org,2026:/1<", b"12345<", "not sufficiently unique"),
        (b' length="12"', b"", "enclosure without length"),
        (b' type="audio/mpeg"', b' type="audio"', "enclosure without type"),
        (b'width="3"', b'width="0"', "width '0'"),
        (b'rel="self"', b'rel="first"', "unregistered relation"),
        (b'rel="self"', b'rel="related"', "not one link to itself"),
        (b'rel="self"', b'rel="current"', "links of an archive page"),
        (b'href="https://example.org/"&gt;', b'href="/x"&gt;', "href of a is not absolute"),
        (b"&lt;p&gt;", b"&lt;p onclick=&quot;x&quot;&gt;", "attribute onclick"),
        (b"&lt;p&gt;", b"&lt;p&gt;&lt;script&gt;&lt;/script&gt;", "element script"),
        (b"&lt;p&gt;", b"&lt;p&gt;&lt;img src='/a.png'/&gt;", "src of img is not absolute"),
        (b"&lt;p&gt;", b"&lt;p&gt;&lt;div&gt;x&lt;/div&gt;", "parse error"),
        (b"&lt;p&gt;", b"&lt;p&gt;&lt;br&gt;", "not well-formed"),
        (b"<slash:comments>3<", b"<slash:comments>few<", "no number"),
        (b"</item>", b"</item><copyright>x</copyright>", "behind items"),
    ],
)  # fmt: skip
def test_each_rule_of_rss_notices(old: bytes, new: bytes, fault: str) -> None:
    """A valid document with one thing changed has the fault that names it."""
    changed = RSS.replace(old, new, 1)
    assert changed != RSS
    assert any(fault in found for found in rss_faults(changed))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (b"<id>tag:example.org,2026:/all</id>", b"", "no {http://www.w3.org/2005/Atom}id"),
        (b"<id>tag:example.org,2026:/1</id>", b"<id>/1</id>", "no URI"),
        (b"2026:/1</id>", b"26:/1</id>", "no tag URI"),
        (b"2026:/1</id>", b"2026:/%7e1</id>", "not canonical"),
        (b"2026:/1</id>", b"2026:/%7E1</id>", "needless escapes"),
        (b"2026-05-19T09:30:00Z</updated><author>", b"2026-05-19</updated><author>", "RFC 3339"),
        (b"<title>One</title>", b"<title type='html'>&lt;b&gt;One</title>", "not well-formed"),
        (b"<title>One</title>", b"<title>a&lt;/b&gt;</title>", "contains HTML"),
        (b"<name>Ann</name>", b"", "no {http://www.w3.org/2005/Atom}name"),
        (b'rel="self"', b'rel="related"', "not one link to itself"),
        (b'rel="prev-archive"', b'rel="related"', "leads nowhere"),
        (b'rel="current"', b'rel="related"', "without its feed"),
        (b'rel="alternate" type="text/html" href="https://example.org/1/"',
         b'rel="current" href="https://example.org/1/"', "feed history in an entry"),
        (b'rel="replies"', b'rel="related"', "thr:count on another link"),
        (b'<category term="a"/>', b"<category/>", "no term"),
        (b' xml:lang="en"', b"", "no xml:lang"),
        (b"</entry>", b"</entry><rights>x</rights>", "behind entries"),
        (b"<thr:total>2<", b"<thr:total>-2<", "no number"),
    ],
)  # fmt: skip
def test_each_rule_of_atom_notices(old: bytes, new: bytes, fault: str) -> None:
    """A valid document with one thing changed has the fault that names it."""
    changed = ATOM.replace(old, new, 1)
    assert changed != ATOM
    assert any(fault in found for found in atom_faults(changed))


def test_entries_that_share_an_id_or_a_time_are_noticed() -> None:
    """Two entries with one id, and with one time of updating, are two faults."""
    entry = ATOM[ATOM.index(b"<entry>") : ATOM.index(b"</feed>")]
    faults = atom_faults(ATOM.replace(b"</feed>", entry + b"</feed>"))
    assert [fault.split(" ")[0] for fault in faults] == ["id", "updated"]


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("version", "1.1", "another version"),
        ("title", "", "no text"),
        ("feed_url", "/feed.json", "no absolute URL"),
        ("items", {}, "no array"),
        ("items", [{"content_text": "x"}], "no id"),
        ("items", [{"id": 1, "content_text": "x"}], "no text"),
        ("items", [{"id": "1"}], "none of content_html, content_text"),
        ("items", [{"id": "1", "content_text": "x"}] * 2, "not unique"),
        ("items", [{"id": "1", "content_html": "<p onclick='x'>y</p>"}], "attribute onclick"),
        ("items", [{"id": "1", "content_text": "x", "author": {}}], "unknown field author"),
        ("items", [{"id": "1", "content_text": "x", "date_published": "2026-05-19"}], "no date"),
        ("items", [{"id": "1", "content_text": "x", "attachments": [{}]}], "no mime_type"),
        ("authors", [{}], "none of avatar, name, url"),
        ("language", "en_GB", "no language"),
        ("expired", "yes", "neither true nor false"),
        ("next_url", "https://example.org/feed.json", "the feed itself"),
        ("hubs", [{"type": "WebSub"}], "no url"),
        ("colour", "red", "unknown field"),
    ],
)
def test_each_rule_of_json_feed_notices(field: str, value: object, fault: str) -> None:
    """A valid document with one field changed has the fault that names it."""
    faults = json_feed_faults(json.dumps({**JSON, field: value}).encode())
    assert any(fault in found for found in faults)


def test_what_is_no_feed_at_all_is_noticed() -> None:
    """Other documents, and broken ones, are no feeds."""
    assert rss_faults(ATOM)
    assert atom_faults(RSS)
    assert rss_faults(RSS[:-6])
    assert json_feed_faults(RSS)
