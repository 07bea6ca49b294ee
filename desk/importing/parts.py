"""Series as people number them in titles, written as ``series`` and ``part``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from desk.importing.model import Item, Note, Page
from plugins.markup.markers import title_marker

_NUMBERED = re.compile(
    r"(?P<base>[^#\n]*[^#\s])\s*+#(?P<number>\d{1,3})(?:\s*+[:\u2013\u2014-].*)?"
)


def with_series(items: Sequence[Item]) -> list[Item]:
    """The items, where posts whose titles say that they are parts of one thing are joined.

    Posts that name a series already stay as they are. A stem needs two posts, and no two of one
    number.
    """
    stems: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for place, item in enumerate(items):
        if isinstance(item, Page) and "series" not in item.fields and (found := part_of(item)):
            stem, number = found
            stems[stem.casefold()].append((place, number, stem))
    made = list(items)
    for members in stems.values():
        numbers = [number for _, number, _ in members]
        if len(members) < 2 or len(set(numbers)) != len(numbers):
            continue
        name = min(members, key=lambda member: member[1])[2]
        for place, number, _ in members:
            page = made[place]
            if isinstance(page, Page):
                fields = {**page.fields, "series": name, "part": number}
                note = Note(1, "series", f"joined as part {number} of {name!r}, as its title says")
                made[place] = replace(page, fields=fields, notes=(*page.notes, note))
    return made


def part_of(page: Page) -> tuple[str, int] | None:
    """What the title of a post says it is a part of, and its number."""
    title = str(page.fields.get("title") or "")
    marker, stem = title_marker(title)
    if marker and stem:
        return stem, marker.number
    found = _NUMBERED.fullmatch(" ".join(title.split())) if "#" in title else None
    return (found["base"], int(found["number"])) if found else None
