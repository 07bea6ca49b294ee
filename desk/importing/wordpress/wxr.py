"""WordPress eXtended RSS, read as a stream: https://wordpress.org/documentation/article/tools-export-screen/.

Element names are compared without their namespace, which has the version of the export in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from desk.errors import DeskError
from dialogue.errors import DialogueError
from dialogue.importing.streamed import child, children, elements, local

LARGEST_EXPORT = 1_000_000_000
_PARTS = (
    "title",
    "link",
    "description",
    "language",
    "base_blog_url",
    "author",
    "category",
    "term",
    "item",
)


@dataclass(frozen=True, slots=True)
class Author:
    """Who may write: the login that posts name, and the name that readers see."""

    login: str
    name: str
    line: int = 1


@dataclass(frozen=True, slots=True)
class Term:
    """A category or a term of another taxonomy, with the slug of the one above it."""

    key: str
    taxonomy: str
    slug: str
    parent: str
    name: str
    description: str


@dataclass(frozen=True, slots=True)
class Named:
    """A term that an entry has: of which taxonomy, its slug and its name."""

    taxonomy: str
    slug: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A post, page, attachment, menu entry or whatever else the export calls an item."""

    file: str
    line: int
    key: str
    kind: str
    status: str
    title: str
    link: str
    guid: str
    creator: str
    slug: str
    date: str
    date_gmt: str
    modified: str
    parent: str
    password: bool
    sticky: bool
    commentable: bool
    attachment: str
    text: str
    excerpt: str
    terms: tuple[Named, ...]
    meta: Mapping[str, str]
    comments: Mapping[str, int]

    @property
    def source(self) -> str:
        """How the report calls it."""
        return f"{self.file}#{self.key}"


@dataclass(frozen=True, slots=True)
class Export:
    """All files of an export together."""

    title: str = ""
    description: str = ""
    url: str = ""
    language: str = ""
    authors: tuple[Author, ...] = ()
    terms: tuple[Term, ...] = ()
    entries: tuple[Entry, ...] = ()


def read(files: Mapping[str, Path]) -> Export:
    """The export in these files, by the names the report gives them. Raises DeskError."""
    said: dict[str, str] = {}
    authors: dict[str, Author] = {}
    terms: dict[tuple[str, str], Term] = {}
    entries: list[Entry] = []
    for name, path in files.items():
        for element in _elements(path):
            kind = local(element)
            if kind == "item":
                entries.append(_entry(element, name))
            elif kind == "author":
                if (found := _author(element)).login:
                    authors.setdefault(found.login, found)
            elif kind in {"category", "term"}:
                term = _term(element)
                terms.setdefault((term.taxonomy, term.slug), term)
            else:
                said.setdefault(kind, (element.text or "").strip())
    return Export(
        title=said.get("title", ""),
        description=said.get("description", ""),
        url=(said.get("base_blog_url") or said.get("link", "")).rstrip("/"),
        language=said.get("language", ""),
        authors=tuple(authors.values()),
        terms=tuple(terms.values()),
        entries=tuple(entries),
    )


def _elements(path: Path) -> Iterator[etree._Element]:
    if path.stat().st_size > LARGEST_EXPORT:
        raise DeskError(f"{path} is larger than {LARGEST_EXPORT:,} bytes; export it in parts")
    try:
        for element in elements(path, _PARTS):
            parent = element.getparent()
            if parent is not None and local(parent) == "channel":
                yield element
    except DialogueError as error:
        raise DeskError(str(error)) from error


def _author(element: etree._Element) -> Author:
    first, last = child(element, "author_first_name"), child(element, "author_last_name")
    login = child(element, "author_login")
    name = child(element, "author_display_name") or f"{first} {last}".strip() or login
    return Author(login, name, element.sourceline or 1)


def _term(element: etree._Element) -> Term:
    if local(element) == "category":
        return Term(
            child(element, "term_id"),
            "category",
            child(element, "category_nicename"),
            child(element, "category_parent"),
            child(element, "cat_name"),
            child(element, "category_description"),
        )
    names = ("term_id", "term_taxonomy", "term_slug", "term_parent", "term_name")
    key, taxonomy, slug, parent, name = (child(element, one) for one in names)
    return Term(key, taxonomy, slug, parent, name, child(element, "term_description"))


def _entry(item: etree._Element, file: str) -> Entry:
    texts = {
        "excerpt" if "excerpt" in str(one.tag).rpartition("}")[0] else "content": one.text or ""
        for one in children(item, "encoded")
    }
    password = child(item, "post_password")
    return Entry(
        file=file,
        line=item.sourceline or 1,
        key=child(item, "post_id"),
        kind=child(item, "post_type") or "post",
        status=child(item, "status") or "publish",
        title=child(item, "title"),
        link=child(item, "link"),
        guid=child(item, "guid"),
        creator=child(item, "creator"),
        slug=child(item, "post_name"),
        date=child(item, "post_date"),
        date_gmt=child(item, "post_date_gmt"),
        modified=child(item, "post_modified_gmt"),
        parent=child(item, "post_parent"),
        password=bool(password),
        sticky=child(item, "is_sticky") == "1",
        commentable=child(item, "comment_status") != "closed",
        attachment=child(item, "attachment_url"),
        text=texts.get("content", ""),
        excerpt=texts.get("excerpt", "").strip(),
        terms=tuple(
            Named(one.get("domain", "category"), one.get("nicename", ""), (one.text or "").strip())
            for one in children(item, "category")
        ),
        meta={
            child(one, "meta_key"): child(one, "meta_value") for one in children(item, "postmeta")
        },
        comments=Counter(child(one, "comment_approved") for one in children(item, "comment")),
    )
