"""What Pelican's generators have read, made into the catalogue.

This is the one place where Pelican's mutable objects are read for the last time; everything
after it works on frozen values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from itertools import chain
from typing import Any

from plugins.catalogue.catalogue import Catalogue
from plugins.engine.assemble import assemble
from plugins.engine.contents import read_contents
from plugins.engine.given import Material
from plugins.engine.statics import place_statics, public_uses
from plugins.engine.texts import Read, text_of
from plugins.post import Post
from plugins.posts.ledger import ledger_of
from plugins.posts.uses import Uses
from plugins.urls import file_of

Settings = MutableMapping[str, Any]


def gather(context: Mapping[str, Any], generators: Sequence[Any], settings: Settings) -> Catalogue:
    """The catalogue of the build; raises :class:`SiteError` with every problem of the content.

    Also gives Pelican's own objects the resolved HTML and the places of static files, so that
    themes and plugins that read those see the same.
    """
    articles, primary, pages = read_contents(generators)
    posts: list[Post] = [content.post for content in (*articles, *pages)]
    read_posts, read_pages = [*map(_read, articles)], [*map(_read, pages)]
    series, intros = context.get("series", ()), context.get("intros", {})
    shown = public_uses(chain(read_posts, read_pages), series, intros.values())
    statics = _statics(context["staticfiles"], posts, settings, shown)
    material = Material(
        posts=read_posts,
        pages=read_pages,
        primary=frozenset(primary),
        statics=statics,
        translations={
            content.post.source: tuple(
                sorted((other.post.lang, other.post.url) for other in content.translations)
            )
            for content in (*articles, *pages)
        },
        places={
            article.post.source: article.series_place
            for article in articles
            if getattr(article, "series_place", None)
        },
        series=series,
        intros=intros,
    )
    catalogue = assemble(material, settings)
    finished = {entry.post.source: entry.html for entry in catalogue.contents()}
    for content in (*articles, *pages):
        # Pelican offers no other way to change it.
        content._content = finished[content.post.source]  # noqa: SLF001
    return catalogue


def _read(content: Any) -> Read:
    html: str = content._content  # noqa: SLF001  # Pelican offers no other way to read it unresolved
    return Read(text_of(content.post, content.body), lambda: html)


def _statics(
    files: list[Any], posts: Sequence[Post], settings: Settings, shown: Iterable[Uses]
) -> Mapping[str, str]:
    """Give Pelican's files their places, and leave out those of drafts."""
    by_source = {str(file.get_relative_source_path()): file for file in files}
    ledger, preview = ledger_of(settings), bool(settings["PREVIEW"])
    moved = settings.get("EXTRA_PATH_METADATA")
    placed = place_statics(by_source, posts, ledger, preview=preview, shown=shown, moved=moved)
    files[:] = [file for source, file in by_source.items() if source in placed]
    for source, url in placed.items():
        by_source[source].override_save_as = file_of(url)
        by_source[source].override_url = url[1:]
    return placed
