"""How a site's pages are made, as its settings say: a module that costs every build little to load."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import get_args

from plugins.kinds import KINDS, address
from plugins.post import ShareKind
from wording.tags import chain

SEARCH_PATH = address("search")
# The lists that can have another address; what feeds and series are called is in them for ever.
MOVABLE = ("archive", "category", "tag", "author")
_PLACE = re.compile(r"/(?:[a-z0-9_-]+/)+")


@dataclass(frozen=True, slots=True)
class Edition:
    """A language with a front page of its own, at ``/<lang>/``; ``lang`` is a BCP 47 tag.

    Name and tagline are those of the site where they are empty. Posts in a variant of the language
    ("de-AT" for "de") belong to it too.
    """

    lang: str
    name: str = ""
    tagline: str = ""

    def speaks(self, lang: str) -> bool:
        """Whether a text in ``lang`` belongs to this edition."""
        return self.lang.lower() in chain(lang)


@dataclass(frozen=True, slots=True)
class PageSettings:
    """How pages are made: posts on a page of a list, and the menu as (text, path) pairs.

    The first page of a list of posts has up to twice as many less one; the others have as many.
    ``per_term`` is for the lists of a category, tag or author, where it is not ``per_page``.

    Paths of ``menu`` begin with a slash, or are absolute URLs of other sites; "/series/" is left
    out while there are no series, "/search/" where ``search`` is off; texts that we have words for are in the language of the page. The footer links the site's pages by itself.
    ``contents_from`` is the number of headings from which a post shows a contents list when its
    front matter does not say. ``titles_per_page`` and ``terms_per_page`` are for plain lists: the
    archive, and all categories, tags or authors; the defaults keep their pages below 100 kB of HTML.
    ``moved`` gives lists other addresses, by their kind: ``{"tag": "/topics/", "archive": "/all/"}``;
    category and author can be moved, too.
    ``editions`` are the languages with a front page, an archive and lists of their own, besides the
    site's language.
    ``share_images`` are made for posts without a picture of their own, and for the front page.
    ``twitter`` is the account of the site ("@name"), for cards there.
    ``share`` lists the ways to pass a post on, in order; raises ValueError for one that is unknown.
    """

    per_page: int = 10
    per_term: int | None = None
    titles_per_page: int = 75
    terms_per_page: int = 300
    share: tuple[ShareKind, ...] = ("email", "linkedin", "bluesky", "copy")
    contents_from: int = 5
    search: bool = True
    share_images: bool = True
    twitter: str = ""
    menu: tuple[tuple[str, str], ...] = tuple(
        (kind.menu, kind.addresses[0]) for kind in KINDS if kind.menu
    )
    editions: tuple[Edition, ...] = ()
    moved: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for kind, path in self.moved.items():
            if kind not in MOVABLE:
                raise ValueError(f"moved: {kind!r} is no list; choose among {', '.join(MOVABLE)}")
            if not _PLACE.fullmatch(path):
                raise ValueError(f"moved: {path!r} is no folder of the site; write it as /topics/")
        if len(set(self.moved.values())) < len(self.moved):
            raise ValueError("moved: two lists have one address; give one of them another")
        known = get_args(ShareKind)
        for kind in self.share:
            if kind not in known:
                raise ValueError(f"share: {kind!r} is not known; choose among {', '.join(known)}")
        tags = [edition.lang.lower() for edition in self.editions]
        for tag in tags:
            if tags.count(tag) > 1:
                raise ValueError(f"editions: there are two in {tag!r}; take one out")
