"""JSON Feed 1.1, written down from its specification: which fields there are, and what is in them.

The specification says less than a schema does ("It is a bug if an item has no id"); where it says
"string" for a date or an address, the check asks for what the text around it says that string is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from tests.feed_html_rules import html_faults, is_absolute

VERSION = "https://jsonfeed.org/version/1.1"

Check = Callable[[Any], Iterator[str]]


def json_feed_faults(data: bytes) -> list[str]:
    """Return what is wrong with a JSON Feed document; nothing for a valid one."""
    try:
        feed = json.loads(data.decode("utf-8"))
    except ValueError as error:
        return [f"not JSON in UTF-8: {error}"]
    faults = list(_object(FEED, {"version", "title", "items"})(feed))
    if not faults:
        ids = [item["id"] for item in feed["items"]]
        faults += [f"id {name!r} is not unique" for name in set(ids) if ids.count(name) > 1]
        if feed.get("next_url") == feed.get("feed_url", ""):
            faults.append("next_url is the feed itself")
    return faults


def _object(
    fields: Mapping[str, Check], required: set[str], some: frozenset[str] = frozenset()
) -> Check:
    """An object with these fields; extensions begin with an underscore and are objects."""

    def check(value: Any) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"no object: {value!r}"
            return
        yield from (f"no {name}" for name in sorted(required - value.keys()))
        if some and not some & value.keys():
            yield f"none of {', '.join(sorted(some))}"
        for name, field in value.items():
            if name.startswith("_") and isinstance(field, dict):
                continue
            rule = fields.get(name)
            if rule is None:
                yield f"unknown field {name}"
            else:
                yield from (f"{name}: {fault}" for fault in rule(field))

    return check


def _each(check: Check) -> Check:
    def each(value: Any) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"no array: {value!r}"
        else:
            for one in value:
                yield from check(one)

    return each


def _string(value: Any) -> Iterator[str]:
    if not isinstance(value, str) or not value:
        yield f"no text: {value!r}"


def _boolean(value: Any) -> Iterator[str]:
    if not isinstance(value, bool):
        yield f"neither true nor false: {value!r}"


def _number(value: Any) -> Iterator[str]:
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        yield f"no number: {value!r}"


def _url(value: Any) -> Iterator[str]:
    if not isinstance(value, str) or not is_absolute(value):
        yield f"no absolute URL: {value!r}"


def _date(value: Any) -> Iterator[str]:
    """RFC 3339, with a time zone."""
    try:
        known = datetime.fromisoformat(value).utcoffset() is not None and "T" in value
    except (TypeError, ValueError):
        known = False
    if not known:
        yield f"no date: {value!r}"


def _language(value: Any) -> Iterator[str]:
    if not isinstance(value, str) or not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", value):
        yield f"no language: {value!r}"


def _html(value: Any) -> Iterator[str]:
    yield from _string(value)
    yield from html_faults(value)


def _version(value: Any) -> Iterator[str]:
    if value != VERSION:
        yield f"another version: {value!r}"


AUTHOR = _object(
    {"name": _string, "url": _url, "avatar": _url}, set(), frozenset({"name", "url", "avatar"})
)
ATTACHMENT = _object(
    {
        "url": _url,
        "mime_type": _string,
        "title": _string,
        "size_in_bytes": _number,
        "duration_in_seconds": _number,
    },
    {"url", "mime_type"},
)
ITEM = _object(
    {
        "id": _string,
        "url": _url,
        "external_url": _url,
        "title": _string,
        "content_html": _html,
        "content_text": _string,
        "summary": _string,
        "image": _url,
        "banner_image": _url,
        "date_published": _date,
        "date_modified": _date,
        "authors": _each(AUTHOR),
        "tags": _each(_string),
        "language": _language,
        "attachments": _each(ATTACHMENT),
    },
    {"id"},
    frozenset({"content_html", "content_text"}),
)
FEED: Mapping[str, Check] = {
    "version": _version,
    "title": _string,
    "home_page_url": _url,
    "feed_url": _url,
    "description": _string,
    "user_comment": _string,
    "next_url": _url,
    "icon": _url,
    "favicon": _url,
    "authors": _each(AUTHOR),
    "language": _language,
    "expired": _boolean,
    "hubs": _each(_object({"type": _string, "url": _url}, {"type", "url"})),
    "items": _each(ITEM),
}
