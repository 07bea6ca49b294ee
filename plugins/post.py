"""The typed model of a post: what every other part of the site may know about it.

Values are frozen and made of plain Python types, so they can be hashed, pickled to a worker
process and compared between builds. Nothing here reads a file, a setting or the clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal

Kind = Literal["post", "page"]
# ``held`` is said of a post that a rule keeps from being published (plugins.checks).
Status = Literal["published", "draft", "scheduled", "hidden", "held"]
DateSource = Literal["front matter", "file name", "git", "shallow clone", "file time"]
# Those that are known only of this copy of the files: in the next one they are other days.
GUESSED: tuple[DateSource, ...] = ("shallow clone", "file time")
Relation = Literal["crosspost", "republished", "excerpt"]
ShareKind = Literal["email", "linkedin", "bluesky", "mastodon", "copy"]
Direction = Literal["next", "previous", "this"]
TakesReplies = Literal["open", "closed", "none"]


class Frozen(Mapping[str, Any]):
    """A mapping that cannot change: hashable, picklable, and readable by templates."""

    __slots__ = ("_pairs",)

    def __init__(self, pairs: Mapping[str, Any] | None = None) -> None:
        self._pairs = {key: _freeze(value) for key, value in (pairs or {}).items()}

    def __getitem__(self, key: str) -> Any:
        return self._pairs[key]

    def get(self, key: str, default: Any = None) -> Any:
        """The value of ``key``, or ``default``; many times faster than what `Mapping` offers."""
        return self._pairs.get(key, default)

    def __iter__(self) -> Iterator[str]:
        return iter(self._pairs)

    def __len__(self) -> int:
        return len(self._pairs)

    def __hash__(self) -> int:
        return hash(frozenset(self._pairs.items()))

    def __repr__(self) -> str:
        return f"Frozen({self._pairs!r})"


class Extra(Frozen):
    """Front-matter fields by name, whatever their spelling; one that was not written is empty text.

    So a template may name a field that most posts do not have.
    """

    __slots__ = ()

    def __getitem__(self, key: str) -> Any:
        return self.get(key, "")

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self._spelled(key) is not None

    def get(self, key: str, default: Any = None) -> Any:
        """The value of the field ``key``, or ``default``."""
        spelled = self._spelled(key)
        return default if spelled is None else self._pairs[spelled]

    def _spelled(self, key: str) -> str | None:
        """The name as it is written here."""
        if key in self._pairs:
            return key
        return next((name for name in self._pairs if fold(name) == fold(key)), None)


@lru_cache(maxsize=1024)
def fold(name: str) -> str:
    """The name of a field as it is compared: without case, hyphens, underscores and spaces."""
    return _BETWEEN_WORDS.sub("", name).casefold()


_BETWEEN_WORDS = re.compile(r"[-_\s]+")
# Most values are one of these; to ask whether something is a mapping takes longer.
_FROZEN = (str, int, float, Frozen)


def _freeze(value: Any) -> Any:
    if isinstance(value, _FROZEN):
        return value
    if isinstance(value, Mapping):
        return Frozen({str(key): item for key, item in value.items()})
    if isinstance(value, list | tuple | set):
        return tuple(_freeze(item) for item in value)
    return value


@dataclass(frozen=True, slots=True)
class Person:
    """An author: the name, its slug, the home page a writer gave, and links with their texts."""

    name: str
    slug: str
    url: str | None = None
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A category or a tag: the name as written and its slug, which makes it the same term."""

    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A post's lead image: ``src`` as the writer gave it (path or URL), and its alt text.

    ``decorative`` says that the writer left the alt text empty on purpose.
    """

    src: str
    alt: str = ""
    caption: str = ""
    decorative: bool = False


@dataclass(frozen=True, slots=True)
class Original:
    """Where a post was published first, and what that means for the copy here.

    ``crosspost``: ours, elsewhere first (canonical is the original). ``republished``: somebody
    else's text (not to be indexed here). ``excerpt``: a part, which stands for itself.
    """

    url: str
    site: str | None = None
    date: datetime | None = None
    relation: Relation = "crosspost"


@dataclass(frozen=True, slots=True)
class SeriesClaim:
    """What a post says about its series: the name as written and its part, as written."""

    name: str
    part: int | float | None = None


@dataclass(frozen=True, slots=True)
class Marker:
    """Series intent found in text: ``Part 3 >>`` (next), ``<< Part 1`` (previous), or a title.

    ``direction`` is ``this`` when the text numbers the post itself ("Part 2 of 3" in a title).
    ``total`` is the count a title promises; ``line`` is counted from 1 in the file.
    """

    direction: Direction
    number: int
    total: int | None = None
    line: int = 1


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the body, for the contents list: level 2 to 6, anchor id, plain text."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A reference in the body to this site: the target as written, what it is, and its line."""

    target: str
    kind: Literal["link", "image"]
    line: int


@dataclass(frozen=True, slots=True)
class Body:
    """The rendered body: HTML whose references to this site are still as the writer wrote them.

    ``unnamed`` are the images that have no alternative text and do not say that this is meant.
    ``prose`` is the HTML without its coloured code, which is half of many texts, where that is known
    apart: nothing in such code is a link, an image or a sentence. ``intro`` is the HTML before the
    mark that ends the summary (``<!--more-->``), None where the text has no such mark.
    """

    html: str
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    words: int = 0
    unnamed: tuple[Link, ...] = ()
    prose: str | None = None
    intro: str | None = None

    @property
    def telling(self) -> str:
        """All of the HTML that can have links, images and sentences in it."""
        return self.html if self.prose is None else self.prose

    def with_html(self, html: str) -> Body:
        """The same body with other HTML."""
        return Body(html, self.headings, self.links, self.words, self.unnamed, intro=self.intro)


@dataclass(frozen=True, slots=True)
class Post:
    """A post or a page, complete and valid, without its body.

    ``source`` is the file's path below the content folder; ``url`` is root-relative and begins
    with a slash, ``save_as`` is the file below the output folder; ``date`` and ``modified`` carry
    a time zone. ``aliases`` are root-relative paths this post was once found at, oldest first.
    ``translation`` is the key shared by the translations of one text. ``extra`` holds every other
    field, and ``lines`` the line in the file of each field that was written.
    ``replies`` says whether readers can answer: a ``closed`` post shows what was answered before.
    """

    source: str
    kind: Kind
    title: str
    slug: str
    url: str
    save_as: str
    date: datetime
    date_source: DateSource
    status: Status
    lang: str
    translation: str
    modified: datetime | None = None
    authors: tuple[Person, ...] = ()
    category: Term | None = None
    tags: tuple[Term, ...] = ()
    summary: str | None = None
    image: Picture | None = None
    original: Original | None = None
    syndicated: tuple[str, ...] = ()
    series: SeriesClaim | None = None
    markers: tuple[Marker, ...] = ()
    aliases: tuple[str, ...] = ()
    template: str | None = None
    replies: TakesReplies = "open"
    toc: bool | None = None
    featured: bool = False
    uid: str | None = None
    extra: Extra = Extra()
    lines: Frozen = Frozen()

    @property
    def listed(self) -> bool:
        """Whether the post belongs in lists, feeds and the sitemap."""
        return self.status != "hidden"

    @property
    def preview(self) -> bool:
        """Whether the post is not public yet and is shown to its writers only."""
        return self.status in ("draft", "scheduled")

    def line_of(self, field: str) -> int:
        """The line of ``field`` in the file, or 1 where it was not written."""
        return int(self.lines.get(field, 1))
