"""Why a text is no date, and what to write instead."""

from __future__ import annotations

import re

from plugins.frontmatter.values import Fault, show

EXAMPLE = "write it as 2024-03-01 or 2024-03-01 10:30"

_DAY_OR_MONTH = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{2}|\d{4})(?!\d)")
_BEGINS_WELL = re.compile(r"\d{4}-\d{2}-\d{2}(?![\d:T])")


def unreadable(text: str) -> Fault:
    """Why ``text`` is no date, as near as can be said."""
    if found := _DAY_OR_MONTH.match(text):
        return _either_way(text, found)
    if found := _BEGINS_WELL.match(text):
        return Fault(f"{show(text)} is more than a date", f"write {found[0]}")
    if re.fullmatch(r"\d{4}", text):
        return Fault(f"{show(text)} is a year, not a date", f"write the day, as in {text}-03-01")
    if re.fullmatch(r"\d{4}[-/]\d{1,2}", text):
        return Fault(f"{show(text)} has no day", "write the day too, as in 2024-03-01")
    if re.fullmatch(r"\d{4}-?W\d.*", text, re.IGNORECASE):
        return Fault(f"{show(text)} is a week, not a day", EXAMPLE)
    return Fault(f"{show(text)} is not a date", EXAMPLE)


def _either_way(text: str, found: re.Match[str]) -> Fault:
    first, second, year = found.groups()
    if len(year) == 2:
        return Fault(f"{show(text)} does not say which century", EXAMPLE)
    readings = [
        f"{year}-{month:0>2}-{day:0>2}"
        for month, day in dict.fromkeys([(first, second), (second, first)])
        if 1 <= int(month) <= 12 and 1 <= int(day) <= 31
    ]
    if len(readings) == 2:
        return Fault(
            f"{show(text)} can be read as two dates", f"write {readings[0]} or {readings[1]}"
        )
    hint = f"write {readings[0]}" if readings else EXAMPLE
    return Fault(f"{show(text)} puts the year last, where day and month look alike", hint)
