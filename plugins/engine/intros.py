"""Intros of categories and tags, and bios of authors: small files beside the posts.

``content/authors/<slug>.md`` is the bio of that author, ``content/categories/<slug>.md`` and
``content/tags/<slug>.md`` introduce a topic. The body is shown on the page of the category, tag or
author.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pelican.generators import ArticlesGenerator
from pelican.plugins import signals

from plugins.errors import Problem, SiteError
from plugins.frontmatter.document import Document, parse
from plugins.post import Body
from plugins.posts.ledger import Ledger, ledger_of
from plugins.posts.reader import tools_of
from plugins.posts.reading import render_body
from plugins.posts.suffixes import SUFFIXES

FOLDERS = {"authors": "author", "categories": "category", "tags": "tag"}

Render = Callable[[Document], Body]


@dataclass(frozen=True, slots=True)
class Intro:
    """The intro of one term: the kind (``author``, ``category``, ``tag``), its slug and text."""

    source: str
    kind: str
    slug: str
    body: Body


def read_intros(
    content: Path, suffixes: Iterable[str], ledger: Ledger, render: Render
) -> Mapping[tuple[str, str], Intro]:
    """All intros below ``content`` by kind and slug; problems go into the ledger."""
    found: dict[tuple[str, str], Intro] = {}
    for path, kind in _files(content, frozenset(suffixes)):
        source = path.relative_to(content).as_posix()
        ledger.used.add(source)
        try:
            body = render(parse(path.read_bytes(), source))
        except SiteError as error:
            ledger.problem(*error.problems)
            continue
        found[kind, path.stem] = Intro(source, kind, path.stem, body)
    return found


def unused_intros(
    intros: Mapping[tuple[str, str], Intro], terms: Iterable[tuple[str, str]]
) -> tuple[Problem, ...]:
    """A notice for each intro whose category, tag or author no published post names."""
    used = set(terms)
    return tuple(
        Problem(
            intro.source,
            1,
            "file",
            f"no published post has the {intro.kind} {intro.slug!r}, so this text is not shown",
            f"name the file like the {intro.kind}'s slug, or remove it",
        )
        for key, intro in sorted(intros.items())
        if key not in used
    )


def _files(content: Path, suffixes: frozenset[str]) -> list[tuple[Path, str]]:
    return [
        (path, kind)
        for folder, kind in FOLDERS.items()
        for path in sorted((content / folder).glob("*"))
        if path.suffix[1:].lower() in suffixes and path.is_file()
    ]


def attach(generator: ArticlesGenerator) -> None:
    """Read the intros of a build into the context that generators share."""
    settings = generator.settings
    markup = tools_of(settings).markup.speaking(settings["DEFAULT_LANG"])

    def render(document: Document) -> Body:
        return render_body(document, document.body, markup)

    content, ledger = Path(settings["PATH"]), ledger_of(settings)
    generator.context["intros"] = read_intros(content, SUFFIXES, ledger, render)


def register() -> None:
    """Connect to Pelican."""
    signals.article_generator_pretaxonomy.connect(attach)
