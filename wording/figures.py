"""Dates, numbers and lists as a language writes them. Every form of a day is made once."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Literal

from wording.tags import locale_of

Form = Literal["long", "short", "month", "month-year"]

# CLDR: a day with its month, the month standing alone, the month with its year.
_SKELETONS = {"short": "MMMd", "month-year": "yMMMM"}


@lru_cache(maxsize=65_536)
def date_text(day: date, form: Form, tag: str) -> str:
    """A day in one of its forms: "19 May 2026", "19 May", "May", "May 2026".

    A blog has few days and shows each of them often, so all are kept.
    """
    from babel.dates import format_date, format_skeleton  # loaded when it is needed

    locale = locale_of(tag)
    if form == "long":
        return format_date(day, "long", locale)
    if form == "month":
        name = format_date(day, "LLLL", locale)
        return name[:1].upper() + name[1:]
    return format_skeleton(_SKELETONS[form], day, locale=locale)


@lru_cache(maxsize=4096)
def number_text(number: int | float, tag: str) -> str:
    """A number with the marks of its language: 10,000 or 10.000."""
    from babel.numbers import format_decimal  # loaded when it is needed

    return format_decimal(number, locale=locale_of(tag))


@lru_cache(maxsize=1024)
def between(index: int, count: int, tag: str) -> str:
    """What stands before item ``index`` (from 0) of ``count`` in a sentence: ", " or " and "."""
    if index == 0:
        return ""
    patterns = locale_of(tag).list_patterns["standard"]
    name = (
        "2" if count == 2 else "end" if index == count - 1 else "start" if index == 1 else "middle"
    )
    return str(patterns[name].partition("{0}")[2].partition("{1}")[0])
