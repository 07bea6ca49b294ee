"""Dates as people read them, in the language of the page."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton

from plugins.views import DateView

_INTERNATIONAL = Locale("en", "001")


class DateText:
    """Shows moments as dates of the site's time zone. ``zone`` is an IANA name."""

    def __init__(self, zone: str) -> None:
        self._zone = ZoneInfo(zone)

    def __call__(self, moment: datetime, lang: str) -> DateView:
        """The date in long form ("19 May 2026") and the moment as ISO 8601 with its offset."""
        local = moment.astimezone(self._zone)
        return DateView(
            local.isoformat(timespec="seconds"), format_date(local, "long", _locale(lang))
        )

    def short(self, moment: datetime, lang: str) -> DateView:
        """The day and month alone ("19 May"), where the year stands above."""
        local = moment.astimezone(self._zone)
        text = format_skeleton("MMMd", local, tzinfo=self._zone, locale=_locale(lang))
        return DateView(local.isoformat(timespec="seconds"), text)


def month_name(moment: datetime, lang: str) -> str:
    """The name of the month by itself, as a heading has it ("May")."""
    name = format_date(moment, "LLLL", _locale(lang))
    return name[:1].upper() + name[1:]


@lru_cache(maxsize=64)
def _locale(lang: str) -> Locale:
    """The locale of a BCP 47 tag; that of international English where the tag is not known.

    Plain "en" is international too: "19 May 2026" reads the same everywhere, and a site that
    wants "May 19, 2026" says "en-US".
    """
    if lang.lower() == "en":
        return _INTERNATIONAL
    try:
        return Locale.parse(lang, sep="-")
    except (UnknownLocaleError, ValueError):
        return _INTERNATIONAL
