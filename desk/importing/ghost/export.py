"""Ghost's export: tables as JSON, from 1.0 to 6 (https://ghost.org/docs/migration/custom/)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from desk.errors import DeskError

LARGEST_EXPORT = 500_000_000
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Export:
    """The tables of an export, those that join posts to others by the id of the post."""

    file: str
    posts: tuple[Row, ...]
    users: tuple[Row, ...]
    tags: Mapping[str, Row]
    settings: Mapping[str, Any]
    meta: Mapping[str, Row]
    tags_of: Mapping[str, tuple[str, ...]]
    authors_of: Mapping[str, tuple[str, ...]]
    counts: Mapping[str, int]


def read(path: Path) -> Export:
    """The export in ``path``. Raises DeskError for a file that is none."""
    if path.stat().st_size > LARGEST_EXPORT:
        raise DeskError(f"{path} is larger than {LARGEST_EXPORT:,} bytes")
    try:
        whole = loads(path.read_text("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        raise DeskError(f"{path} is no JSON: {error}; export it again") from error
    data = _data(whole)
    if data is None:
        raise DeskError(
            f"{path} is no export of Ghost: it has no posts; name the JSON of the export"
        )
    return Export(
        file=path.name,
        posts=tuple(_rows(data, "posts")),
        users=tuple(_rows(data, "users")),
        tags={str(one.get("id")): one for one in _rows(data, "tags")},
        settings={str(one.get("key")): one.get("value") for one in _rows(data, "settings")},
        meta={str(one.get("post_id")): one for one in _rows(data, "posts_meta")},
        tags_of=_joined(data, "posts_tags", "tag_id"),
        authors_of=_joined(data, "posts_authors", "author_id"),
        counts={name: len(_rows(data, name)) for name in ("members", "comments", "subscribers")},
    )


def loads(text: str) -> Any:
    """A value of JSON, with "?" for halves of characters, which no file can hold.

    Raises ValueError and RecursionError.
    """
    value = json.loads(text)
    if "\\ud" not in text.lower():
        return value
    return json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))


def _data(whole: Any) -> Mapping[str, Any] | None:
    if isinstance(whole, dict) and isinstance(whole.get("db"), list) and whole["db"]:
        whole = whole["db"][0]
    data = whole.get("data") if isinstance(whole, dict) else None
    return data if isinstance(data, dict) and isinstance(data.get("posts"), list) else None


def _rows(data: Mapping[str, Any], name: str) -> list[Row]:
    rows = data.get(name)
    return [one for one in rows if isinstance(one, dict)] if isinstance(rows, list) else []


def _joined(data: Mapping[str, Any], table: str, other: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for one in _rows(data, table):
        place = one.get("sort_order")
        found[str(one.get("post_id"))].append(
            (place if isinstance(place, int) else 0, str(one.get(other)))
        )
    return {
        post: tuple(key for _, key in sorted(each, key=lambda row: row[0]))
        for post, each in found.items()
    }


def text(row: Row, *names: str) -> str:
    """The first of these values of a row that says something, as text."""
    values = (row.get(name) for name in names)
    return next((str(value).strip() for value in values if value not in (None, "")), "")


def moment(row: Row, name: str) -> datetime | None:
    """A date of a row, in UTC: ISO 8601, as databases have it, or in milliseconds."""
    value = row.get(name)
    try:
        if isinstance(value, int | float):
            return datetime.fromtimestamp(value / 1000, UTC).replace(microsecond=0)
        found = datetime.fromisoformat(str(value))
    except (ValueError, OverflowError, OSError):
        return None
    aware = found if found.tzinfo else found.replace(tzinfo=UTC)
    return aware.astimezone(UTC).replace(microsecond=0)
