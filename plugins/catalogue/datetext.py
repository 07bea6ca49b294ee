"""Dates as people read them, in the site's time zone and the language of the page."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from plugins.views import DateView
from wording import wording_for


class DateText:
    """Shows moments as dates of the site's time zone. ``zone`` is an IANA name."""

    def __init__(self, zone: str) -> None:
        self._zone = ZoneInfo(zone)

    def __call__(self, moment: datetime, lang: str) -> DateView:
        """The date in long form ("19 May 2026") and the moment as ISO 8601 with its offset."""
        return _long(moment, moment.fold, self._zone, lang)

    def short(self, moment: datetime, lang: str) -> DateView:
        """The day and month alone ("19 May"), where the year stands above."""
        return _short(moment, moment.fold, self._zone, lang)


# Most dates stand on many pages. Moments that are equal may differ in their fold.
@lru_cache(maxsize=4096)
def _long(moment: datetime, fold: int, zone: ZoneInfo, lang: str) -> DateView:  # noqa: ARG001 - a key
    local, words = moment.astimezone(zone), wording_for(lang)
    return DateView(words.machine_date(local), words.date(local))


@lru_cache(maxsize=4096)
def _short(moment: datetime, fold: int, zone: ZoneInfo, lang: str) -> DateView:  # noqa: ARG001 - as above
    local, words = moment.astimezone(zone), wording_for(lang)
    return DateView(words.machine_date(local), words.short_date(local))
