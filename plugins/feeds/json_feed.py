"""JSON Feed 1.1 (the specification at jsonfeed.org/version/1.1), from the same values as the rest."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from plugins.feeds.entries import Author, FeedChannel, FeedEntry
from plugins.feeds.media import Media

VERSION = "https://jsonfeed.org/version/1.1"

Item = Mapping[str, Any]


def json_item(entry: FeedEntry, lang: str) -> Item:
    """The item for feeds whose language is ``lang``."""
    return _filled(
        {
            "id": entry.guid,
            "url": entry.url,
            "title": entry.title,
            "content_html": entry.html,
            "summary": entry.summary,
            "image": entry.image.url if entry.image else None,
            "date_published": _date(entry.published),
            "date_modified": _date(entry.updated) if entry.updated != entry.published else None,
            "authors": [_author(author) for author in entry.authors],
            "tags": list(entry.labels),
            "language": entry.lang if entry.lang != lang else None,
            "attachments": [_attachment(media) for media in entry.enclosures],
        }
    )


def render(channel: FeedChannel, url: str, items: Iterable[Item]) -> bytes:
    """The feed at the absolute ``url``; items in the order given."""
    feed = _filled(
        {
            "version": VERSION,
            "title": channel.title,
            "home_page_url": channel.page,
            "feed_url": url,
            "description": channel.description,
            "icon": channel.icon,
            "authors": [_author(channel.author)],
            "language": channel.lang,
            "hubs": [{"type": "WebSub", "url": channel.hub}] if channel.hub else [],
        }
    )
    text = json.dumps({**feed, "items": list(items)}, ensure_ascii=False, separators=(",", ":"))
    return f"{text}\n".encode()


def _filled(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that have something to say."""
    return {name: value for name, value in fields.items() if value}


def _author(author: Author) -> dict[str, str]:
    return {"name": author.name, "url": author.url}


def _attachment(media: Media) -> dict[str, Any]:
    return _filled(
        {
            "url": media.url,
            "mime_type": media.type,
            "size_in_bytes": media.length,
            "duration_in_seconds": media.seconds,
        }
    )


def _date(moment: datetime) -> str:
    return moment.isoformat()
