"""Which feeds the site has, for the pages that link to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from plugins.canonical.alternates import language_tag
from plugins.catalogue.catalogue import Catalogue, Entry
from plugins.catalogue.facts import Facts
from plugins.feeds.formats import FORMATS, Format
from plugins.feeds.settings import FeedSettings, Kind
from plugins.feeds.subjects import Subject, subjects
from plugins.urls import Urls
from plugins.views import FeedView


@dataclass(frozen=True, slots=True)
class IndexedFeed:
    """A feed of the site: what it is about, and the links to its formats, RSS first.

    ``stem`` is its path without the ending of a format; ``page`` the root-relative URL of the page
    with the same posts; ``name`` is empty for the site's own feed.
    """

    kind: Kind
    slug: str
    lang: str
    name: str
    title: str
    stem: str
    page: str
    views: tuple[FeedView, ...]


@dataclass(frozen=True, slots=True)
class FeedIndex:
    """Every feed, the site's own first; ``by_slug`` holds the same feeds by kind and slug."""

    feeds: tuple[IndexedFeed, ...]
    by_slug: Mapping[tuple[str, str], tuple[IndexedFeed, ...]]

    @property
    def site(self) -> tuple[FeedView, ...]:
        """The feeds of everything, in each format."""
        return self.feeds[0].views

    def of(self, kind: str, slug: str, lang: str = "") -> tuple[FeedView, ...]:
        """The feed of a category, tag, author, series or language in each format, if there is one.

        Only series of one slug may exist in several languages; without ``lang`` the site's counts.
        """
        for feed in self.by_slug.get((kind, slug), ()):
            if not lang or feed.lang == lang:
                return feed.views
        return ()

    def edition(self, lang: str) -> FeedIndex:
        """The feeds in one language, that of all its posts first; the same without such a feed."""
        own = [feed for feed in self.feeds if language_tag(feed.lang) == language_tag(lang)]
        first = [feed for feed in own if feed.kind == "language"]
        others = (feed for feed in own if feed.kind not in ("language", "site"))
        return FeedIndex((*first, *others), self.by_slug) if first else self

    def all(self) -> tuple[FeedView, ...]:
        """Every feed in each format."""
        return tuple(view for feed in self.feeds for view in feed.views)

    def concerning(self, entry: Entry) -> tuple[FeedView, ...]:
        """The feeds that a post's page names: the site's in each format, and one of each that has it.

        Those are the feeds of its language, series, category, authors and tags.
        """
        post = entry.post
        series = entry.place.series if entry.place else None
        found = [
            self.of("language", language_tag(post.lang).lower()),
            self.of("series", series.slug, series.lang) if series else (),
            self.of("category", post.category.slug) if post.category else (),
            *(self.of("author", person.slug) for person in post.authors),
            *(self.of("tag", tag.slug) for tag in post.tags),
        ]
        first = (views[0] for views in found if views)
        return tuple({view.url: view for view in (*self.site, *first)}.values())


def index_feeds(catalogue: Catalogue, facts: Facts, settings: FeedSettings) -> FeedIndex:
    """The feeds that :func:`plugins.feeds.plugin.render_feeds` makes from the same arguments."""
    feeds = tuple(_indexed(each, facts.urls) for each in subjects(catalogue, facts, settings))
    by_slug: dict[tuple[str, str], tuple[IndexedFeed, ...]] = {}
    for feed in feeds:
        # Those of the site's language first: that is the one meant where none is named.
        known = (*by_slug.get((feed.kind, feed.slug), ()), feed)
        ranked = sorted(known, key=lambda one: one.lang != facts.lang)
        by_slug[feed.kind, feed.slug] = tuple(ranked)
    return FeedIndex(feeds, by_slug)


def feed_view(title: str, stem: str, form: Format, urls: Urls) -> FeedView:
    """The link to a feed in one format; the title says which, to tell it from the others."""
    return FeedView(f"{title} ({form.name})", urls.href(f"/{stem}{form.ending}"), form.type)


def _indexed(subject: Subject, urls: Urls) -> IndexedFeed:
    return IndexedFeed(
        kind=subject.kind,
        slug=subject.slug,
        lang=subject.lang,
        name=subject.name,
        title=subject.title,
        stem=subject.stem,
        page=subject.page,
        views=tuple(feed_view(subject.title, subject.stem, form, urls) for form in FORMATS),
    )
