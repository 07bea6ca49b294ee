"""The facts about the site that page views need, taken once from the Pelican settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from plugins.catalogue.datetext import DateText
from plugins.catalogue.settings import Edition, PageSettings
from plugins.errors import Problem, SettingsError
from plugins.urls import Urls
from wording import Wording, wording_for


@dataclass(frozen=True, slots=True)
class Facts:
    """Name, tagline, language and address of the site, and how dates and pages are made.

    ``editions`` are all languages with a front page, the site's own first; ``prefix`` is where the
    lists of the language are, "/de" or empty.
    """

    name: str
    tagline: str
    lang: str
    urls: Urls
    show_date: DateText
    pages: PageSettings
    prefix: str = ""
    editions: tuple[Edition, ...] = ()

    @property
    def words(self) -> Wording:
        """The words of the language."""
        return wording_for(self.lang)

    def speaking(self, lang: str) -> Facts:
        """The same site for a page in another language; its lists are those of its edition."""
        if lang == self.lang:
            return self
        if not self.editions:
            return replace(self, lang=lang)
        first, *others = self.editions
        own = next((one for one in others if one.speaks(lang)), first)
        prefix = "" if own is first else edition_prefix(own)
        return replace(self, lang=lang, name=own.name, tagline=own.tagline, prefix=prefix)

    def path(self, path: str) -> str:
        """The path of a list of this language: "/archive/", or "/de/archive/", or where that was moved."""
        return f"{self.prefix}{self.urls.at(path)}"


def facts_from(settings: Mapping[str, Any]) -> Facts:
    """The facts in Pelican's settings; raises :class:`SettingsError` for an edition that is none."""
    pages: PageSettings = settings["PAGES"]
    own = Edition(settings["DEFAULT_LANG"], settings["SITENAME"], settings.get("SITESUBTITLE", ""))
    for one in pages.editions:
        if one.speaks(own.lang):
            raise _not_another(one, own.lang)
    others = (
        Edition(one.lang, one.name or own.name, one.tagline or own.tagline)
        for one in pages.editions
    )
    return Facts(
        name=own.name,
        tagline=own.tagline,
        lang=own.lang,
        urls=Urls(settings["SITEURL"].rstrip("/"), tuple(sorted(pages.moved.items()))),
        show_date=DateText(settings["TIMEZONE"]),
        pages=pages,
        editions=(own, *others),
    )


def _not_another(edition: Edition, lang: str) -> SettingsError:
    message = f"{edition.lang!r} is the site's own language, {lang!r}, whose front page is at /"
    hint = "take the edition out; SITENAME and SITESUBTITLE hold its name and tagline"
    return SettingsError([Problem("pelicanconf.py", 1, "PAGES.editions", message, hint)])


def edition_prefix(edition: Edition) -> str:
    """The path below which an edition's lists are."""
    return f"/{edition.lang.lower()}"
