"""RSS and Atom: feedgen does the writing, its traps do no harm, the extensions say the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import feedparser
import pytest
from lxml import etree

from plugins.feeds.entries import Author, FeedChannel, FeedEntry
from plugins.feeds.extensions import FeedLink
from plugins.feeds.formats import ATOM, RSS, Format
from plugins.feeds.media import Media
from plugins.feeds.rss_atom import Envelope, render, xml_entry
from tests.feed_rules import atom_faults, rss_faults

MOMENT = datetime(2026, 5, 19, 9, 30, tzinfo=UTC)
CHANNEL = FeedChannel(
    id="tag:example.org,2026:/all",
    title="Site",
    description="About.",
    lang="en",
    page="https://example.org/",
    author=Author("Ann", "https://example.org/"),
)
ENVELOPE = Envelope("https://example.org/all.xml", MOMENT)
ENTRY = FeedEntry(
    id="tag:example.org,2026:/1",
    guid="tag:example.org,2026:/1",
    url="https://example.org/1/",
    title="One",
    lang="en",
    published=MOMENT,
    updated=MOMENT,
    summary="Short.",
    html="<p>Long.</p>",
    full=True,
)
FULL = replace(
    ENTRY,
    authors=(Author("Ann", "https://example.org/ann/"), Author("Bob", "https://example.org/bob/")),
    labels=("News", "R&D"),
    via="https://example.net/x",
    image=Media("https://example.org/a.png", "image/png", width=3, height=4),
    enclosures=(
        Media("https://example.org/a.mp3", "audio/mpeg", 12),
        Media("https://example.com/b.mp4", "video/mp4", 0),
    ),
    replies="https://example.org/1/#replies",
)  # fmt: skip
NS = {
    "atom": "http://www.w3.org/2005/Atom",
    "fh": "http://purl.org/syndication/history/1.0",
    "thr": "http://purl.org/syndication/thread/1.0",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "media": "http://search.yahoo.com/mrss/",
    "dc": "http://purl.org/dc/elements/1.1/",
}
FAULTS = {RSS: rss_faults, ATOM: atom_faults}


def _render(
    form: Format, *entries: FeedEntry, envelope: Envelope = ENVELOPE, **changes: Any
) -> bytes:
    made = [xml_entry(one, CHANNEL.lang) for one in entries]
    data = render(form, replace(CHANNEL, **changes), envelope, made)
    assert FAULTS[form](data) == []
    return data


def _find(data: bytes, path: str) -> list[etree._Element]:
    return etree.fromstring(data).findall(path, NS)


@pytest.mark.parametrize("form", [RSS, ATOM])
def test_a_reader_finds_everything(form: Format) -> None:
    """What feedparser, which knows both formats, makes of an entry with all there is."""
    parsed = feedparser.parse(_render(form, FULL))
    (found,) = parsed.entries
    assert not parsed.bozo
    assert (found.id, found.link, found.title) == (FULL.id, FULL.url, FULL.title)
    assert found.content[0].value == FULL.html
    assert found.summary == FULL.summary
    assert found.published_parsed[:5] == (2026, 5, 19, 9, 30)
    assert [tag.term for tag in found.tags] == ["News", "R&D"]
    assert [author.name for author in found.authors] == ["Ann", "Bob"]
    assert found.media_content == [
        {"url": "https://example.org/a.png", "type": "image/png", "width": "3", "height": "4",
         "medium": "image"}
    ]  # fmt: skip
    assert found.enclosures[0].href == "https://example.org/a.mp3"
    assert (found.enclosures[0].type, found.enclosures[0].length) == ("audio/mpeg", "12")
    assert parsed.feed.language == "en"


def test_links_of_an_atom_entry_keep_relation_type_and_length() -> None:
    """It is feedgen that loses them."""
    data = _render(ATOM, FULL)
    assert [dict(link.attrib) for link in _find(data, "atom:entry/atom:link")] == [
        {"href": "https://example.org/1/", "rel": "alternate", "type": "text/html"},
        {"href": "https://example.net/x", "rel": "via", "type": "text/html"},
        {"href": "https://example.org/a.mp3", "rel": "enclosure", "type": "audio/mpeg", "length": "12"},
        {"href": "https://example.com/b.mp4", "rel": "enclosure", "type": "video/mp4", "length": "0"},
        {"href": "https://example.org/1/#replies", "rel": "replies", "type": "text/html"},
    ]  # fmt: skip


def test_replies_are_told_in_the_words_of_rss() -> None:
    """The page they are on; nothing is said where there can be none."""
    data = _render(RSS, FULL)
    assert [one.text for one in _find(data, "channel/item/comments")] == [
        "https://example.org/1/#replies"
    ]
    assert b"comments" not in _render(RSS, ENTRY)


@pytest.mark.parametrize("form", [RSS, ATOM])
def test_nothing_is_the_time_of_building(form: Format) -> None:
    """The defaults of feedgen are; here the feed's date and the entry's are those given."""
    data = _render(form, ENTRY)
    assert data == _render(form, ENTRY)
    assert b"2026-05-19T09:30:00" in data or b"19 May 2026 09:30:00" in data
    year = str(datetime.now(UTC).year + 1)
    assert year.encode() not in data


@pytest.mark.parametrize("form", [RSS, ATOM])
def test_entries_stay_in_their_order(form: Format) -> None:
    """It is feedgen that would turn it around."""
    second = replace(ENTRY, id="tag:a.b,2026:2", guid="2nd-entry", updated=MOMENT.replace(hour=8))
    found = feedparser.parse(_render(form, ENTRY, second))
    assert len(found.entries) == 2
    assert found.entries[0].id == ENTRY.id


@pytest.mark.parametrize("form", [RSS, ATOM])
def test_an_entry_can_be_in_several_feeds(form: Format) -> None:
    """It moves from one document to the next and is whole in each."""
    shared = xml_entry(FULL, "en")
    first = render(form, CHANNEL, ENVELOPE, [shared])
    other = render(form, replace(CHANNEL, title="Other"), ENVELOPE, [shared])
    again = render(form, CHANNEL, ENVELOPE, [shared])
    assert first == again == _render(form, FULL)
    assert other == first.replace(b"<title>Site</title>", b"<title>Other</title>")


def test_a_guid_is_no_permalink_and_may_be_any_text() -> None:
    """RSS repeats a foreign id as it was; Atom has the IRI."""
    odd = replace(ENTRY, guid="5b7ada40 & co")
    (guid,) = _find(_render(RSS, odd), "channel/item/guid")
    assert (guid.text, guid.get("isPermaLink")) == ("5b7ada40 & co", "false")
    assert [one.text for one in _find(_render(ATOM, odd), "atom:entry/atom:id")] == [ENTRY.id]


@pytest.mark.parametrize(
    "title", ["Why <b>bold</b>", "AT&amp;T & &copy;", "<script>alert(1)</script>"]
)
def test_titles_with_markup_are_shown_as_written(title: str) -> None:
    """Atom says that it is text; in RSS nothing looks like a tag any more."""
    odd = replace(ENTRY, title=title)
    (in_rss,) = _find(_render(RSS, odd), "channel/item/title")
    assert (in_rss.text or "").replace("\u2060", "") == title
    (in_atom,) = _find(_render(ATOM, odd), "atom:entry/atom:title")
    assert in_atom.get("type") == "html"
    assert etree.fromstring(f"<x>{in_atom.text}</x>").text == title


@pytest.mark.parametrize("form", [RSS, ATOM])
def test_a_text_may_hold_what_would_end_cdata(form: Format) -> None:
    """It is escaped instead."""
    html = "<p>a ]]&gt; b</p><pre>]]></pre>".replace("]]></pre>", "]]&gt;</pre>")
    assert (
        feedparser.parse(_render(form, replace(ENTRY, html=html))).entries[0].content[0].value
        == html
    )


@pytest.mark.parametrize("form", [RSS, ATOM])
def test_a_summary_is_plain_text_for_every_reader(form: Format) -> None:
    """Both formats take it for HTML, so it is written as such."""
    odd = replace(ENTRY, summary="a < b & c </p>")
    assert feedparser.parse(_render(form, odd)).entries[0].summary == "a &lt; b &amp; c &lt;/p&gt;"


@pytest.mark.parametrize("form", [RSS, ATOM])
def test_a_feed_of_summaries_has_no_content(form: Format) -> None:
    """What stands for the text is the summary."""
    (found,) = feedparser.parse(_render(form, replace(ENTRY, full=False))).entries
    assert found.summary == ENTRY.html
    assert "content" not in found


@pytest.mark.parametrize("form", [RSS, ATOM])
def test_an_entry_in_another_language_says_so(form: Format) -> None:
    """In the words of each format; one in the language of the feed need not."""
    data = _render(form, replace(ENTRY, lang="de"))
    assert (b'xml:lang="de"' in data) == (form is ATOM)
    assert (b"<dc:language>de</dc:language>" in data) == (form is RSS)
    assert b"dc:language" not in _render(form, ENTRY)


@pytest.mark.parametrize(("form", "path"), [(RSS, "channel/atom:link"), (ATOM, "atom:link")])
def test_a_feed_names_its_hub_and_its_history(form: Format, path: str) -> None:
    """The hub in both formats, and the pages before and after with their type."""
    links = (
        FeedLink("prev-archive", "https://example.org/1.xml", form.type),
        FeedLink("current", "https://example.org/all.xml", form.type),
    )
    page = replace(ENVELOPE, links=links, archive=True)
    data = _render(form, ENTRY, envelope=page, hub="https://hub.example/")
    found = {link.get("rel"): link.get("href") for link in _find(data, path)}
    assert found["hub"] == "https://hub.example/"
    assert found["self"] == "https://example.org/all.xml"
    assert found["prev-archive"] == "https://example.org/1.xml"
    assert len(_find(data, path.replace("atom:link", "fh:archive"))) == 1
    assert b"purl.org/syndication/history" not in _render(form, ENTRY)


def test_a_channel_says_all_it_knows() -> None:
    """Editor, copyright and image, in the words of each format."""
    told: dict[str, Any] = {
        "email": "ann@example.org",
        "copyright": "© Ann & Co",
        "icon": "https://example.org/i.png",
    }
    parsed = feedparser.parse(_render(RSS, ENTRY, **told))
    assert parsed.feed.rights == "© Ann & Co"
    assert parsed.feed.image.href == "https://example.org/i.png"
    assert parsed.feed.author_detail.email == "ann@example.org"
    atom = feedparser.parse(_render(ATOM, ENTRY, **told))
    assert (atom.feed.rights, atom.feed.icon) == ("© Ann & Co", "https://example.org/i.png")


@pytest.mark.parametrize("form", [RSS, ATOM])
def test_a_feed_without_entries_is_valid(form: Format) -> None:
    """A site begins with none."""
    assert feedparser.parse(_render(form)).entries == []
