"""What a post says of its series: a name and a part number, in one field or two."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from plugins.frontmatter.fields import pick, refuse_slips
from plugins.frontmatter.values import Fault, items, show, text
from plugins.markup.numerals import whole_number
from plugins.post import SeriesClaim
from plugins.posts.slugs import slugify

_PART = re.compile(
    r"(?:part|pt\.?|no\.?|#)?\s*(?P<number>[A-Za-z]+|\d+(?:\.\d+)?)(?:\s*(?:of|/)\s*\w+)?", re.I
)
GREATEST = 9999
_HINT = "write a number from 0, such as 2"


def series(value: Any) -> SeriesClaim | None:
    """The series that ``value`` names: its name, a mapping with name and part, or a list of one.

    None where it says that there is none. Raises `Fault`.
    """
    if value in (False, "false"):
        return None
    if isinstance(value, list):
        if len(items(value)) != 1:
            raise Fault(f"the post is in {len(items(value))} series", "keep one")
        return series(items(value)[0])
    if not isinstance(value, Mapping):
        return SeriesClaim(_name(value))
    refuse_slips(value, "name", "title", "part")
    name = pick(value, "name", "title", "series", "slug")
    if name is None:
        raise Fault("the series has no name", "write it as name: The name of the series")
    number = pick(value, "part", "index", "order", "number", "weight")
    return SeriesClaim(_name(name), None if number is None else part(number))


def part(value: Any) -> int | float:
    """The number of a part: 2, "2", 2.5, "II", "two", "2 of 4"; raises `Fault`."""
    if isinstance(value, str):
        value = _read(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Fault(f"{show(value)} is no part number", _HINT)
    if not 0 <= value <= GREATEST:  # which is so for what is no number, too
        raise Fault(f"{show(value)} is no part number", _HINT)
    return int(value) if value == int(value) else value


def _read(written: str) -> int | float:
    found = _PART.fullmatch(written.strip())
    number = whole_number(found["number"]) if found else None
    if found is None or (number is None and "." not in found["number"]):
        raise Fault(f"{show(written)} is no part number", _HINT)
    return float(found["number"]) if number is None else number


def _name(value: Any) -> str:
    name = text(value)
    if not slugify(name):
        raise Fault(
            f"{show(name)} has no letter or digit to make an address of", "rename the series"
        )
    return name
