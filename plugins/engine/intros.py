"""Intros of categories and tags, and bios of authors: small files beside the posts.

``content/authors/<key>.md`` says who an author is, ``content/categories/<slug>.md`` and
``content/tags/<slug>.md`` introduce a topic. So does the ``_index.md`` of a folder that is called
like a category or tag. The body is shown on the page of the category, tag or author.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pelican.generators import ArticlesGenerator
from pelican.plugins import signals

from plugins.errors import Problem, SiteError
from plugins.frontmatter.document import Document, FlawedDocumentError, parse
from plugins.markup.flawed import FlawedBodyError
from plugins.post import Body, Post
from plugins.posts.ledger import Ledger, ledger_of
from plugins.posts.profiles import Profile, namesakes, read_profile, unknown_fields
from plugins.posts.reader import tools_of
from plugins.posts.reading import render_body
from plugins.posts.slugs import slugify
from plugins.posts.suffixes import SUFFIXES

FOLDERS = {"authors": "author", "categories": "category", "tags": "tag"}

Render = Callable[[Document], Body]
# A source, the kind of the term that it introduces, and the slug of that.
Place = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Intro:
    """The intro of one term: the kind (``author``, ``category``, ``tag``), its slug and text.

    That of an author has a ``profile``.
    """

    source: str
    kind: str
    slug: str
    body: Body
    profile: Profile | None = None


def read_intros(
    content: Path,
    suffixes: Iterable[str],
    ledger: Ledger,
    render: Render,
    terms: Collection[tuple[str, str]] = (),
) -> Mapping[tuple[str, str], Intro]:
    """All intros below ``content`` by kind and slug; problems go into the ledger.

    ``terms`` are the kinds and slugs that posts have: the ``_index`` text of a folder is the intro
    of the category, or else the tag, that is called like the folder.
    """
    found: dict[tuple[str, str], Intro] = {}
    for source, kind, slug in (*_files(content, frozenset(suffixes)), *_sections(ledger, terms)):
        if (kind, slug) in found or ledger.aside.get(source, "section") != "section":
            continue
        ledger.used.add(source)
        document = _document((content / source).read_bytes(), source, ledger)
        if document is None or _is_draft(document):
            continue
        if body := _body(document, ledger, render):
            ledger.aside.pop(source, None)
            profile = _profile(document, slug, ledger) if kind == "author" else None
            found[kind, slug] = Intro(source, kind, slug, body, profile)
    ledger.problem(*namesakes(profiles_of(found)))
    return found


def profiles_of(intros: Mapping[tuple[str, str], Intro]) -> tuple[Profile, ...]:
    """The people who have a file."""
    return tuple(one.profile for one in intros.values() if one.profile)


def _profile(document: Document, key: str, ledger: Ledger) -> Profile:
    profile, problems = read_profile(document, key)
    ledger.problem(*problems)
    ledger.notice(*unknown_fields(document))
    return profile


def terms_of(posts: Iterable[Post]) -> frozenset[tuple[str, str]]:
    """The kind and slug of every category and tag of ``posts`` that has a list."""
    listed = [post for post in posts if post.listed]
    categories = {("category", post.category.slug) for post in listed if post.category}
    return frozenset(categories | {("tag", tag.slug) for post in listed for tag in post.tags})


def _document(data: bytes, source: str, ledger: Ledger) -> Document | None:
    try:
        return parse(data, source)
    except FlawedDocumentError as error:
        ledger.problem(*error.problems)
        return error.document
    except SiteError as error:
        ledger.problem(*error.problems)
        return None


def _body(document: Document, ledger: Ledger, render: Render) -> Body | None:
    """The text of an intro. With problems it is not published; its links are checked all the same."""
    try:
        return render(document)
    except FlawedBodyError as error:
        ledger.problem(*error.problems)
        return error.body


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
            "unused-intro",
        )
        for key, intro in sorted(intros.items())
        if key not in used
    )


def _is_draft(document: Document) -> bool:
    field = document.fields.get("draft")
    return field is not None and str(field.value).casefold() in ("true", "yes")


def _sections(ledger: Ledger, terms: Collection[tuple[str, str]]) -> Iterator[Place]:
    """The texts of folders, each with the term that its list is of."""
    for source in sorted(source for source, what in ledger.aside.items() if what == "section"):
        *above, folder, file = source.split("/") if "/" in source else ("", source)
        if len(above) == 1 and above[0] in FOLDERS:
            yield source, FOLDERS[above[0]], _key(above[0], folder)
        elif file.count(".") == 1 and above[:1] != ["series"]:
            slug = slugify(folder)
            kinds = (kind for kind in ("category", "tag") if (kind, slug) in terms)
            yield from ((source, kind, slug) for kind in islice(kinds, 1))


def _files(content: Path, suffixes: frozenset[str]) -> list[Place]:
    return [
        (path.relative_to(content).as_posix(), kind, _key(folder, path.stem))
        for folder, kind in FOLDERS.items()
        for path in sorted((content / folder).glob("*"))
        if path.suffix[1:].lower() in suffixes and path.is_file()
    ]


def _key(folder: str, name: str) -> str:
    """What a file is the text of; the keys of authors are made slugs, as they were never addresses."""
    return (slugify(name) or name) if folder == "authors" else name


def attach(generator: ArticlesGenerator) -> None:
    """Read the intros of a build into the context that generators share."""
    settings = generator.settings
    markup = tools_of(settings).markup.speaking(settings["DEFAULT_LANG"])

    def render(document: Document) -> Body:
        return render_body(document, document.body, markup)

    content, ledger = Path(settings["PATH"]), ledger_of(settings)
    terms = terms_of(post for one in generator.articles if (post := getattr(one, "post", None)))
    generator.context["intros"] = read_intros(content, SUFFIXES, ledger, render, terms)


def register() -> None:
    """Connect to Pelican."""
    signals.article_generator_pretaxonomy.connect(attach)
