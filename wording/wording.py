"""The words of one language: what pages, feeds and messages to readers are written with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from wording import figures, tags
from wording.catalogues import translations_for
from wording.tags import Side


@dataclass(frozen=True, slots=True)
class Wording:
    """Text, dates, numbers and lists in the language ``lang``, a BCP 47 tag such as "pt-BR".

    It holds nothing but the tag, so it can be pickled to a worker; catalogues and dates that were
    made once are kept by the process. Dates are shown as they are: bring a moment into the
    zone readers expect before.
    """

    lang: str

    @property
    def direction(self) -> Side:
        """Which way the language is written: "ltr" or "rtl"."""
        return tags.direction(self.lang)

    def gettext(self, message: str) -> str:
        """``message``, which is English, in this language, or as it is where there is no text."""
        return translations_for(self.lang).gettext(message)

    def say(self, message: str, **values: object) -> str:
        """:meth:`gettext` with values for its variables: ``say("Page %(number)s", number=2)``."""
        return self.gettext(message) % values

    def ngettext(self, one: str, many: str, number: int) -> str:
        """The form that goes with ``number``; languages have one to six of them."""
        return translations_for(self.lang).ngettext(one, many, number)

    def pgettext(self, context: str, message: str) -> str:
        """``message`` as it reads in ``context``, where English has one word for two things."""
        return translations_for(self.lang).pgettext(context, message)

    def npgettext(self, context: str, one: str, many: str, number: int) -> str:
        """Like :meth:`ngettext`, in ``context``."""
        return translations_for(self.lang).npgettext(context, one, many, number)

    def date(self, day: dt.date) -> str:
        """The long form: "19 May 2026"."""
        return figures.date_text(_day(day), "long", self.lang)

    def short_date(self, day: dt.date) -> str:
        """Day and month ("19 May"), where the year stands above."""
        return figures.date_text(_day(day), "short", self.lang)

    def month(self, day: dt.date) -> str:
        """The month by itself, as a heading has it: "May"."""
        return figures.date_text(_day(day).replace(day=1), "month", self.lang)

    def month_year(self, day: dt.date) -> str:
        """The month with its year: "May 2026"."""
        return figures.date_text(_day(day).replace(day=1), "month-year", self.lang)

    def machine_date(self, moment: dt.date) -> str:
        """ISO 8601 for ``<time datetime>``, a moment to the second with its offset."""
        return _iso(moment)

    def number(self, number: int | float) -> str:
        """A number for people: "10,000"."""
        return figures.number_text(number, self.lang)

    def reading_time(self, minutes: int) -> str:
        """How long a text takes to read: "5 min read"."""
        text = self.ngettext("%(minutes)s min read", "%(minutes)s min read", minutes)
        return text % {"minutes": self.number(minutes)}

    def between(self, index: int, count: int) -> str:
        """What stands before item ``index`` (from 0) of ``count``: nothing, a comma, or "and"."""
        return figures.between(index, count, self.lang)

    def join(self, items: Sequence[str]) -> Markup:
        """A list as a sentence has it ("Ada, Ben and Cleo"), safe for HTML."""
        parts = (
            Markup("%s%s") % (self.between(index, len(items)), item)
            for index, item in enumerate(items)
        )
        return Markup("").join(parts)

    def language_name(self, tag: str) -> str:
        """What a language calls itself: "Deutsch"."""
        return tags.language_name(tag)


@lru_cache(maxsize=256)
def wording_for(lang: str) -> Wording:
    """The words of ``lang``; what has no text in it is in a wider language, at last in English."""
    return Wording(lang)


def _day(day: dt.date) -> dt.date:
    return day.date() if isinstance(day, dt.datetime) else day


def _iso(moment: dt.date) -> str:
    return (
        moment.isoformat(timespec="seconds")
        if isinstance(moment, dt.datetime)
        else moment.isoformat()
    )
