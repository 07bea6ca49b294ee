"""The authors of an old site as people of ours: ``content/authors/<key>.md``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from desk.importing.files import MARKDOWN
from desk.importing.model import Asset, Item, Note, Page, Refusal, Used
from desk.importing.reading import LARGEST_TEXT, load, read
from plugins.posts.slugs import slugify

_DATA = frozenset({".yml", ".yaml", ".json", ".toml"})
# Our fields, and what others call them, the first that is there.
_NAMES = (
    ("name", ("name", "display_name", "full_name", "title")),
    ("picture", ("picture", "avatar", "photo", "portrait", "image", "profile_image")),
    ("summary", ("summary", "bio", "description", "short_bio")),
    ("url", ("url", "website", "homepage", "web", "uri", "site")),
    *((name, (name,)) for name in ("bluesky", "github", "instagram", "linkedin", "mastodon")),
    *((name, (name,)) for name in ("threads", "twitter", "youtube")),
)


def with_people(items: Sequence[Item], source: Path) -> list[Item]:
    """The items, and a page for each author in ``_data/authors``, ``_authors`` or Hugo's folders."""
    files = frozenset(item.target for item in items if isinstance(item, Asset))
    made: list[Item] = []
    for item in items:
        people = list(_people(item, source, files))
        if not people:
            made.append(item)
        elif len(people) == 1 and _is_text(item):
            made += people
        else:
            notes = tuple(note for person in people for note in person.notes)
            made.append(Used(item.source, "authors", notes))
            # They have no file of their own to be accounted for.
            made += [replace(person, source="", notes=()) for person in people]
    return made


def _people(item: Item, source: Path, files: frozenset[str]) -> Iterator[Page]:
    """Those whom a file of the old site tells of."""
    path = PurePosixPath(item.source)
    if _is_text(item):
        key = path.parent.name if path.stem in {"_index", "index"} else path.stem
        try:
            old = read(source / path, item.source)
        except (OSError, ValueError):
            return
        if key != "authors":
            yield _person(item.source, key, old.fields, old.body, files)
    elif path.suffix in _DATA and isinstance(item, Refusal):
        found = path.parts[-2:]
        if path.stem == "authors" and found[0] in {"_data", "data"}:
            table = _table(source / path)
            for key, fields in table.items():
                if isinstance(fields, Mapping):
                    yield _person(item.source, str(key), fields, "", files)
        elif path.parts[:-1] in {("_data", "authors"), ("data", "authors")}:
            yield _person(item.source, path.stem, _table(source / path), "", files)


def _is_text(item: Item) -> bool:
    path = PurePosixPath(item.source)
    inside = path.parts[:1] == ("_authors",) or path.parts[:2] == ("content", "authors")
    return inside and path.suffix in MARKDOWN and not isinstance(item, Asset)


def _table(path: Path) -> Mapping[str, Any]:
    try:
        if path.stat().st_size > LARGEST_TEXT:
            return {}
        value = load(path.read_text("utf-8", "replace"), path.suffix)
    except (OSError, ValueError, yaml.YAMLError, RecursionError):
        return {}
    return value if isinstance(value, Mapping) else {}


def _person(
    source: str, key: str, said: Mapping[str, Any], body: str, files: frozenset[str]
) -> Page:
    fields: dict[str, Any] = {}
    notes: list[Note] = []
    for name, others in _NAMES:
        value = next((said[one] for one in others if isinstance(said.get(one), str)), "")
        if name == "picture" and value and not value.startswith("http"):
            if value.lstrip("/") not in files:
                notes.append(Note(1, "picture of an author", f"{value} is not there"))
                continue
            value = f"/{value.lstrip('/')}"
        if value.strip():
            fields[name] = value.strip()
    return Page(source, f"authors/{slugify(key) or 'author'}.md", fields, body, tuple(notes))
