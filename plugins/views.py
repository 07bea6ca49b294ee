"""Page views: everything a template of our theme may read, and nothing else.

A page is a pure function of its view and the site view. Views are frozen and hold only text,
numbers and other views, so equal views mean equal pages. Every URL a reader follows is
root-relative; ``canonical`` and share URLs are absolute. ``html`` fields are finished HTML, all
other text is plain and is escaped by the template.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from markupsafe import Markup

from plugins.post import Direction, Extra, Frozen, ShareKind
from thread.views import ContactView, RepliesView

PartState = Literal["published", "current", "planned", "preview"]
TermKind = Literal["category", "tag", "author"]


@dataclass(frozen=True, slots=True)
class DateView:
    """A date for people (``text``) and for ``<time datetime>`` (``iso``)."""

    iso: str
    text: str


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link: its text and root-relative or absolute URL; ``current`` marks the page itself."""

    text: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class CountedLinkView:
    """A link to a list of posts, and how many are in it; ``current`` marks the page itself."""

    text: str
    url: str
    count: int
    current: bool = False


@dataclass(frozen=True, slots=True)
class ShareView:
    """A way to pass a post on: the address that does it, or for ``copy`` the one to copy."""

    kind: ShareKind
    url: str


@dataclass(frozen=True, slots=True)
class FeedView:
    """A feed for autodiscovery and subscribe links: media type, title and root-relative URL."""

    title: str
    url: str
    type: str


@dataclass(frozen=True, slots=True)
class ImageView:
    """An image; width and height are CSS pixels and absent where they cannot be known.

    ``srcset`` and ``sizes`` are those of HTML: smaller versions, and how wide the image is shown
    where this view is used. Both are empty where there are none.
    """

    src: str
    alt: str
    width: int | None = None
    height: int | None = None
    caption: str = ""
    srcset: str = ""
    sizes: str = ""


