"""From what Pelican's generators read to the catalogue: every post complete, every link resolved.

This is the one place where Pelican's mutable objects are read for the last time; everything
after it works on frozen values. It first finds everything that is wrong, then builds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from plugins.canonical import alternates
from plugins.canonical import policy as canonical
from plugins.canonical.policy import CanonicalSettings
from plugins.catalogue.catalogue import Catalogue, Entry, all_groups, newest_first
from plugins.catalogue.facts import facts_from
from plugins.catalogue.terms import term_addresses
from plugins.discovery import redirects
from plugins.engine.contents import read_contents
from plugins.engine.intros import Intro, unused_intros
from plugins.engine.linking import LinkIndex, index_links, link_html, link_image
from plugins.engine.paths import check_paths, taken_paths, unaccounted
from plugins.engine.picturing import Gallery, Use, body_uses, hang, lead_uses, unnamed
from plugins.engine.places import left_out
from plugins.engine.statics import check_statics, place_statics
from plugins.errors import Problem, SiteError
from plugins.feeds.plugin import check_feeds, sizes
from plugins.feeds.settings import FeedSettings
from plugins.markup.summaries import summarise
from plugins.post import Body, Post
from plugins.posts.ledger import Ledger, ledger_of
from plugins.series.model import Series
from plugins.urls import Urls

Settings = MutableMapping[str, Any]


def gather(context: Mapping[str, Any], generators: Sequence[Any], settings: Settings) -> Catalogue:
    """The catalogue of the build; raises :class:`SiteError` with every problem of the content.

    Also gives Pelican's own objects the resolved HTML and the places of static files, so that
    themes and plugins that read those see the same.
    """
    return _Gathering(context, generators, settings).catalogue()


@dataclass(frozen=True, slots=True)
class _Linked:
    """A content with its references resolved: HTML and the URL of the lead image."""

    content: Any
    post: Post
    html: str
    image: str


class _Gathering:
    """The steps of one gathering, sharing what the generators read."""

    def __init__(
        self, context: Mapping[str, Any], generators: Sequence[Any], settings: Settings
    ) -> None:
        self._settings = settings
        self._ledger: Ledger = ledger_of(settings)
        self._canonical: CanonicalSettings = settings["CANONICAL"]
        self._content = Path(settings["PATH"])
        self._intros: Mapping[tuple[str, str], Intro] = context.get("intros", {})
        self._series: Sequence[Series] = context.get("series", ())
        self._articles, self._primary, self._pages = read_contents(generators)
        posts = [content.post for content in (*self._articles, *self._pages)]
        self._statics = place_statics(
            context["staticfiles"], posts, self._ledger, preview=settings["PREVIEW"]
        )
        self._posts: list[Post] = posts
        self._index = self._link_index()
        urls = self._index.urls
        self._files = {urls.href(path): source for source, path in self._statics.items()}

    def catalogue(self) -> Catalogue:
        linked = [self._link(content) for content in (*self._articles, *self._pages)]
        for post, body in self._ledger.flawed.values():
            if body and not post.preview:
                self._link_body(body, post.source)
        series = tuple(
            replace(one, intro=self._link_body(one.intro, one.source)) for one in self._series
        )
        intros = {
            key: replace(intro, body=self._link_body(intro.body, intro.source))
            for key, intro in self._intros.items()
        }
        covers = self._covers()
        texts = [
            *((one.intro, one.source or "") for one in series),
            *((intro.body, intro.source) for intro in intros.values()),
        ]
        uses = (*self._uses(linked, texts), *covers.values())
        gallery = hang(uses, self._files, self._index.urls, self._settings)
        moved, problems = redirects.plan(
            self._posts, taken_paths(self._posts, self._statics, self._series)
        )
        self._check(problems)
        made = self._build(linked, intros, gallery)
        images, thumbs = gallery.covers(covers)
        return replace(
            made,
            series=tuple(replace(one, intro=gallery.text(one.intro)) for one in series),
            series_images=images,
            series_thumbs=thumbs,
            redirects=moved,
        )

    def _link_index(self) -> LinkIndex:
        return index_links(
            self._posts,
            self._ledger.held.values(),
            self._ledger.beside,
            self._statics,
            {**term_addresses(self._posts), **{one.url: one.url for one in self._series}},
            frozenset(self._ledger.failed),
            Urls(self._settings["SITEURL"]),
            self._settings["LINK_CHECKS"],
        )

    def _link(self, content: Any) -> _Linked:
        html, problems = link_html(
            content._content,  # noqa: SLF001  # Pelican offers no other way to read it unresolved
            content.body,
            content.post.source,
            self._index,
        )
        image, image_problems = link_image(
            content.post.image, content.post.source, content.post.line_of("image"), self._index
        )
        self._ledger.problem(*problems, *image_problems)
        self._ledger.notice(*unnamed(content.post, content.body))
        return _Linked(content, content.post, html, image)

    def _link_body(self, body: Body, source: str | None) -> Body:
        html, problems = link_html(body.html, body, source or "", self._index)
        self._ledger.problem(*problems)
        return replace(body, html=html)

    def _covers(self) -> Mapping[Series, Use]:
        """The lead image of each series that has one."""
        covers = {}
        for one in self._series:
            if one.image and one.source:
                line = one.line_of("image")
                url, problems = link_image(one.image, one.source, line, self._index)
                self._ledger.problem(*problems)
                covers[one] = Use(url, one.source, line)
        return covers

    def _uses(self, linked: Iterable[_Linked], texts: Iterable[tuple[Body, str]]) -> Iterator[Use]:
        """Every image that posts and texts show, with the file and line that name it."""
        for one in linked:
            yield from body_uses(one.html, one.content.body, one.post.source, self._index)
            yield from lead_uses(one.post, one.image)
        for body, source in texts:
            yield from body_uses(body.html, body, source, self._index)

    def _check(self, moved: Iterable[Problem]) -> None:
        """Everything that is wrong with the content as a whole, together with what was found.

        ``moved`` are the problems of aliases. Ids in feeds are made of addresses, so where two posts
        want one address only that is told.
        """
        clashes = (*moved, *check_paths(self._posts, self._statics, self._series))
        self._ledger.problem(
            *canonical.check(self._posts, self._canonical),
            *alternates.check(self._posts),
            *clashes,
            *(() if clashes else self._feed_problems()),
            *check_statics(self._content, self._statics),
            *unaccounted(
                self._content,
                self._settings["IGNORE_FILES"],
                left_out(self._settings),
                self._accounted(),
            ),
        )
        if self._ledger.problems:
            raise SiteError(self._ledger.problems)

    def _feed_problems(self) -> tuple[Problem, ...]:
        """What would stop the feeds later, told now with everything else."""
        feeds: FeedSettings | None = self._settings.get("FEEDS")
        posts = [post for post in self._posts if post.kind == "post"]
        size_of = sizes(self._statics.items(), self._content)
        facts = facts_from(self._settings)
        return check_feeds(posts, facts, feeds, size_of=size_of) if feeds else ()

    def _accounted(self) -> set[str]:
        ledger = self._ledger
        mine = {post.source for post in self._posts}
        return {*mine, *self._statics, *ledger.held, *ledger.used, *ledger.failed, *ledger.beside}

    def _build(
        self,
        linked: Iterable[_Linked],
        intros: Mapping[tuple[str, str], Intro],
        gallery: Gallery,
    ) -> Catalogue:
        made = {one.post.source: self._entry(one, gallery) for one in linked}
        entries = newest_first(made[article.post.source] for article in self._articles)
        listed = tuple(entry for entry in entries if entry.primary and entry.post.listed)

        def intro(kind: str, slug: str) -> str:
            found = intros.get((kind, slug))
            return gallery.text(found.body).html if found else ""

        groups = all_groups([entry for entry in entries if entry.post.listed], intro)
        used = ((kind, one.term.slug) for kind in groups for one in groups[kind])
        self._ledger.notice(*unused_intros(intros, used))
        return Catalogue(
            entries=entries,
            pages=tuple(made[page.post.source] for page in self._pages),
            categories=groups["category"],
            tags=groups["tag"],
            authors=groups["author"],
            listed=listed,
            statics=tuple(sorted(self._statics.items())),
        )

    def _entry(self, linked: _Linked, gallery: Gallery) -> Entry:
        post, content = linked.post, linked.content
        html = gallery.body(linked.html, leads=post.image is None)
        content._content = html  # noqa: SLF001  # Pelican offers no other way to change it
        return Entry(
            post=post,
            html=html,
            summary=post.summary or summarise(linked.html),
            words=content.body.words,
            policy=canonical.decide(post, self._canonical),
            headings=content.body.headings,
            image=gallery.lead(post.image, linked.image),
            thumb=gallery.thumb(post.image, linked.image),
            place=getattr(content, "series_place", None),
            primary=post.source in self._primary,
            translations=tuple(sorted((t.post.lang, t.post.url) for t in content.translations)),
        )
