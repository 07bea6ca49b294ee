"""The whole site as one frozen value: what the page plan, the feeds and the sitemap are made from.

Built once per build, after every post, page and static file is known and every reference between
them has been resolved. Nothing in it is added to later.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from plugins.canonical.alternates import alternates
from plugins.canonical.policy import Policy
from plugins.digests import digest
from plugins.discovery.redirects import Redirect
from plugins.markup.foreign import NOTHING, Foreign
from plugins.markup.summaries import reading_minutes
from plugins.post import Frozen, Heading, Post, Term
from plugins.series.model import Part, Place, Series
from plugins.views import AlternateView, ImageView, TermKind
from thread.model import Site, Target, Thread

GroupKind = TermKind


@dataclass(frozen=True, slots=True)
class Entry:
    """A post with everything known about it.

    ``html`` is the body with every reference resolved to a root-relative URL; ``summary`` is
    plain text, the writer's or the beginning of the body; ``primary`` is false for a translation
    that is reached through another post. ``image`` is the lead image, measured where possible, and
    ``thumb`` the same as lists show it. ``target`` is the post as replies know it, absent where it
    takes and shows none, and ``thread`` what was replied; ``foreign`` is what is of other hosts.
    """

    post: Post
    html: str
    summary: str
    words: int
    policy: Policy
    headings: tuple[Heading, ...] = ()
    foreign: Foreign = NOTHING
    image: ImageView | None = None
    thumb: ImageView | None = None
    place: Place | None = None
    primary: bool = True
    translations: tuple[tuple[str, str], ...] = ()
    target: Target | None = None
    thread: Thread | None = None

    @property
    def written(self) -> str:
        """The body for those who want its words: references may be as the writer wrote them."""
        return self.html

    @property
    def outward(self) -> str:
        """A digest of what other pages may show of the post: all but its text."""
        label = self.place.label if self.place else ""
        return digest(self._own(), self.image, self.thumb, label, self.primary, self.translations)

    @property
    def rest(self) -> tuple[object, ...]:
        """All but the text, what a page shows of the series among it, for a digest."""
        return self.outward, placed(self.place), self.target, self.thread

    @property
    def text(self) -> str:
        """A digest of the text: of the HTML, its words and headings."""
        return digest(self.html, self.words, self.headings)

    @property
    def content(self) -> str:
        """A digest of the post and its text, whatever its series and its replies are."""
        return digest(self._own(), self.text)

    @property
    def whole(self) -> str:
        """A digest of everything."""
        return digest(self.text, *self.rest)

    def _own(self) -> str:
        return digest(self.post, self.summary, reading_minutes(self.words))


@dataclass(frozen=True, slots=True)
class Group:
    """The listed posts of one category, tag or author, newest first; ``intro`` is HTML.

    Of a text and its translations under one term, only the text is among them. ``about`` is a
    sentence about an author, ``image`` a picture.
    """

    kind: GroupKind
    term: Term
    entries: tuple[Entry, ...]
    intro: str = ""
    about: str = ""
    image: ImageView | None = None

    @property
    def url(self) -> str:
        """Root-relative URL of the group's page."""
        return f"/{self.kind}/{self.term.slug}/"

    @property
    def lang(self) -> str | None:
        """The language of the posts; None where they are of several."""
        found = {entry.post.lang for entry in self.entries}
        return found.pop() if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every post, page, group and series of the site.

    ``entries`` holds all posts that get a page, ``listed`` those in lists and feeds (primary,
    not hidden), both newest first. ``statics`` pairs each file's path below the content folder with
    the root-relative URL it is copied to, ``series_images`` holds lead images by the URL of the
    series, ``series_thumbs`` the same as lists show them, ``redirects`` the old addresses of posts,
    ``conversation`` the site as replies know it, where it has any.
    """

    entries: tuple[Entry, ...]
    pages: tuple[Entry, ...]
    categories: tuple[Group, ...] = ()
    tags: tuple[Group, ...] = ()
    authors: tuple[Group, ...] = ()
    series: tuple[Series, ...] = ()
    listed: tuple[Entry, ...] = ()
    statics: tuple[tuple[str, str], ...] = ()
    series_images: Frozen = Frozen()
    series_thumbs: Frozen = Frozen()
    redirects: tuple[Redirect, ...] = ()
    conversation: Site | None = None

    def edition(self, speaks: Callable[[str], bool]) -> Catalogue:
        """The posts and series of the languages that ``speaks`` says belong to an edition.

        Translations are among them. Categories, tags and authors are those of the whole site and
        have their pages there.
        """
        return replace(
            self,
            listed=tuple(one for one in self.entries if one.post.listed and speaks(one.post.lang)),
            series=tuple(one for one in self.series if speaks(one.lang)),
            categories=(),
            tags=(),
            authors=(),
        )

    def groups(self) -> tuple[Group, ...]:
        """All categories, tags and authors."""
        return (*self.categories, *self.tags, *self.authors)

    def contents(self) -> tuple[Entry, ...]:
        """Every post and page."""
        return (*self.entries, *self.pages)

    def translations(self, lang: str) -> Mapping[str, tuple[AlternateView, ...]]:
        """The hreflang links of posts and pages by source; ``lang`` is the site's language."""
        return alternates([(entry.post, entry.policy) for entry in self.contents()], lang)

    def by_year(self) -> Mapping[int, Sequence[Entry]]:
        """The listed posts by the year of the date as it was written, newest first."""
        years: dict[int, list[Entry]] = defaultdict(list)
        for entry in self.listed:
            years[entry.post.date.year].append(entry)
        return dict(sorted(years.items(), reverse=True))

    def by_kind(self) -> tuple[tuple[GroupKind, tuple[Group, ...]], ...]:
        """The groups of each kind, each kind named."""
        return (("category", self.categories), ("tag", self.tags), ("author", self.authors))


