"""Which series a name means: one series per language, however its name is spelt.

Two names are the same when they differ only in case, spaces or punctuation. A series file answers
to its title, its slug and its own file name.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from plugins.errors import Problem
from plugins.frontmatter.values import show
from plugins.post import Post
from plugins.posts.placing import folder_of
from plugins.posts.source_names import read_name
from plugins.series.model import SeriesFile

# Unicode general categories: separators, punctuation, and controls with invisible marks.
_IGNORED = frozenset("ZPC")


@dataclass(frozen=True, slots=True, order=True)
class SeriesKey:
    """What makes posts parts of one series: their language, and the name or the file it means."""

    lang: str
    name: str


@lru_cache(maxsize=1024)  # the parts of a series name it one after the other
def fold(name: str) -> str:
    """``name`` as it is compared: without case, spaces and punctuation.

    A name of nothing else is compared as it is. Symbols stay, so "C" and "C++" are two series.
    """
    text = unicodedata.normalize("NFKC", name).casefold()
    kept = "".join(char for char in text if unicodedata.category(char)[0] not in _IGNORED)
    return unicodedata.normalize("NFC", kept) or text.strip()


class Names:
    """Finds the series that a name means, given all series files and the site's language.

    Of two files of one language with one name only the first counts; ``clashes`` has a problem
    for the other.
    """

    def __init__(self, files: Iterable[SeriesFile], lang: str) -> None:
        self._lang = lang
        self._by_name: dict[str, dict[str, SeriesFile]] = defaultdict(dict)
        kept: list[SeriesFile] = []
        clashes: list[Problem] = []
        for file in sorted(files, key=lambda file: file.source):
            if first := self._taken_by(file):
                clashes.append(_clash(file, first))
                continue
            kept.append(file)
            for name in _answers_to(file):
                self._by_name[name][self.lang_of(file)] = file
        self.files = tuple(kept)
        self.clashes = tuple(clashes)

    def key(self, lang: str, name: str) -> SeriesKey:
        """The series that posts in ``lang`` mean by ``name``."""
        file = self.file(lang, name)
        return SeriesKey(lang, file.source if file else fold(name))

    def file(self, lang: str, name: str) -> SeriesFile | None:
        """The file for ``name``: in ``lang``, else in the site's language, else in any other."""
        found = self._by_name.get(fold(name), {})
        return found.get(lang) or found.get(self._lang) or next(iter(found.values()), None)

    def claim(self, post: Post) -> SeriesKey | None:
        """The series that ``post`` says it is in."""
        return self.key(self.lang_of(post), post.series.name) if post.series else None

    def lang_of(self, item: Post | SeriesFile) -> str:
        """The language of a post or file; a variant of the site's own is the site's own.

        As for the addresses of posts, only a file's name can say that the variant is meant.
        """
        lang = item.lang or self._lang
        if lang == self._lang:
            return lang
        return lang if folder_of(lang, read_name(item.source), self._lang) else self._lang

    def _taken_by(self, file: SeriesFile) -> SeriesFile | None:
        """The file before this one that has one of its names in its language."""
        lang = self.lang_of(file)
        taken = (self._by_name.get(name, {}).get(lang) for name in sorted(_answers_to(file)))
        return next((other for other in taken if other), None)


def spelling_problems(
    claims: Mapping[SeriesKey, Sequence[Post]], names: Names
) -> Iterator[Problem]:
    """A problem for each post that spells its series unlike the others, where no file decides."""
    for key in sorted(claims):
        posts = sorted(claims[key], key=lambda post: post.source)
        usual = usual_spelling(posts)
        if names.file(key.lang, usual):
            continue
        witness = next(post for post in posts if spelling(post) == usual)
        for post in posts:
            if spelling(post) != usual:
                yield _spelt_unlike(post, witness)


def spelling(post: Post) -> str:
    """The name of its series as the post writes it, spaces evened out; empty if it names none."""
    return " ".join(post.series.name.split()) if post.series else ""


def usual_spelling(posts: Iterable[Post]) -> str:
    """The spelling most of ``posts`` use; among equals the first in alphabetical order."""
    counts = Counter(name for post in posts if (name := spelling(post)))
    return min(counts, key=lambda name: (-counts[name], name))


def _answers_to(file: SeriesFile) -> set[str]:
    return {fold(file.title), fold(file.slug), fold(PurePosixPath(file.source).stem)}


def _clash(file: SeriesFile, first: SeriesFile) -> Problem:
    return Problem(
        file.source,
        file.line_of("title"),
        "title",
        f"{show(file.title)} is the same series as {first.source}",
        "keep one of the two files, or give one another name, title and slug",
        "series-address",
    )


def _spelt_unlike(post: Post, witness: Post) -> Problem:
    where = f"{witness.source}:{witness.line_of('series')}"
    return Problem(
        post.source,
        post.line_of("series"),
        "series",
        f"{show(spelling(post))} here is {show(spelling(witness))} in {where}",
        "write the name the same way in both, or add a file for the series to the series folder",
        "series-spelling",
    )
