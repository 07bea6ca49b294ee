"""The head of every page, from the discovery rules, the canonical policy and the feeds there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from plugins.canonical.policy import CanonicalSettings, Policy, for_path
from plugins.catalogue.catalogue import Catalogue, Entry, Group
from plugins.catalogue.facts import Facts, edition_prefix
from plugins.catalogue.settings import SEARCH_PATH
from plugins.catalogue.terms import EDITION_PAGES
from plugins.discovery import head as discovery
from plugins.discovery.facts import Around, Crumb, SeriesFacts, SiteFacts
from plugins.feeds.index import FeedIndex
from plugins.kinds import address
from plugins.markup.summaries import plain_text
from plugins.pages.cards import person_of
from plugins.series.model import Part, Place, Series
from plugins.sharing.cards import Brand, shared_image
from plugins.views import AlternateView, FeedView, HeadView, ImageView, PagerView, TermKind
from wording import Wording

Step = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Heads:
    """Makes heads; holds what all of them need. ``translations`` are hreflang sets by source.

    ``site`` is the site as the discovery rules know it. ``brand`` has the colours of share images; without it there are none.
    """

    facts: Facts
    canonical: CanonicalSettings
    feeds: FeedIndex
    translations: Mapping[str, tuple[AlternateView, ...]]
    site: SiteFacts
    brand: Brand | None = None

    def speaking(self, lang: str) -> Heads:
        """The heads of pages in another language."""
        facts = self.facts.speaking(lang)
        feeds = self.feeds.edition(lang) if facts.prefix else self.feeds
        return replace(self, facts=facts, feeds=feeds, site=_site(facts, self.site.logo))

    def post(self, entry: Entry) -> HeadView:
        """The head of a post, or of a page such as About."""
        post, place, category = entry.post, entry.place, entry.post.category
        at = self.facts.urls.at
        way = [(category.name, at(f"/category/{category.slug}/"))] if category else []
        return discovery.head_for_post(
            post,
            entry.policy,
            self.site,
            summary=entry.summary,
            image=shared_image(self.brand, self.facts, entry),
            series=self._series_facts(place),
            around=Around(
                feeds=self.feeds.concerning(entry),
                previous=self._link(place.previous if place else None),
                next=self._link(place.next if place else None),
                alternates=self.translations.get(post.source, ()),
                crumbs=self._way(way, post.title),
            ),
        )

    def home(self, path: str, pager: PagerView) -> HeadView:
        """The head of the home page and of the pages behind it."""
        around = self._around(pager)
        if not pager.number:
            around = replace(around, alternates=self._editions("/"))
        return discovery.head_for_home(
            self._policy(path),
            self.site,
            page_label=self._label(pager),
            image=shared_image(self.brand, self.facts),
            around=around,
        )

    def term(self, group: Group, path: str, pager: PagerView) -> HeadView:
        """The head of one page of a category, tag or author."""
        name, about = group.term.name, group.about or plain_text(group.intro)
        feeds = (*self.feeds.of(group.kind, group.term.slug), *self.feeds.site)
        above = (_terms_name(group.kind, self.facts.words), self.facts.urls.at(f"/{group.kind}/"))
        around = self._around(pager, feeds, self._way([above], name))
        if person := person_of(group):
            return discovery.head_for_author(
                person,
                self._policy(path),
                self.site,
                about=about,
                page_label=self._label(pager),
                image=group.image,
                around=around,
            )
        usual = self._say("Posts about %(name)s on %(site)s.", name=name)
        return discovery.head_for_list(
            name,
            self._policy(path),
            self.site,
            about=about or usual,
            page_label=self._label(pager),
            around=around,
        )

    def year(self, year: int, path: str, pager: PagerView) -> HeadView:
        """The head of one page of a year of the archive."""
        way = self._way([(self._say("Archive"), self.facts.path(address("archive")))], str(year))
        about = self._say("Every post on %(site)s of %(year)s, by month.", year=year)
        return self._paged(self._say("Archive %(year)s", year=year), path, about, pager, way)

    def terms(self, kind: TermKind, path: str, pager: PagerView) -> HeadView:
        """The head of one page of the list of all categories, tags or authors."""
        name = _terms_name(kind, self.facts.words)
        about = self._say("%(name)s on %(site)s, each with its posts.", name=name)
        return self._paged(name, path, about, pager, self._way([], name))

    def series(self, series: Series, parts: tuple[Step, ...], image: ImageView | None) -> HeadView:
        """The head of one series' page; ``parts`` are title and path of those with a post."""
        feeds = (*self.feeds.of("series", series.slug, series.lang), *self.feeds.site)
        return discovery.head_for_series(
            series.title,
            self._policy(series.url),
            self.site,
            about=series.summary or plain_text(series.intro.html),
            parts=[(title, self._absolute(path)) for title, path in parts],
            image=image,
            around=Around(
                feeds,
                crumbs=self._way(
                    [(self._say("Series"), self.facts.path(address("series_index")))], series.title
                ),
            ),
        )

    def plain(self, path: str, title: str, about: str) -> HeadView:
        """The head of a page that lists things: the archive, all series, subscribe."""
        alternates = self._editions(path.removeprefix(self.facts.prefix))
        around = Around(self.feeds.site, alternates=alternates, crumbs=self._way([], title))
        return discovery.head_for_list(
            title, self._policy(path), self.site, about=about, around=around
        )

    def not_found(self) -> HeadView:
        """The head of the 404 page, which nobody should find by searching."""
        policy = for_path("/404.html", self.canonical, indexable=False)
        around = Around(self.feeds.site)
        return discovery.head_for_notice(
            self._say("Page not found"), policy, self.site, around=around
        )

    def _paged(
        self, title: str, path: str, about: str, pager: PagerView, way: tuple[Crumb, ...]
    ) -> HeadView:
        return discovery.head_for_list(
            title,
            self._policy(path),
            self.site,
            about=about,
            page_label=self._label(pager),
            around=self._around(pager, crumbs=way),
        )

    def _editions(self, path: str) -> tuple[AlternateView, ...]:
        """The hreflang links of a list that every edition has; none for any other page."""
        first, *others = self.facts.editions or (None,)
        if first is None or not others or path not in map(self.facts.urls.at, EDITION_PAGES):
            return ()
        links = [
            AlternateView(one.lang, self._absolute(f"{edition_prefix(one)}{path}"))
            for one in others
        ]
        home = self._absolute(path)
        return (AlternateView(first.lang, home), *links, AlternateView("x-default", home))

    def _say(self, message: str, **values: object) -> str:
        """``message`` in the site's language; ``%(site)s`` in it is the site's name."""
        return self.facts.words.say(message, site=self.facts.name, **values)

    def _label(self, pager: PagerView) -> str:
        return self._say("Page %(number)s", number=pager.number) if pager.number else ""

    def _policy(self, path: str) -> Policy:
        return for_path(path, self.canonical)

    def _absolute(self, path: str) -> str:
        return self.facts.urls.absolute(path)

    def _series_facts(self, place: Place | None) -> SeriesFacts | None:
        if place is None or place.series is None:
            return None
        url = self._absolute(place.series.url)
        return SeriesFacts(place.series.title, url, place.part.number)

    def _link(self, part: Part | None) -> str | None:
        return self.facts.urls.href(part.post.url) if part and part.post else None

    def _around(
        self,
        pager: PagerView,
        feeds: tuple[FeedView, ...] | None = None,
        crumbs: tuple[Crumb, ...] = (),
    ) -> Around:
        return Around(feeds or self.feeds.site, pager.newer, pager.older, crumbs=crumbs)

    def _way(self, steps: list[Step], here: str) -> tuple[Crumb, ...]:
        """From the home page over ``steps`` (text and path) to the page itself."""
        above = (
            Crumb(text, self._absolute(path))
            for text, path in [(self.facts.name, self.facts.path("/")), *steps]
        )
        return (*above, Crumb(here))


def make_heads(
    catalogue: Catalogue,
    facts: Facts,
    canonical: CanonicalSettings,
    feeds: FeedIndex,
    brand: Brand | None = None,
    logo: ImageView | None = None,
) -> Heads:
    """The heads of a site; ``brand`` is that of share images."""
    images = brand if facts.pages.share_images else None
    translations = catalogue.translations(facts.lang)
    return Heads(facts, canonical, feeds, translations, _site(facts, logo), images)


def _site(facts: Facts, logo: ImageView | None) -> SiteFacts:
    return SiteFacts(
        facts.name,
        facts.urls.site,
        facts.lang,
        facts.tagline,
        logo=logo,
        search_path=SEARCH_PATH if facts.pages.search else "",
        twitter=facts.pages.twitter,
        path=facts.path("/"),
        author_path=facts.urls.at("/author/{slug}/"),
    )


def _terms_name(kind: TermKind, words: Wording) -> str:
    """What a list of all terms of a kind is called."""
    return {
        "category": words.gettext("Topics"),
        "tag": words.gettext("Tags"),
        "author": words.gettext("Authors"),
    }[kind]
