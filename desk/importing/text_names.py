"""Dates and titles as people write them into names of files and into the first lines of a text."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from plugins.frontmatter.dates import parse_date
from plugins.posts.slugs import slugify

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_IN_NAME = re.compile(
    r"(?P<y>(?:19|20)\d\d)[-_. ]?(?P<m>0[1-9]|1[0-2])[-_. ]?(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?<!\d)(?P<d2>[0-3]?\d)[-_. ](?P<m2>[A-Za-z]{3,9})[-_., ]{1,2}(?P<y2>(?:19|20)\d\d)(?!\d)"
    r"|(?<![A-Za-z])(?P<m3>[A-Za-z]{3,9})[-_. ](?P<d3>[0-3]?\d)(?:st|nd|rd|th)?[-_., ]{1,2}(?P<y3>(?:19|20)\d\d)(?!\d)"
)
_LABEL = re.compile(
    r"(?:(?P<date>date|published(?: on)?|posted(?: on)?|written|datum|created)|(?P<title>title|headline|titel)"
    r"|(?P<authors>author|by|von)|(?P<tags>tags|keywords))(?:[ \t]*+:[ \t]*+|(?<=by)[ \t]++|(?<= on)[ \t]++)(?P<said>\S[^\n]*+)",
    re.IGNORECASE,
)
_EDGE = "-_. ,()[]"


def date_in(text: str) -> tuple[date | None, str]:
    """The day that a name says, and the name without it."""
    for found in _IN_NAME.finditer(text[:300]):
        year = found["y"] or found["y2"] or found["y3"]
        month = found["m"] or str(_month(found["m2"] or found["m3"] or ""))
        try:
            day = date(int(year), int(month), int(found["d"] or found["d2"] or found["d3"]))
        except ValueError:
            continue
        rest = f"{text[: found.start()].rstrip(_EDGE)} {text[found.end() :].lstrip(_EDGE)}"
        return day, rest.strip(_EDGE)
    return None, text.strip(_EDGE)


def _month(word: str) -> int:
    short = word[:3].lower()
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0


def line_says(line: str) -> tuple[str, object] | None:
    """What a line at the top of a text is: a label and its value, or a date alone."""
    plain = line.strip().strip("*_")
    if len(plain) > 300:
        return None
    if found := _LABEL.fullmatch(plain):
        name = next(key for key in ("date", "title", "authors", "tags") if found[key])
        value = _moment(found["said"]) if name == "date" else found["said"].strip()
        is_name = ":" in plain or (found["said"][:1].isupper() and len(found["said"].split()) < 6)
        return (name, value) if value and (name != "authors" or is_name) else None
    day, rest = date_in(plain) if len(plain) < 40 else (None, plain)
    weekdays = {"", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
    return ("date", day) if day and rest.lower().strip(_EDGE) in weekdays else None


def _moment(said: str) -> datetime | date | None:
    day, _ = date_in(said)
    try:
        return parse_date(said.strip(), UTC)
    except ValueError:
        return day


def slug_in(name: str) -> str:
    """A name as a part of an address; empty where no letter of it stays."""
    return slugify(name) or ""
