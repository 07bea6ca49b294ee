"""From what was read to the catalogue: every post complete, every link resolved.

Everything here works on frozen values, wherever they came from. It first finds everything that is
wrong, then builds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from plugins.catalogue.catalogue import Catalogue
from plugins.discovery import redirects
from plugins.discovery.redirects import Redirect
from plugins.engine.checking import check_site
from plugins.engine.entries import Linked, make_catalogue
from plugins.engine.given import Material, named
from plugins.engine.hosting import code_notices
from plugins.engine.intros import profiles_of
from plugins.engine.linkable import link_index
from plugins.engine.linking import link_html, link_image, resolve_all
from plugins.engine.paths import taken_paths
from plugins.engine.picturing import (
    Use,
    body_uses,
    covers,
    hang,
    lead_uses,
    note_faults,
    text_uses,
    unnamed,
)
from plugins.engine.texts import Read
from plugins.errors import Problem, SiteError
from plugins.frontmatter.settings import own_names
from plugins.post import Body
from plugins.posts.ledger import Ledger, ledger_of
from plugins.posts.moment import moment_of_build
from plugins.posts.profiles import Profile, people_of, strangers
from plugins.posts.unread import unread_fields
from plugins.replies.answers import Answers, open_answers
from plugins.series.model import Series

Settings = MutableMapping[str, Any]
Steadily = Callable[[Iterable[Any]], Iterator[Any]]


def assemble(material: Material, settings: Settings, steadily: Steadily = iter) -> Catalogue:
    """The catalogue of the build; raises :class:`SiteError` with every problem of the content.

    What is gone through post by post goes through ``steadily``.
    """
    return _Assembly(material, settings, steadily).catalogue()


class _Assembly:
    """The steps of one assembly, sharing what they find."""

    def __init__(self, material: Material, settings: Settings, steadily: Steadily) -> None:
        profiles = profiles_of(material.intros)
        material = named(material, people_of(profiles))
        self._steadily = steadily
        self._material = material
        self._settings = settings
        self._ledger: Ledger = ledger_of(settings)
        self._reads = (*material.posts, *material.pages)
        self._posts = [read.text.post for read in self._reads]
        self._answers = self._open_answers()
        held = [post for post in self._ledger.held.values() if post.status == "held"]
        self._ledger.notice(*self._answers.strangers((*self._posts, *held)), *self._unread())
        self._ledger.notice(*strangers(self._posts, profiles))
        self._index = link_index(material, settings)
        urls = self._index.urls
        self._files = {urls.href(path): source for source, path in material.statics.items()}

    def _open_answers(self) -> Answers:
        """The replies; none where they cannot be read, so that whatever else is wrong is found."""
        try:
            return open_answers(self._settings, self._material.now or moment_of_build())
        except SiteError as error:
            self._ledger.problem(*error.problems)
            return Answers()

    def _unread(self) -> Iterator[Problem]:
        posts = (*self._posts, *self._ledger.held.values())
        return unread_fields(posts, own_names(self._settings), lambda: _templates(self._settings))

    def catalogue(self) -> Catalogue:
        linked = [self._link(read) for read in self._steadily(self._reads)]
        flawed = list(self._link_flawed())
        series = tuple(
            replace(one, intro=self._link_body(one.intro, one.source))
            for one in self._material.series
        )
        intros = {
            key: replace(intro, body=self._link_body(intro.body, intro.source))
            for key, intro in self._material.intros.items()
        }
        leads, portraits = self._covers(), self._portraits()
        texts = [
            *((one.intro, one.source or "") for one in series),
            *((intro.body, intro.source) for intro in intros.values()),
        ]
        uses = (*self._uses(linked, texts), *leads.values(), *portraits.values())
        moved = self._check()
        # Images take longest: a writer who has to mend something else does not wait for them.
        if self._ledger.problems:
            note_faults((*uses, *flawed), self._files, self._settings)
        self._ledger.settle()
        gallery = hang(uses, self._files, self._index.urls, self._settings)
        self._ledger.settle()
        made = make_catalogue(
            self._steadily(linked),
            intros,
            gallery,
            self._material,
            self._answers,
            self._settings,
            portraits,
        )
        images, thumbs = covers(gallery, leads)
        return replace(
            made,
            series=tuple(replace(one, intro=gallery.text(one.intro)) for one in series),
            series_images=images,
            series_thumbs=thumbs,
            redirects=moved,
            conversation=self._answers.site,
        )

    def _check(self) -> tuple[Redirect, ...]:
        """Old addresses; what is wrong with the site as a whole goes into the ledger.

        What has been checked with the same outcome before is not checked again.
        """
        posts, material = self._posts, self._material
        moved: tuple[Redirect, ...] = ()
        problems: tuple[Problem, ...] = ()
        if any(post.aliases for post in posts):
            pages = self._settings["PAGES"]
            lists = pages.editions, pages.moved
            taken = taken_paths(posts, material.statics, material.series, *lists)
            moved, problems = redirects.plan(posts, taken)
        if self._ledger.problems or problems or not material.checked:
            check_site(posts, material.statics, material.series, problems, self._settings)
        return moved

    def _link(self, read: Read) -> Linked:
        text = read.text
        post = text.post
        urls, problems = resolve_all(text.local, text.links, post.source, self._index)
        image, image_problems = link_image(
            post.image, post.source, post.line_of("image"), self._index
        )
        self._ledger.problem(*problems, *image_problems)
        self._ledger.notice(*unnamed(post, text.unnamed))
        self._ledger.notice(*code_notices(post.source, text.foreign, self._settings))
        return Linked(read, urls, image)

    def _link_flawed(self) -> Iterator[Use]:
        """Check the links of posts that have other problems; their images, which are checked later."""
        for post, body in self._ledger.flawed.values():
            if post.preview:
                continue
            line = post.line_of("image")
            image, problems = link_image(post.image, post.source, line, self._index)
            self._ledger.problem(*problems)
            yield from lead_uses(post, image)
            if body:
                linked = self._link_body(body, post.source)
                yield from body_uses(linked.html, linked, post.source, self._index)

    def _link_body(self, body: Body, source: str | None) -> Body:
        html, problems = link_html(body.html, body, source or "", self._index)
        self._ledger.problem(*problems)
        return body.with_html(html)

    def _covers(self) -> Mapping[Series, Use]:
        """The lead image of each series that has one."""
        covers = {}
        for one in self._material.series:
            if one.image and one.source:
                line = one.line_of("image")
                url, problems = link_image(one.image, one.source, line, self._index)
                self._ledger.problem(*problems)
                covers[one] = Use(url, one.source, line)
        return covers

    def _portraits(self) -> Mapping[Profile, Use]:
        """The picture of each author that has one."""
        portraits = {}
        for one in profiles_of(self._material.intros):
            if one.picture:
                url, problems = link_image(one.picture, one.source, one.line, self._index)
                self._ledger.problem(*problems)
                portraits[one] = Use(url, one.source, one.line)
        return portraits

    def _uses(self, linked: Sequence[Linked], texts: Sequence[tuple[Body, str]]) -> Iterator[Use]:
        """Every image that posts and texts show, with the file and line that name it."""
        for one in self._steadily(linked):
            text = one.read.text
            yield from text_uses(
                text.shown, text.pictured, one.urls, text.links, one.post.source, self._index
            )
            yield from lead_uses(one.post, one.image)
        for body, source in texts:
            yield from body_uses(body.html, body, source, self._index)


def _templates(settings: Settings) -> Iterator[str]:
    """The texts of all templates of the theme."""
    overrides = map(Path, settings["THEME_TEMPLATES_OVERRIDES"])
    for folder in (*overrides, Path(settings["THEME"]) / "templates"):
        for path in sorted(folder.rglob("*.html")):
            yield path.read_text(encoding="utf-8", errors="replace")
