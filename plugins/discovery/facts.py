"""The plain facts that a page's head is written from, besides the post and its policy."""

from __future__ import annotations

from dataclasses import dataclass

from plugins.canonical.addresses import absolute
from plugins.views import AlternateView, FeedView, ImageView


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """The site as it introduces itself.

    ``url`` is the production address without a trailing slash. ``publisher`` is the organization
    behind it, the site's name where empty. ``logo`` has a root-relative or absolute ``src``.
    ``search_path`` is the page that answers ``?q=...``, empty where there is none. ``author_path``
    is the path of an author's page, empty where authors have none. ``twitter`` is "@name".
    ``path`` is that of the home page of the language.
    """

    name: str
    url: str
    lang: str
    tagline: str = ""
    publisher: str = ""
    logo: ImageView | None = None
    search_path: str = ""
    author_path: str = "/author/{slug}/"
    twitter: str = ""
    path: str = "/"

    @property
    def home(self) -> str:
        """The absolute URL of the home page."""
        return absolute(self.url, self.path)


@dataclass(frozen=True, slots=True)
class SeriesFacts:
    """A series as a post names it: absolute ``url``, and the post's part as written, if any."""

    name: str
    url: str
    position: int | float | None = None


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way from the home page; the last one is the page itself, without URL."""

    name: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Around:
    """What is around a page: its feeds, neighbours, translations, and the way to it.

    ``feeds``, ``previous`` and ``next`` are as readers follow them (root-relative); alternates
    and crumbs are absolute. ``crumbs`` begin at the home page and end with the page.
    """

    feeds: tuple[FeedView, ...] = ()
    previous: str | None = None
    next: str | None = None
    alternates: tuple[AlternateView, ...] = ()
    crumbs: tuple[Crumb, ...] = ()