@dataclass(frozen=True, slots=True)
class AuthorView:
    """An author as shown beside a post; ``html`` is the bio, empty where there is none."""

    name: str
    url: str
    html: Markup = Markup("")
    image: ImageView | None = None
    links: tuple[LinkView, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkView:
    """The clear mark of a post that is not public: its kind and the sentence to show."""

    kind: Literal["draft", "scheduled", "hidden"]
    text: str


@dataclass(frozen=True, slots=True)
class OriginalView:
    """The page a post was first published at: ``url`` is absolute, ``site`` its display name."""

    url: str
    site: str
    relation: str
    date: DateView | None = None


@dataclass(frozen=True, slots=True)
class PartView:
    """One part of a series. ``number`` is as written ("2", "2.5") or empty; planned has no URL."""

    number: str
    title: str
    state: PartState
    url: str | None = None
    date: DateView | None = None


@dataclass(frozen=True, slots=True)
class SeriesBoxView:
    """The series a post belongs to, seen from that post.

    ``number`` and ``total`` make "Part 2 of 4"; ``next`` may be planned, ``previous`` never is.
    """

    title: str
    url: str
    number: str
    total: int
    parts: tuple[PartView, ...]
    previous: PartView | None = None
    next: PartView | None = None


@dataclass(frozen=True, slots=True)
class SignpostView:
    """Where a marker in the text ("Part 3 >>") points, besides what the series box links.

    ``direction`` says where the writer put it: ``previous`` at the beginning, ``next`` at the end.
    A part with a URL is a link; a planned one reads "Part 3 is planned", and may have no title.
    """

    direction: Direction
    part: PartView


@dataclass(frozen=True, slots=True)
class CardView:
    """A post in a list. ``minutes`` is the reading time; ``series`` reads "Attention, part 2"."""

    title: str
    url: str
    summary: str
    date: DateView
    lang: str
    minutes: int
    authors: tuple[LinkView, ...] = ()
    category: LinkView | None = None
    image: ImageView | None = None
    series: str = ""
    mark: MarkView | None = None


@dataclass(frozen=True, slots=True)
class TitleView:
    """A post in a plain list: title and date only."""

    title: str
    url: str
    date: DateView
    lang: str
    mark: MarkView | None = None


@dataclass(frozen=True, slots=True)
class PagerView:
    """Where a page stands in a paged list; ``number`` is 0 on its first page, at the list's own URL.

    How many pages there are stands on none, or each new post would change them all.
    """

    number: int = 0
    newer: str | None = None
    older: str | None = None


@dataclass(frozen=True, slots=True)
class MetaView:
    """One ``<meta>`` element: ``key`` is ``name`` or ``property``."""

    key: Literal["name", "property"]
    name: str
    content: str


@dataclass(frozen=True, slots=True)
class AlternateView:
    """The page in another language, BCP 47 (in a head also ``x-default``); absolute in a head."""

    lang: str
    url: str


@dataclass(frozen=True, slots=True)
class HeadView:
    """What a page says about itself to browsers, search engines and sharing sites.

    ``canonical`` is absolute and absent only where a page must not name one; ``robots`` is absent
    where the default (index, follow) holds. ``json_ld`` is a serialized JSON document, safe inside
    a script element, or empty. ``webmention`` is where other sites say that they link to the page,
    empty where nowhere.
    """

    title: str
    description: str = ""
    canonical: str | None = None
    robots: str | None = None
    previous: str | None = None
    next: str | None = None
    meta: tuple[MetaView, ...] = ()
    feeds: tuple[FeedView, ...] = ()
    alternates: tuple[AlternateView, ...] = ()
    webmention: str = ""
    json_ld: Markup = Markup("")


@dataclass(frozen=True, slots=True)
class SchemesView:
    """A colour of the theme in the light and in the dark scheme, each as ``#rrggbb``."""

    light: str
    dark: str


@dataclass(frozen=True, slots=True)
class SiteView:
    """What every page shows: name, language, menus, and where the theme's files are.

    The theme's CSS is in ``styles``, or in the file at ``stylesheet``; the other one is empty.
    ``script`` runs before anything is painted; ``policy`` is the Content-Security-Policy of code.
    ``search_policy`` is that of the page that searches, whose URL is ``search``, empty where there
    is none. ``icons`` says that there are icons in all sizes and a manifest. ``files`` has the URLs
    of the theme's static files by name. ``paper`` is what pages stand on.
    """

    name: str
    tagline: str
    lang: str
    home: str
    root: str
    styles: Markup
    stylesheet: str
    script: Markup
    policy: str
    search_policy: str
    files: Frozen
    icons: bool
    search: str
    menu: tuple[LinkView, ...]
    footer: tuple[LinkView, ...]
    feeds: tuple[FeedView, ...]
    languages: tuple[AlternateView, ...] = ()
    paper: SchemesView | None = None


@dataclass(frozen=True, slots=True)
class ContentsView:
    """One line of a contents list, with those below it."""

    text: str
    anchor: str
    children: tuple[ContentsView, ...] = ()


@dataclass(frozen=True, slots=True)
class PostView:
    """A post's page. ``newer`` and ``older`` are its neighbours by date.

    ``extra`` has the fields of front matter without an attribute here; those not written are empty.
    """

    head: HeadView
    lang: str
    title: str
    html: Markup
    date: DateView
    minutes: int
    words: int
    url: str
    summary: str = ""
    modified: DateView | None = None
    authors: tuple[AuthorView, ...] = ()
    category: LinkView | None = None
    tags: tuple[LinkView, ...] = ()
    image: ImageView | None = None
    contents: tuple[ContentsView, ...] = ()
    original: OriginalView | None = None
    syndicated: tuple[LinkView, ...] = ()
    series: SeriesBoxView | None = None
    signposts: tuple[SignpostView, ...] = ()
    share: tuple[ShareView, ...] = ()
    related: tuple[TitleView, ...] = ()
    newer: LinkView | None = None
    older: LinkView | None = None
    translations: tuple[AlternateView, ...] = ()
    mark: MarkView | None = None
    replies: RepliesView | None = None
    extra: Extra = Extra()


@dataclass(frozen=True, slots=True)
class PageView:
    """A page outside the blog's flow, such as About."""

    head: HeadView
    lang: str
    title: str
    html: Markup
    modified: DateView | None = None
    translations: tuple[AlternateView, ...] = ()
    mark: MarkView | None = None
    contact: ContactView | None = None
    extra: Extra = Extra()


@dataclass(frozen=True, slots=True)
class RunningSeriesView:
    """The series that readers can follow now: its latest part, and the next if it is planned."""

    title: str
    url: str
    total: int
    latest: PartView
    next: PartView | None = None


@dataclass(frozen=True, slots=True)
class HomeView:
    """The first page of the blog, and the paged list behind it.

    ``featured`` and ``series`` are on the first page only; the featured post is in no ``cards``.
    """

    head: HeadView
    cards: tuple[CardView, ...]
    pager: PagerView
    featured: CardView | None = None
    series: RunningSeriesView | None = None


@dataclass(frozen=True, slots=True)
class TermPageView:
    """The posts of one category, tag or author, paged; ``html`` is its intro or bio.

    ``lang`` is the language of the posts, or the site's where they are of several; ``index`` is
    the page that lists all terms of the kind. ``count`` is the number of posts, on the first page.
    ``image`` and ``links`` are those of an author.
    """

    head: HeadView
    lang: str
    kind: TermKind
    index: str
    name: str
    html: Markup
    count: int | None
    cards: tuple[CardView, ...]
    pager: PagerView
    feeds: tuple[FeedView, ...] = ()
    image: ImageView | None = None
    links: tuple[LinkView, ...] = ()


@dataclass(frozen=True, slots=True)
class TermIndexView:
    """All categories, tags or authors by name, with how many posts each has; paged."""

    head: HeadView
    kind: TermKind
    count: int
    terms: tuple[CountedLinkView, ...]
    pager: PagerView


@dataclass(frozen=True, slots=True)
class EntranceView:
    """The ways into the archive by one kind: those with most posts, and the page with all."""

    kind: TermKind
    url: str
    count: int
    terms: tuple[CountedLinkView, ...]


@dataclass(frozen=True, slots=True)
class YearView:
    """A year in the archive, newest post first; ``count`` posts, of which ``titles`` are shown."""

    year: int
    url: str
    count: int
    titles: tuple[TitleView, ...]


@dataclass(frozen=True, slots=True)
class ArchiveView:
    """The archive: every year with its count, the newest of them in full, and the topics."""

    head: HeadView
    count: int
    index: tuple[CountedLinkView, ...]
    years: tuple[YearView, ...]
    entrances: tuple[EntranceView, ...] = ()


@dataclass(frozen=True, slots=True)
class MonthView:
    """The posts of one month, newest first; ``name`` is that of the month alone."""

    name: str
    titles: tuple[TitleView, ...]


@dataclass(frozen=True, slots=True)
class ArchiveYearView:
    """One year of the archive by month, paged; ``index`` holds every year.

    ``count`` is the number of posts of the year, on its first page.
    """

    head: HeadView
    year: int
    count: int | None
    months: tuple[MonthView, ...]
    pager: PagerView
    index: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True)
