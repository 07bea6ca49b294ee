"""Articles of dev.to: Markdown with front matter and tags, or the JSON of an export.

The tags are those of Forem (https://docs.forem.com/, ``app/liquid_tags``).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from desk.errors import DeskError
from desk.importing import devto_tags
from desk.importing.files import MARKDOWN, other
from desk.importing.identity import no_id
from desk.importing.model import Facts, Item, Note, Page, Refusal
from desk.importing.own_tags import is_literal
from desk.importing.reading import LARGEST_TEXT, Read, files_below, moment_of, read, read_bytes
from desk.importing.text_names import slug_in

_LARGEST_EXPORT = 200_000_000
_LISTS = ("articles", "posts", "data")
_FIELDS = {
    "title": "title", "description": "summary", "published_at": "date", "canonical_url": "original",
    "main_image": "image", "cover_image": "image", "edited_at": "modified", "series": "series",
}  # fmt: skip
_TAGS = ("tag_list", "cached_tag_list", "tags")
_HOSTS = ("https://dev.to/", "http://dev.to/")


# The id of a post in its feeds.
entry_id = no_id


def facts(_source: Path) -> Facts:
    """Nothing: the site is dev.to; ``--url`` gives the address of the new one."""
    return Facts(permalink="")


def items(source: Path, said: Facts, step: Callable[[str], None]) -> Iterator[Item]:
    """Every file, and every article of an export; ``step`` is told each name."""
    if source.is_file():
        yield from _export(source, source.name, said)
        return
    for name in files_below(source):
        step(name)
        path = PurePosixPath(name)
        if path.suffix.lower() == ".json" and _is_export(source / name):
            yield from _export(source / name, name, said)
        elif path.suffix.lower() == ".json":
            yield Refusal(name, "settings of a tool")
        elif path.suffix.lower() not in MARKDOWN:
            yield other(name, f"posts/{name}")
        else:
            yield _file(source, name, said)


def _is_export(path: Path) -> bool:
    if path.stat().st_size > _LARGEST_EXPORT:
        return False
    return '"body_markdown"' in path.read_text("utf-8", "replace")


def _file(source: Path, name: str, said: Facts) -> Item:
    try:
        old = read(source / name, name)
    except (OSError, ValueError) as error:
        return Refusal(name, str(error))
    if not old.fields.get("title"):
        return Refusal(name, "it has no front matter with a title, so it is no article")
    path = PurePosixPath(name)
    stem = (
        path.parent.name
        if path.stem.lower() in {"index", "readme", "main", "source", "article"}
        else path.stem
    )
    return _page(name, f"posts/{path.with_suffix('.md')}", stem, old, {}, said)


def _export(path: Path, name: str, said: Facts) -> Iterator[Item]:
    """Each article of an export, by its own name; the line of the file itself says how many."""
    try:
        rows = json.loads(path.read_text("utf-8"))
    except (ValueError, RecursionError, OSError) as error:
        raise DeskError(f"{path} is no JSON: {error}; export the articles again") from error
    if isinstance(rows, dict):
        rows = next((rows[key] for key in _LISTS if isinstance(rows.get(key), list)), [rows])
    for number, row in enumerate(rows, 1):
        slug = str(row.get("slug") or number) if isinstance(row, dict) else str(number)
        one = f"{name}#{slug}"
        body = row.get("body_markdown") if isinstance(row, dict) else None
        if not isinstance(body, str) or len(body) > LARGEST_TEXT:
            yield Refusal(one, "no article with body_markdown")
            continue
        try:
            old = read_bytes(body.encode(), one) if body.startswith("---") else Read({}, body, 1)
        except ValueError as error:
            yield Refusal(one, str(error))
            continue
        yield _page(one, f"posts/{slug_in(slug) or number}.md", slug, old, row, said)


def _page(
    name: str, target: str, stem: str, old: Read, row: Mapping[str, Any], said: Facts
) -> Item:
    fields = {**{new: row[key] for key, new in _FIELDS.items() if row.get(key)}, **old.fields}
    fields = {key: value for key, value in fields.items() if value not in (None, "", [])}
    notes = [Note(1, "front matter", message) for message in old.mended]
    tags = next((row[key] for key in _TAGS if row.get(key)), None)
    if tags and "tags" not in fields:
        fields["tags"] = tags
    if isinstance(fields.get("tags"), str):
        fields["tags"] = [
            one.strip().lstrip("#") for one in fields["tags"].split(",") if one.strip()
        ]
    shown = row.get("published", old.fields.get("published"))
    fields.pop("published", None)
    if shown in {False, "false"} or (
        row and not row.get("published_at") and "published" not in row
    ):
        fields["draft"] = True
    if "date" not in fields and not fields.get("draft"):
        named = moment_of(stem[:10]) if stem[:4].isdigit() else None
        if named:
            fields["date"] = named.date()
            notes.append(Note(1, "date", "read from its name", "sure"))
        else:
            fields["draft"] = True
            notes.append(Note(1, "date", "no date, so it is a draft: give it one"))
    original = str(fields.get("original") or "")
    if original.startswith(_HOSTS):
        notes.append(Note(1, "canonical_url", f"{original}: its page on dev.to", "sure"))
    if "title" not in fields:
        fields["title"] = stem.replace("-", " ").capitalize()
        notes.append(Note(1, "title", "made from its name", "sure"))
    slug = slug_in(stem)
    if "permalink" not in fields and slug:
        fields["permalink"] = (
            said.permalink.replace(":slug", slug).replace(":title", slug) or f"/{slug}/"
        )
    body, more = devto_tags.convert(old.body, old.line, said.tags)
    if is_literal(body):
        fields["render_with_liquid"] = False
    return Page(name, target, fields, body, (*notes, *more))
