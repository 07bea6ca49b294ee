"""The facts about the site that page views need, taken once from the Pelican settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, get_args

from plugins.catalogue.datetext import DateText
from plugins.errors import Problem, SettingsError
from plugins.urls import Urls
from plugins.views import ShareKind
from wording import Wording, wording_for
from wording.tags import chain

SEARCH_PATH = "/search/"

# Marks text for translation; it is translated where it is shown.
gettext = str


@dataclass(frozen=True, slots=True)
class Edition:
    """A language with a front page of its own, at ``/<lang>/``; ``lang`` is a BCP 47 tag.

    Name and tagline are those of the site where they are empty. Posts in a variant of the language
    ("de-AT" for "de") belong to it too.
    """

    lang: str
    name: str = ""
    tagline: str = ""

    def speaks(self, lang: str) -> bool:
        """Whether a text in ``lang`` belongs to this edition."""
        return self.lang.lower() in chain(lang)


@dataclass(frozen=True, slots=True)
class PageSettings:
    """How pages are made: posts on a page of a list, and the menu as (text, path) pairs.

    ``per_term`` is for the lists of a category, tag or author, where it is not ``per_page``.

    Paths of ``menu`` begin with a slash, or are absolute URLs of other sites; "/series/" is left
    out while there are no series, "/search/" where ``search`` is off; texts that we have words for are in the language of the page. The footer links the site's pages by itself.
    ``contents_from`` is the number of headings from which a post shows a contents list when its
    front matter does not say. ``titles_per_page`` and ``terms_per_page`` are for plain lists: the
    archive, and all categories, tags or authors; the defaults keep their pages below 100 kB of HTML.
    ``editions`` are the languages with a front page, an archive and lists of their own, besides the
    site's language.
    ``share_images`` are made for posts without a picture of their own, and for the front page.
    ``twitter`` is the account of the site ("@name"), for cards there.
    ``share`` lists the ways to pass a post on, in order; raises ValueError for one that is unknown.
    """

    per_page: int = 10
    per_term: int | None = None
    titles_per_page: int = 150
    terms_per_page: int = 300
    share: tuple[ShareKind, ...] = ("email", "linkedin", "bluesky", "copy")
    contents_from: int = 5
    search: bool = True
    share_images: bool = True
    twitter: str = ""
    menu: tuple[tuple[str, str], ...] = (
        (gettext("Posts"), "/"),
        (gettext("Series"), "/series/"),
        (gettext("Archive"), "/archive/"),
        (gettext("Search"), SEARCH_PATH),
        (gettext("Subscribe"), "/subscribe/"),
    )
    editions: tuple[Edition, ...] = ()

    def __post_init__(self) -> None:
        known = get_args(ShareKind)
        for kind in self.share:
            if kind not in known:
                raise ValueError(f"share: {kind!r} is not known; choose among {', '.join(known)}")
        tags = [edition.lang.lower() for edition in self.editions]
        for tag in tags:
            if tags.count(tag) > 1:
                raise ValueError(f"editions: there are two in {tag!r}; take one out")


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
        """The path of a list of this language: "/archive/", or "/de/archive/"."""
        return f"{self.prefix}{path}"


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
        urls=Urls(settings["SITEURL"].rstrip("/")),
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
