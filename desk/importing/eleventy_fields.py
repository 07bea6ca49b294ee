"""The fields of a text of Eleventy: its front matter, and what stands around it in data files."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desk.importing.eleventy_site import Settings, cascade
from desk.importing.reading import Read
from plugins.frontmatter.fields import match

DROPPED = frozenset(
    [
        "template",
        "layout",
        "eleventyNavigation",
        "eleventyComputed",
        "pagination",
        "override:tags",
        "templateEngineOverride",
        "eleventyImport",
        "dynamicPermalink",
        "renderData",
        "testdata",
    ]
)
_LISTS = frozenset(
    {"post", "posts", "all", "nav", "blog", "page", "pages", "article", "articles", "note", "notes"}
)


@dataclass(frozen=True, slots=True)
class Data:
    """All that is said of a text: by folders and files, and by its front matter; its own tags."""

    fields: dict[str, Any]
    tags: list[str]
    known: dict[str, Any] = field(default_factory=dict)


def data_of(source: Path, name: str, old: Read, how: Settings) -> Data:
    """The cascade of a text: tags are joined, of all else what is nearer decides."""
    above: dict[str, Any] = {}
    lists: set[str] = set(_LISTS)
    tags: list[str] = []
    for found, is_folder in cascade(source, how.source, name):
        own = _listed(found.get("tags"))
        lists |= set(own) if is_folder else set()
        tags += [] if is_folder else own
        above |= found
    above.pop("tags", None)
    known = dict(above)
    fields = {
        meant.name if (meant := match(key, value)) else key: value
        for key, value in above.items()
        if key not in DROPPED
    }
    fields |= old.fields
    tags += _listed(old.fields.get("tags"))
    kept = [tag for tag in dict.fromkeys(tags) if tag.lower() not in lists]
    return Data(fields, kept, known)


def _listed(value: Any) -> list[str]:
    if isinstance(value, str):
        return [one.strip() for one in value.split(",") if one.strip()]
    return [str(one) for one in value] if isinstance(value, list) else []
