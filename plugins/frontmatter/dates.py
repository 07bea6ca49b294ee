"""Dates as the blog tools write them, read strictly: one reading or none.

Read: ISO 8601 and its common relaxations (``2024-03-01``, ``2024-03-01 10:30:00 +0000``,
``2024/03/01``, ``20240301T103000Z``), dates with the month's name (``1 March 2024``,
``Mar 1, 2024 10:30 pm``, RFC 5322, JavaScript's ``toString``), Unix time in seconds or
milliseconds, and the date types of TOML and YAML. A date without a zone is one of the site's zone.
Never guessed: day and month order, two-digit years, ambiguous zone names.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from plugins.frontmatter.date_faults import EXAMPLE, unreadable
from plugins.frontmatter.values import Fault, one_line, show, written

_TIME = (
    r"(?:(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"(?:\s?(?P<half>[ap]\.?m\.?))?)"
)
_ZONE = (
    r"(?:\s?(?P<zone>Z|(?:UTC|GMT)?[+\u2212-]\d{1,2}(?::?\d{2})?(?!\d)|[A-Za-z][A-Za-z_+/-]*[A-Za-z]))?"
    r"(?:\s?[\[(][\w/ +:-]+[\])])?"
)
_MONTH = r"(?P<name>[^\W\d_]{3,9})\.?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s)?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?P<year>\d{{4}})(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})"
        rf"(?:(?:t|\s|,\s){_TIME}{_ZONE})?",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
        rf"(?:t?(?P<hour>\d{{2}}):?(?P<minute>\d{{2}}):?(?P<second>\d{{2}})?{_ZONE})?",
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-](?:of\s)?{_MONTH},?[\s-]"
        rf"(?P<year>\d{{4}})(?:(?:,?\s|,?\sat\s|t){_TIME}{_ZONE})?",
        rf"{_WEEKDAY}{_MONTH}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<year>\d{{4}})"
        rf"(?:(?:,?\s|,?\sat\s){_TIME}{_ZONE})?",
    )
)
_UNIX = re.compile(r"-?\d{9,13}(?:\.\d+)?")
_MILLISECONDS = 100_000_000_000
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_OFFSET = re.compile(
    r"(?:UTC|GMT)?(?P<sign>[+\u2212-])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?", re.I
)
# RFC 5322, section 4.3: the only zone names whose meaning is fixed.
_NAMED_HOURS = {
    **dict.fromkeys(("z", "ut", "utc", "gmt"), 0),
    **dict.fromkeys(("edt",), -4),
    **dict.fromkeys(("est", "cdt"), -5),
    **dict.fromkeys(("cst", "mdt"), -6),
    **dict.fromkeys(("mst", "pdt"), -7),
    **dict.fromkeys(("pst",), -8),
}


def parse_date(value: object, zone: tzinfo) -> datetime:
    """The moment ``value`` names, with a time zone: its own, or ``zone`` where it has none.

    A date without a time is its midnight. Raises `Fault` where ``value`` has not exactly one
    reading, or names a day or an hour that does not exist.
    """
    try:
        moment = _moment(value, zone)
        moment.astimezone(UTC)  # a year that leaves the calendar once the zone is counted in
    except OverflowError as error:
        raise Fault(f"{show(value)} is outside the years 1 to 9999", EXAMPLE) from error
    return moment


def _moment(value: object, zone: tzinfo) -> datetime:
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=zone)
    if isinstance(value, date):
        return datetime.combine(value, time(), zone)
    if isinstance(value, str):
        return _from_text(one_line(value), zone)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_text(written(value), zone)
    raise Fault(f"{show(value)} is not a date", EXAMPLE)


def _from_text(text: str, zone: tzinfo) -> datetime:
    if _UNIX.fullmatch(text):
        return _from_unix(text)
    for form in _FORMS:
        if found := form.fullmatch(text):
            return _from_parts(text, found.groupdict(), zone)
    raise unreadable(text)


def _from_unix(text: str) -> datetime:
    seconds = float(text)
    if abs(seconds) >= _MILLISECONDS:
        seconds /= 1000
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)


def _from_parts(text: str, parts: dict[str, str | None], zone: tzinfo) -> datetime:
    given = {name: part for name, part in parts.items() if part}
    numbers = (
        int(given["year"]),
        _month(text, given),
        int(given["day"]),
        _hour(text, given),
        int(given.get("minute", 0)),
        int(given.get("second", 0)),
    )
    if impossible := _impossible(*numbers):
        raise Fault(f"{show(text)} does not exist: {impossible}", EXAMPLE)
    micros = int(given.get("fraction", "0").ljust(6, "0")[:6])
    where = _zone(given["zone"]) if "zone" in given else zone
    return datetime(*numbers, micros, tzinfo=where)


def _impossible(year: int, month: int, day: int, hour: int, minute: int, second: int) -> str:
    """Which of the numbers no calendar or clock has, in words; empty if all are fine."""
    if not 1 <= year <= 9999:
        return "years go from 1 to 9999"
    if not 1 <= month <= 12:
        return f"there is no month {month}"
    days = monthrange(year, month)[1]
    if not 1 <= day <= days:
        return f"{_MONTHS[month - 1].capitalize()} {year} has {days} days"
    for number, limit, name in ((hour, 23, "hour"), (minute, 59, "minute"), (second, 59, "second")):
        if number > limit:
            return f"there is no {name} {number}"
    return ""


def _month(text: str, given: dict[str, str]) -> int:
    if "month" in given:
        return int(given["month"])
    name = given["name"].casefold()
    for number, month in enumerate(_MONTHS, 1):
        if name in (month, month[:3]) or (name, number) == ("sept", 9):
            return number
    raise Fault(f'{show(text)} names no month in English ("{given["name"]}")', EXAMPLE)


def _hour(text: str, given: dict[str, str]) -> int:
    hour = int(given.get("hour", 0))
    if "half" not in given:
        return hour
    if not 1 <= hour <= 12:
        raise Fault(f"{show(text)} does not exist: there is no hour {hour} am or pm", EXAMPLE)
    return hour % 12 + (12 if given["half"][0] in "pP" else 0)


def _zone(name: str) -> tzinfo:
    if name.casefold() in _NAMED_HOURS:
        hours = _NAMED_HOURS[name.casefold()]
        return timezone(timedelta(hours=hours)) if hours else UTC
    if found := _OFFSET.fullmatch(name):
        minutes = int(found["hours"]) * 60 + int(found["minutes"] or 0)
        if int(found["minutes"] or 0) < 60 and minutes < 24 * 60:
            return timezone(timedelta(minutes=minutes if found["sign"] == "+" else -minutes))
    elif "/" in name:
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            pass
    raise Fault(f'the time zone "{name}" is not one with a single meaning', "write it as +01:00")
