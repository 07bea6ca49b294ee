"""The facts about the site that page views need, taken once from the Pelican settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, get_args

from plugins.catalogue.datetext import DateText
from plugins.urls import Urls
from plugins.views import ShareKind
from wording import Wording, wording_for

# Marks text for translation; it is translated where it is shown.
gettext = str


@dataclass(frozen=True, slots=True)
class PageSettings:
    """How pages are made: posts on a page of a list, and the menu as (text, path) pairs.

    ``per_term`` is for the lists of a category, tag or author, where it is not ``per_page``.

    Paths of ``menu`` begin with a slash, or are absolute URLs of other sites; "/series/" is left
    out while there are no series; texts that we have words for are in the language of the page. The footer links the site's pages by itself.
    ``contents_from`` is the number of headings from which a post shows a contents list when its
    front matter does not say. ``titles_per_page`` and ``terms_per_page`` are for plain lists: the
    archive, and all categories, tags or authors; the defaults keep their pages below 100 kB of HTML.
    ``share`` lists the ways to pass a post on, in order; raises ValueError for one that is unknown.
    """

    per_page: int = 10
    per_term: int | None = None
    titles_per_page: int = 150
    terms_per_page: int = 300
    share: tuple[ShareKind, ...] = ("email", "linkedin", "bluesky", "copy")
    contents_from: int = 5
    menu: tuple[tuple[str, str], ...] = (
        (gettext("Posts"), "/"),
        (gettext("Series"), "/series/"),
        (gettext("Archive"), "/archive/"),
        (gettext("Subscribe"), "/subscribe/"),
    )

    def __post_init__(self) -> None:
        known = get_args(ShareKind)
        for kind in self.share:
            if kind not in known:
                raise ValueError(f"share: {kind!r} is not known; choose among {', '.join(known)}")


@dataclass(frozen=True, slots=True)
class Facts:
    """Name, tagline, language and address of the site, and how dates and pages are made."""

    name: str
    tagline: str
    lang: str
    urls: Urls
    show_date: DateText
    pages: PageSettings

    @property
    def words(self) -> Wording:
        """The words of the site's language."""
        return wording_for(self.lang)

    def speaking(self, lang: str) -> Facts:
        """The same site for a page in another language."""
        return self if lang == self.lang else replace(self, lang=lang)


def facts_from(settings: Mapping[str, Any]) -> Facts:
    """The facts in Pelican's settings."""
    return Facts(
        name=settings["SITENAME"],
        tagline=settings.get("SITESUBTITLE", ""),
        lang=settings["DEFAULT_LANG"],
        urls=Urls(settings["SITEURL"].rstrip("/")),
        show_date=DateText(settings["TIMEZONE"]),
        pages=settings["PAGES"],
    )
