"""A series as its checks see it: who is in it, who waits, and what its file announces."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from plugins.post import Post
from plugins.series.members import Members
from plugins.series.model import Series, SeriesFile
from plugins.series.names import Names, SeriesKey
from plugins.series.numbers import Member, member


@dataclass(frozen=True, slots=True)
class Case:
    """One series in one language.

    ``public`` are the members readers see, in order of their files; ``waiting`` are posts that
    name the series and that readers do not see in it: drafts, scheduled and unlisted ones.
    ``file`` is the file in the series' own language. ``series`` is None where there is no part.
    """

    key: SeriesKey
    public: tuple[Member, ...]
    waiting: tuple[Member, ...]
    file: SeriesFile | None
    series: Series | None

    @property
    def title(self) -> str:
        """The series' name as readers know it."""
        if self.series:
            return self.series.title
        return self.file.title if self.file else self.key.name

    def holder(self, number: int | float | None) -> Member | None:
        """The first public member with ``number``."""
        numbered = (one for one in self.public if number is not None and one.number == number)
        return next(numbered, None)


def cases(
    members: Members, series: Mapping[SeriesKey, Series], held: Iterable[Post], names: Names
) -> tuple[Case, ...]:
    """A case for every series that a post or a file names.

    ``held`` are the posts that readers do not see in a series; those among ``members`` that are
    only previewed count with them.
    """
    files = {SeriesKey(names.lang_of(file), file.source): file for file in names.files}
    waiting: dict[SeriesKey, dict[str, Member]] = defaultdict(dict)
    previewed = [one.post for found in members.values() for one in found if one.post.preview]
    for post in [*held, *previewed]:
        if key := names.claim(post):
            waiting[key][post.source] = member(post)
    return tuple(
        Case(
            key=key,
            public=_by_source(one for one in members.get(key, ()) if not one.post.preview),
            waiting=_by_source(waiting[key].values() if key in waiting else ()),
            file=files.get(key),
            series=series.get(key),
        )
        for key in sorted({*members, *series, *waiting, *files})
    )


def _by_source(members: Iterable[Member]) -> tuple[Member, ...]:
    return tuple(sorted(members, key=lambda one: one.post.source))
