"""The registry of the kinds of pages: the one place that knows them.

A new kind is a line here, a template, and a module with what makes its pages. Addresses that posts
may not have, link targets, the menu, the sitemap, the table in ``docs/theme.md``
(``python -m tests.docs_tables`` renews it) and the samples of the theme's tests are made from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal

# Marks text for translation; it is translated where it is shown.
gettext = str


@dataclass(frozen=True, slots=True)
class PageKind:
    """A kind of page. This module is below those it names, so it names them as "module:name".

    ``view`` is the class of what its template reads. ``made_by`` makes its pages, if the site has
    any: a function of :class:`plugins.pages.planned.Planning`. ``addresses`` are those of pages
    that are always there; no post may have them, but of a kind that ``yields``: that leaves its
    address to a writer who wants it. ``menu`` is the text of the link
    in the default menu. ``sitemap`` says as what the addresses are in the sitemap: as lists of all
    posts, of parts of series, or without a date; they are left out where it is empty.
    ``in_editions`` are those that each language has.
    """

    name: str
    view: str
    docs: str
    made_by: str
    addresses: tuple[str, ...] = ()
    menu: str = ""
    sitemap: Literal["posts", "parts", "undated", ""] = ""
    in_editions: bool = False
    yields: bool = False
    template_of: str = ""

    @property
    def template(self) -> str:
        """The template, without its suffix."""
        return self.template_of or self.name

    def load_view(self) -> Any:
        """The class of the view."""
        return _load(self.view)

    def load_maker(self) -> Any:
        """The function that makes the pages."""
        return _load(self.made_by)


def _load(place: str) -> Any:
    module, _, name = place.partition(":")
    return getattr(import_module(f"plugins.{module}"), name)


KINDS = (
    PageKind("post", "views:PostView", "A post.", "pages.posts:posts"),
    PageKind(
        "page",
        "views:PageView",
        "A page outside the flow of posts, such as About.",
        "pages.posts:pages",
    ),
    PageKind(
        "contact",
        "views:PageView",
        "The form to write in private.",
        "pages.makers:contact",
        ("/contact/",),
        yields=True,
        template_of="page",
    ),
    PageKind(
        "home",
        "views:HomeView",
        "The front page and the paged list behind it.",
        "pages.makers:home",
        ("/",),
        menu=gettext("Posts"),
        sitemap="posts",
        in_editions=True,
    ),
    PageKind(
        "series_index",
        "views:SeriesIndexView",
        "All series.",
        "pages.makers:series_index",
        ("/series/",),
        menu=gettext("Series"),
        sitemap="parts",
        in_editions=True,
    ),
    PageKind("series", "views:SeriesView", "One series.", "pages.makers:series"),
    PageKind(
        "archive",
        "views:ArchiveView",
        "Every year, the newest ones in full, and the ways in.",
        "pages.makers:archive",
        ("/archive/",),
        menu=gettext("Archive"),
        sitemap="posts",
        in_editions=True,
    ),
    PageKind(
        "archive_year",
        "views:ArchiveYearView",
        "The posts of a year by month.",
        "pages.makers:archive_years",
        in_editions=True,
    ),
    PageKind(
        "search",
        "views:SearchView",
        "The page that searches, and the ways into the archive.",
        "pages.makers:search",
        ("/search/",),
        menu=gettext("Search"),
    ),
    PageKind(
        "subscribe",
        "views:SubscribeView",
        "What a feed is, and every feed there is.",
        "pages.makers:subscribe",
        ("/subscribe/",),
        menu=gettext("Subscribe"),
        sitemap="undated",
        in_editions=True,
    ),
    PageKind(
        "term_index",
        "views:TermIndexView",
        "All categories, all tags or all authors.",
        "pages.makers:term_indexes",
        ("/category/", "/tag/", "/author/"),
        sitemap="posts",
    ),
    PageKind(
        "term",
        "views:TermPageView",
        "The posts of a category, a tag or an author.",
        "pages.makers:terms",
    ),
    PageKind(
        "alias", "views:AliasView", "The page left at an old address.", "pages.makers:aliases"
    ),
    PageKind(
        "not_found",
        "views:NotFoundView",
        "The 404 page.",
        "pages.makers:not_found",
        ("/404.html",),
    ),
)
# Files that are no pages, which the build writes itself.
FILES = ("/sitemap.xml", "/_redirects", "/_headers", "/opensearch.xml")
# Folders in which no post can be: another program answers there, or every file is cached for ever.
FOLDERS = ("/dialogue/", "/theme/")


def address(name: str) -> str:
    """The address of the page of this kind, the first of several."""
    return next(kind.addresses[0] for kind in KINDS if kind.name == name)


def fixed() -> tuple[str, ...]:
    """The addresses of the pages that every site has."""
    return tuple(url for kind in KINDS if not kind.yields for url in kind.addresses)


def in_editions() -> tuple[str, ...]:
    """Those of them that each edition has, below its language."""
    return tuple(url for kind in KINDS if kind.in_editions for url in kind.addresses)


def reserved() -> frozenset[str]:
    """The first steps of the paths at which no post can be."""
    return frozenset(url.split("/")[1] for url in FOLDERS)
