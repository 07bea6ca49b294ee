"""Write every page of the plan with a theme that is made of views."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from functools import cache
from pathlib import Path
from typing import Any

from pelican.generators import ArticlesGenerator
from pelican.plugins import signals
from pelican.writers import Writer

from plugins.catalogue.catalogue import Catalogue
from plugins.catalogue.facts import facts_from
from plugins.errors import Problem
from plugins.feeds.index import index_feeds
from plugins.hosting.policy import script_policies
from plugins.kinds import KINDS
from plugins.pages.frame import at, logo_of, site_view
from plugins.pages.heads import make_heads
from plugins.pages.inline import code_of
from plugins.pages.plan import PlannedPage, clashes, plan
from plugins.pages.render import Renderer
from plugins.pages.theme import Theme
from plugins.post import Post
from plugins.posts.ledger import ledger_of
from plugins.replies.answers import asked_by_ways
from plugins.sharing.cards import brand_of
from plugins.views import SiteView

_DEFAULT_TEMPLATE = {"post": "post.html", "page": "page.html"}
# Templates for other views; front matter cannot ask for them.
_NOT_FOR_POSTS = {"base.html", *(f"{kind.template}.html" for kind in KINDS)} - {
    *_DEFAULT_TEMPLATE.values()
}


class SiteWriter:
    """Renders and writes the pages of one build below ``output``."""

    def __init__(self, theme: Theme, settings: MutableMapping[str, Any]) -> None:
        self._overrides = tuple(map(Path, settings["THEME_TEMPLATES_OVERRIDES"]))
        self._theme = theme
        self._settings = settings
        self._output = Path(settings["OUTPUT_PATH"])
        self._renderer = Renderer(theme.path / "templates", self._overrides)

    def write(self, catalogue: Catalogue, articles: ArticlesGenerator, writer: Writer) -> None:
        """Write all pages, the theme's files, and what plugins add when the posts are written."""
        facts = facts_from(self._settings)
        feeds = index_feeds(catalogue, facts, self._settings["FEEDS"])
        heads = make_heads(
            catalogue,
            facts,
            self._settings["CANONICAL"],
            feeds,
            brand_of(self._theme.css),
            logo_of(self._theme, facts),
        )
        policies = script_policies(
            self._settings["HOSTING"],
            code_of(self._theme, self._overrides),
            asked_by_ways(catalogue.conversation),
        )

        @cache
        def frame(lang: str) -> SiteView:
            return site_view(catalogue, facts.speaking(lang), self._theme, feeds, policies)

        pages = list(plan(catalogue, facts, heads))
        ledger_of(self._settings).problem(*clashes(pages))
        ledger_of(self._settings).settle()
        for page in pages:
            site = at(frame(page.sketch.lang or facts.lang), page.save_as)
            self._write_page(page, site, articles.context)
        for file in self._theme.files:
            self._put(file.save_as, file.data)
        signals.article_writer_finalized.send(articles, writer=writer)

    def _write_page(self, page: PlannedPage, site: SiteView, shared: Mapping[str, Any]) -> None:
        html = self._renderer.render(self._template(page), site, page.view)
        path = self._put(page.save_as, html.encode("utf-8"))
        if signals.content_written.receivers:
            own = {"site": site, "page": page.view, "output_file": page.save_as}
            signals.content_written.send(str(path), context={**shared, **own})

    def _template(self, page: PlannedPage) -> str:
        name, notices = template_of(page, self._renderer)
        ledger_of(self._settings).notice(*notices)
        return name

    def _put(self, save_as: str, data: bytes) -> Path:
        path = self._output / save_as
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path


def template_of(page: PlannedPage, renderer: Renderer) -> tuple[str, tuple[Problem, ...]]:
    """The template the writer asked for if the theme has it, else the usual one, with a notice."""
    name = f"{page.template}.html"
    post = page.entry.post if page.entry else None
    if post is None or (name not in _NOT_FOR_POSTS and renderer.has(name)):
        return name, ()
    return _DEFAULT_TEMPLATE[post.kind], (_no_template(post),)


def _no_template(post: Post) -> Problem:
    return Problem(
        post.source,
        post.line_of("template"),
        "template",
        f"the theme has no template {post.template!r}, so the usual one is used",
        "name a template of the theme, or take the field out",
        "no-template",
    )
