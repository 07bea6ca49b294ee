"""What the path of a source file says: slug, date, language, draft or not, post or page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plugins.post import Kind
from plugins.posts.slugs import slugify
from plugins.posts.suffixes import SUFFIXES

_DATE = re.compile(r"(?P<date>\d{4}-\d{1,2}-\d{1,2})(?:[-_ ]+(?P<rest>.*))?", re.DOTALL)
_INDEX = frozenset({"index", "_index"})
_DRAFTS = frozenset({"drafts", "_drafts"})
_DRAFT_ENDING = ".draft"
_PAGES = "pages"
# Folders that hold posts and are none: an index file right below has no name of its own.
SHELVES = frozenset({(), (_PAGES,), ("posts",), ("_posts",)})
# ISO 639-1. Three letters would take asp.net.md for a language; left out for the same reason: io.
_CODES = (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy "
    "da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu "
    "hy hz ia id ie ig ii ik is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg "
    "li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or "
    "os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta "
    "te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
_LANGUAGES = frozenset(_CODES.split())
_LANGUAGE = re.compile(r"(?P<language>[A-Za-z]{2})(?P<more>[-_](?:[A-Za-z]{2}|[A-Za-z]{4}|\d{3}))?")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SEPARATOR = re.compile(r"[-_. ]+")
_MADE_BY_MACHINE = re.compile(r"\d+|(?=[a-f]*\d)[0-9a-f]{6,}")


def is_index(file: str) -> bool:
    """Whether a file of this name is the text of its folder: ``index.md``, ``index.fr.md``."""
    stem, dot, suffix = file.rpartition(".")
    return bool(dot) and stem.partition(".")[0].casefold() == "index" and suffix.lower() in SUFFIXES


@dataclass(frozen=True, slots=True)
class SourceName:
    """What a path says. ``slug`` is None where its name was not chosen by a person.

    ``date`` is the text before the name ("2013-05-01"), a real date or not; ``lang`` the language
    in the name ("post.fr.md"), as written with hyphens; ``key`` what the translations of one text
    have in common; ``bundle`` whether the file is the index of its folder.
    """

    kind: Kind
    slug: str | None
    date: str | None
    lang: str | None
    draft: bool
    bundle: bool
    key: str


def read_name(source: str, *, translated: bool = True) -> SourceName:
    """Read ``source``, a path below the content folder with forward slashes.

    Where it is not ``translated``, what looks like a language is a part of the name: ``it.is.md``.
    """
    *above, file = source.split("/")
    folders = tuple(above)
    whole = _stem(file)
    finished = whole.removesuffix(_DRAFT_ENDING)
    stem, lang = language_in(finished) if translated else (finished, None)
    bundle = stem.casefold() in _INDEX
    named = stem if not bundle else "" if folders in SHELVES else folders[-1]
    dated = _DATE.fullmatch(named)
    name = (dated["rest"] or "") if dated else named
    place = folders[:-1] if bundle else folders
    return SourceName(
        kind="page" if folders[:1] == (_PAGES,) else "post",
        slug=_slug(name),
        date=dated["date"] if dated else None,
        lang=lang,
        draft=finished != whole or not _DRAFTS.isdisjoint(folders),
        bundle=bundle,
        key="/".join((*place, named or stem)),
    )


def _stem(file: str) -> str:
    """A file's name without its suffix; what is hidden, or ends in a dot, has none."""
    name, dot, suffix = file.rpartition(".")
    return name if dot and name and suffix else file


def language_in(stem: str) -> tuple[str, str | None]:
    """The stem without its language, and the language."""
    rest, _, last = stem.rpartition(".")
    found = _LANGUAGE.fullmatch(last)
    if rest and found and found["language"].lower() in _LANGUAGES:
        return rest, last.replace("_", "-")
    return stem, None


def _slug(name: str) -> str | None:
    """The slug of a name that a person chose; None for numbers, hashes and the like."""
    lowered = name.casefold()
    parts = [part for part in _SEPARATOR.split(lowered) if part]
    if _UUID.fullmatch(lowered) or all(_MADE_BY_MACHINE.fullmatch(part) for part in parts):
        return None
    return slugify(name) or None