def placed(place: Place | None) -> str:
    """A digest of what a post's own page and its entry in feeds show of its place in a series."""
    if place is None:
        return ""
    around = tuple(_part_facts(part) for part in (place.part, place.previous, place.next) if part)
    signposts = tuple((one.marker, _part_facts(one.part)) for one in place.signposts)
    return digest(around, signposts, series_facts(place.series) if place.series else None)


def series_facts(series: Series) -> tuple[object, ...]:
    """What pages show of a series, in values whose ``repr`` says all."""
    parts = tuple(_part_facts(part) for part in series.parts)
    named = (series.slug, series.title, series.lang, series.url, series.total, series.summary)
    return (*named, series.intro.html, series.image, parts)


def _part_facts(part: Part) -> tuple[object, ...]:
    post = part.post
    return (part.number, part.title, part.state, part.date, post and (post.url, post.title))


def newest_first(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries by date, newest first; those of one moment by their file, so the order is total."""
    by_source = sorted(entries, key=lambda entry: entry.post.source)
    return tuple(sorted(by_source, key=lambda entry: entry.post.date, reverse=True))


def all_groups(
    entries: Sequence[Entry], intros: Callable[[str, str], str]
) -> Mapping[GroupKind, tuple[Group, ...]]:
    """The groups of every kind; ``intros`` gives the HTML of a kind and slug, empty without one."""
    return {
        "category": group(
            "category", entries, lambda post: (post.category,) if post.category else (), intros
        ),
        "tag": group("tag", entries, lambda post: post.tags, intros),
        "author": group("author", entries, _author_terms, intros),
    }


def group(
    kind: GroupKind,
    entries: Sequence[Entry],
    terms: Callable[[Post], Iterable[Term]],
    intros: Callable[[str, str], str],
) -> tuple[Group, ...]:
    """The groups of one kind, by slug, in one pass; a term is named as most posts spell it."""
    members: dict[str, list[Entry]] = defaultdict(list)
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in entries:
        for term in terms(entry.post):
            mine = members[term.slug]
            if not mine or mine[-1] is not entry:
                mine.append(entry)
            spellings[term.slug][term.name] += 1
    return tuple(
        Group(kind, Term(_usual(spellings[slug]), slug), _once(members[slug]), intros(kind, slug))
        for slug in sorted(members)
    )


def _once(members: Sequence[Entry]) -> tuple[Entry, ...]:
    """``members`` without the translations of one of them; a term only they have keeps them."""
    texts = {entry.post.translation for entry in members if entry.primary}
    return tuple(entry for entry in members if entry.primary or entry.post.translation not in texts)


def _usual(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda name: (-spellings[name], name))


def _author_terms(post: Post) -> list[Term]:
    return [Term(person.name, person.slug) for person in post.authors]