class SeriesSummaryView:
    """A series in the list of series: how far it has come and where to begin."""

    title: str
    url: str
    summary: str
    published: int
    total: int
    first: LinkView | None
    image: ImageView | None = None
    latest: DateView | None = None


@dataclass(frozen=True, slots=True)
class SeriesIndexView:
    """All series, the most recently continued first."""

    head: HeadView
    series: tuple[SeriesSummaryView, ...]


@dataclass(frozen=True, slots=True)
class SeriesPartView:
    """A part on the series' own page: the part with what its card says."""

    part: PartView
    summary: str = ""
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class SeriesView:
    """One series: intro, parts, progress, what is planned, and its feed."""

    head: HeadView
    lang: str
    title: str
    html: Markup
    published: int
    total: int
    parts: tuple[SeriesPartView, ...]
    first: LinkView | None = None
    image: ImageView | None = None
    feeds: tuple[FeedView, ...] = ()


@dataclass(frozen=True, slots=True)
class NotFoundView:
    """The 404 page: the ways back in."""

    head: HeadView
    recent: tuple[CardView, ...]


@dataclass(frozen=True, slots=True)
class SearchView:
    """The page that searches; without scripts it offers the ways into the archive.

    ``engine`` is the URL of the script that searches, and ``base`` what it puts before the
    addresses it finds; ``shards`` are the URLs of the folders with further parts of its index.
    ``years`` and ``entrances`` are those of the archive.
    """

    head: HeadView
    engine: str
    base: str
    shards: tuple[str, ...] = ()
    years: tuple[CountedLinkView, ...] = ()
    entrances: tuple[EntranceView, ...] = ()


@dataclass(frozen=True, slots=True)
class AliasView:
    """A page left at an old address that sends readers on to the new one."""

    head: HeadView
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class FeedGroupView:
    """The feeds of one kind (topics, series, authors) on the subscribe page.

    Where ``count`` feeds are too many to list, ``feeds`` is empty and ``index`` leads to them.
    """

    heading: str
    feeds: tuple[tuple[str, tuple[FeedView, ...]], ...]
    count: int = 0
    index: str = ""


@dataclass(frozen=True, slots=True)
class ReaderView:
    """A feed reader's one-click subscription: its name and the URL that opens it."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class SubscribeView:
    """What a feed is, one-click links for popular readers, and every feed of the site."""

    head: HeadView
    feed: FeedView
    readers: tuple[ReaderView, ...]
    groups: tuple[FeedGroupView, ...]
    opml: str


class View(Protocol):
    """What a page shows, whatever its kind: those of :mod:`plugins.kinds`."""

    @property
    def head(self) -> HeadView:
        """What it says about itself."""
