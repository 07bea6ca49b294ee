"""Series as people number them in titles: which posts are parts of one thing, and which part."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Mapping
from typing import TypeVar

from plugins.markup.markers import title_marker
from plugins.series.names import fold

Key = TypeVar("Key", bound=Hashable)
_NUMBERED = re.compile(
    r"(?P<base>[^#\n]*[^#\s])\s*+#(?P<number>\d{1,3})(?:\s*+[:\u2013\u2014-].*)?"
)


def joined(titles: Mapping[Key, str]) -> dict[Key, tuple[str, int]]:
    """Series and part of each of the posts whose ``titles`` say that they belong together.

    A stem needs two posts, and no two of one number. The series is called as in its first part.
    """
    stems: dict[str, list[tuple[int, str, Key]]] = defaultdict(list)
    for key, title in titles.items():
        if found := part_of(title):
            stem, number = found
            stems[fold(stem)].append((number, stem, key))
    made: dict[Key, tuple[str, int]] = {}
    for members in stems.values():
        numbers = {number for number, _, _ in members}
        if len(members) > 1 and len(numbers) == len(members):
            name = min(members, key=lambda member: member[0])[1]
            made |= {key: (name, number) for number, _, key in members}
    return made


def part_of(title: str) -> tuple[str, int] | None:
    """What a title says its post is a part of, and the number."""
    marker, stem = title_marker(title)
    if marker and stem:
        return stem, marker.number
    found = _NUMBERED.fullmatch(" ".join(title.split())) if "#" in title else None
    return (found["base"], int(found["number"])) if found else None
