"""The pages of a theme made of views, as units: what each depends on, and how it is rendered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

from plugins.catalogue.catalogue import Catalogue, Entry
from plugins.catalogue.facts import Facts
from plugins.catalogue.lazy import LazyEntry
from plugins.digests import digest, digest_bytes
from plugins.engine.held import HeldPage
from plugins.engine.made import Keys
from plugins.engine.shells import Shell
from plugins.engine.telling import Telling
from plugins.engine.units import Unit, data_unit
from plugins.fastbuild.frozen import dumps, loads
from plugins.fastbuild.store import Store
from plugins.fastbuild.templates import closures, digests_of, read_templates
from plugins.feeds.index import index_feeds
from plugins.hosting.policy import script_policies
from plugins.pages.frame import at, logo_of, site_view
from plugins.pages.heads import make_heads
from plugins.pages.inline import code_of
from plugins.pages.output import template_of
from plugins.pages.plan import PlannedPage, Related, clashes, plan
from plugins.pages.render import Renderer
from plugins.pages.texts import silent
from plugins.pages.theme import Theme
from plugins.posts.ledger import ledger_of
from plugins.replies.answers import asked_by_ways
from plugins.sharing.cards import brand_of
from plugins.views import PageView, PostView, SiteView, View

Settings = MutableMapping[str, Any]


class PageMaker:
    """Makes the units of all pages of one build.

    ``held`` are those of posts, by source, ``frames`` what stands around pages, by its digest, and
    ``planned`` all pages by the names of their units.
    ``shows_related`` says whether any template names related posts.
    """

    def __init__(self, theme: Theme, settings: Settings, facts: Facts, store: Store) -> None:
        overrides = tuple(Path(path) for path in settings["THEME_TEMPLATES_OVERRIDES"])
        self.held: dict[str, HeldPage] = {}
        self.frames: dict[str, SiteView] = {}
        self.planned: dict[str, PlannedPage] = {}
        self._theme = theme
        self._settings = settings
        self._facts = facts
        self._overrides = overrides
        self._renderer = Renderer(theme.path / "templates", overrides)
        files = read_templates((*overrides, theme.path / "templates"))
        self._templates, self.shows_related = self._known(files, store)

    def _known(self, files: Mapping[str, str], store: Store) -> tuple[Mapping[str, str], bool]:
        """A digest of all that each template is made with, and whether any names related posts."""
        key = digest(files)
        if row := store.get("facts", f"templates {key}"):
            known: tuple[Mapping[str, str], bool] = loads(row)
            return known
        used = closures(self._renderer.references(self._facts.lang))
        found = dict(digests_of(files, used)), self._renderer.mentions("related")
        store.put("facts", [(f"templates {key}", dumps(found))])
        store.commit()
        return found

    def units(
        self, catalogue: Catalogue, relate: Related, quoted: frozenset[str] | None
    ) -> Iterator[Unit]:
        """Every page and every file of the theme; ``relate`` finds the related posts.

        ``quoted`` are the sources of posts whose text stands elsewhere, too, None for any: the pages
        of all others are kept without their text.
        """
        facts, settings = self._facts, self._settings
        feeds = index_feeds(catalogue, facts, settings["FEEDS"])
        heads = make_heads(
            catalogue,
            facts,
            settings["CANONICAL"],
            feeds,
            brand_of(self._theme.css),
            logo_of(self._theme, facts),
        )

        policies = script_policies(
            settings["HOSTING"],
            code_of(self._theme, self._overrides),
            asked_by_ways(catalogue.conversation),
        )

        @cache
        def frame(lang: str) -> tuple[SiteView, str]:
            site = site_view(catalogue, facts.speaking(lang), self._theme, feeds, policies)
            named = digest(site, dict(site.files))
            self.frames[named] = site
            return site, named

        # Related posts cost more than all else; a theme that never names them need not wait.
        related: Related = relate if self.shows_related else _none
        pages = list(plan(catalogue, facts, heads, related))
        ledger_of(settings).problem(*clashes(pages))
        for page in pages:
            source = page.entry.post.source if page.entry and page.telling else ""
            kept = quoted is not None and source not in quoted
            yield self._unit(page, source, *frame(page.sketch.lang or facts.lang), kept=kept)
        for file in self._theme.files:
            yield data_unit(file.save_as, file.data, digest_bytes(file.data))

    def _unit(
        self, page: PlannedPage, source: str, site: SiteView, frame: str, *, kept: bool
    ) -> Unit:
        """One page; ``source`` is that of its post, of which a part may be kept."""
        template, notices = template_of(page, self._renderer)
        if notices:
            ledger_of(self._settings).notice(*notices)
        name, paths = f"page {page.save_as}", (page.save_as,)
        self.planned[name] = page
        keys: Keys = (
            ("inputs", page.sketch.inputs),
            ("template", self._templates.get(template, "")),
            ("frame", frame),
        )
        render = partial(_render, self._renderer, page, template, site)
        if not source:
            return Unit(name, keys, render, None, paths)
        keys = (*keys, ("text", page.sketch.text))
        self.held[source] = HeldPage(page, template, site, self._renderer)
        if not kept:
            return Unit(name, keys, render, None, paths, post=source)
        whole = partial(_render_kept, self._renderer, page, template, site, keys)
        return Unit(name, keys, None, None, paths, post=source, whole=whole)


def _render(
    renderer: Renderer, page: PlannedPage, template: str, site: SiteView
) -> Iterator[tuple[str, bytes]]:
    html = renderer.render(template, at(site, page.save_as), page.view)
    yield page.save_as, html.encode("utf-8")


def _render_kept(
    renderer: Renderer, page: PlannedPage, template: str, site: SiteView, keys: Keys
) -> tuple[bytes, bytes]:
    """The page of a post, and the row that the cache keeps of it; empty for none."""
    view = page.view
    html = renderer.render(template, at(site, page.save_as), view)
    shell = _shell(page, view, template, keys)
    return html.encode("utf-8"), dumps(shell) if shell else b""


def _shell(page: PlannedPage, view: View, template: str, keys: Keys) -> Shell | None:
    """What is kept of ``page``, made from ``view``; None where it was not made of a text."""
    entry = page.entry
    if not isinstance(entry, LazyEntry) or not isinstance(view, PostView | PageView):
        return None
    way = entry.telling
    if not isinstance(way, Telling):
        return None
    bare, toc, images = silent(view), entry.post.toc, way.images()
    return Shell(keys, entry.facets, page.save_as, template, bare, toc, way.urls, images, way.leads)


def _none(entries: Sequence[Entry]) -> Mapping[str, Sequence[Entry]]:  # noqa: ARG001 - as the others
    return {}
