"""From texts to material: translations found, files placed, series arranged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from plugins.engine.given import Material
from plugins.engine.intros import read_intros, terms_of
from plugins.engine.reads import Texts
from plugins.engine.sources import Sources
from plugins.engine.statics import place_statics, public_uses
from plugins.engine.texts import Read
from plugins.frontmatter.document import Document
from plugins.post import Body, Post
from plugins.posts.ledger import Ledger
from plugins.posts.reader import tools_of
from plugins.posts.reading import render_body
from plugins.posts.suffixes import SUFFIXES
from plugins.posts.uses import uses_of
from plugins.series.plugin import arrange_all, read_files

Settings = MutableMapping[str, Any]
Translations = Mapping[str, tuple[tuple[str, str], ...]]


def admit(texts: Texts, ledger: Ledger, *, preview: bool) -> Iterator[tuple[str, Read]]:
    """The texts that get a page; drafts, scheduled and held posts are entered as held back."""
    for source, read in texts.by_source.items():
        post, flaws = read.text.post, read.text.flaws
        fine = ledger.admit(post, flaws)
        if source in ledger.failed:
            ledger.flawed[source] = (post, read.text.as_body().with_html(read.html()))
        elif fine and (preview or not post.preview):
            ledger.read[source] = post
            yield source, read
        else:
            ledger.held.setdefault(source, post)
            ledger.wants[source] = tuple(uses_of(post, read.text.local)[1])


def make_material(
    texts: Mapping[str, Read],
    sources: Sources,
    settings: Settings,
    ledger: Ledger,
    now: datetime,
) -> Material:
    """What the catalogue is assembled from; ``texts`` are those that get a page."""
    posts = [read for read in texts.values() if read.text.post.kind == "post"]
    pages = [read for read in texts.values() if read.text.post.kind == "page"]
    tools = tools_of(settings)
    markup = tools.markup.speaking(settings["DEFAULT_LANG"])
    content = Path(settings["PATH"])

    def render(document: Document) -> Body:
        return render_body(document, document.body, markup)

    terms = terms_of([read.text.post for read in posts])
    intros = read_intros(content, SUFFIXES, ledger, render, terms)
    files = read_files(content, ledger, tools)
    series = arrange_all([read.text.post for read in posts], files, ledger, tools.rules)
    others = [source for source in sources.others if source not in ledger.used]
    every = [read.text.post for read in texts.values()]
    primary, translations = find_translations(
        [read.text.post for read in posts], settings["DEFAULT_LANG"]
    )
    _, of_pages = find_translations([read.text.post for read in pages], settings["DEFAULT_LANG"])
    return Material(
        posts=posts,
        pages=pages,
        primary=primary,
        statics=place_statics(
            others,
            every,
            ledger,
            preview=bool(settings["PREVIEW"]),
            moved=settings.get("EXTRA_PATH_METADATA"),
            shown=public_uses(texts.values(), series.series, intros.values()),
        ),
        translations={**translations, **of_pages},
        places=series.places,
        series=series.series,
        intros=intros,
        now=now,
    )


def find_translations(posts: Iterable[Post], lang: str) -> tuple[frozenset[str], Translations]:
    """The sources of posts that are no translation of another, and each post's translations.

    Of the translations of one text those in ``lang`` are the ones others are translations of, or
    all of them where there is none; hidden posts are translations of hidden posts only.
    """
    groups: dict[tuple[bool, str], list[Post]] = defaultdict(list)
    for post in posts:
        groups[post.status == "hidden", post.translation].append(post)
    primary: set[str] = set()
    translations = {}
    for group in groups.values():
        # As Pelican compares them: its own setting in small letters, the post as it is.
        first = [post for post in group if post.lang == lang.lower()] or group
        primary.update(post.source for post in first)
        if len(group) > 1:
            for post in group:
                translations[post.source] = _others(post, group)
    return frozenset(primary), translations


def _others(post: Post, group: Sequence[Post]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((other.lang, other.url) for other in group if other is not post))
