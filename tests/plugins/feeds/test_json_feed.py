"""JSON Feed, checked against its specification."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from plugins.feeds.entries import FeedEntry
from plugins.feeds.json_feed import json_item, render
from tests.json_feed_rules import json_feed_faults
from tests.plugins.feeds.test_rss_atom import CHANNEL, ENTRY, FULL

URL = "https://example.org/all.json"


def _render(*entries: FeedEntry, **changes: Any) -> dict[str, Any]:
    channel = replace(CHANNEL, **changes)
    data = render(channel, URL, [json_item(one, channel.lang) for one in entries])
    assert json_feed_faults(data) == []
    parsed: dict[str, Any] = json.loads(data)
    return parsed


def test_an_item_says_what_the_entry_says() -> None:
    """All of it, and nothing that is empty."""
    full = replace(FULL, updated=FULL.updated.replace(hour=10), guid="any & text")
    (item,) = _render(full)["items"]
    assert item == {
        "id": "any & text",
        "url": "https://example.org/1/",
        "title": "One",
        "content_html": "<p>Long.</p>",
        "summary": "Short.",
        "image": "https://example.org/a.png",
        "date_published": "2026-05-19T09:30:00+00:00",
        "date_modified": "2026-05-19T10:30:00+00:00",
        "authors": [
            {"name": "Ann", "url": "https://example.org/ann/"},
            {"name": "Bob", "url": "https://example.org/bob/"},
        ],
        "tags": ["News", "R&D"],
        "attachments": [
            {"url": "https://example.org/a.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 12},
            {"url": "https://example.com/b.mp4", "mime_type": "video/mp4"},
        ],
    }
    (plain,) = _render(ENTRY)["items"]
    assert set(plain) == {"id", "url", "title", "content_html", "summary", "date_published"}


def test_titles_are_plain_text_as_written() -> None:
    """The format says so, and needs no tricks."""
    (item,) = _render(replace(ENTRY, title="Why <b> & &amp;"))["items"]
    assert item["title"] == "Why <b> & &amp;"


def test_a_feed_says_where_it_is_and_who_tells_of_changes() -> None:
    """With its language, its hub for WebSub, and its icon."""
    feed = _render(ENTRY, hub="https://hub.example/", icon="https://example.org/i.png")
    assert feed["feed_url"] == URL
    assert feed["home_page_url"] == "https://example.org/"
    assert feed["language"] == "en"
    assert feed["icon"] == "https://example.org/i.png"
    assert feed["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]
    assert "hubs" not in _render()


def test_an_item_in_another_language_says_so() -> None:
    """One in the language of the feed need not."""
    items = _render(ENTRY, replace(ENTRY, guid="b", lang="de"))["items"]
    assert [item.get("language") for item in items] == [None, "de"]


def test_the_document_is_utf_8_without_escapes_it_does_not_need() -> None:
    """Emoji and umlauts are themselves, and the file ends with a line end."""
    data = render(CHANNEL, URL, [json_item(replace(ENTRY, title="Ü 😀"), "en")])
    assert "Ü 😀".encode() in data
    assert data.endswith(b"}\n")
