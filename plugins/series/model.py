"""The values of series: the files that describe them, their parts, and each post's place.

Everything here is frozen. A part's number is kept as written and never changed: what a reader has
seen as part 3 stays part 3.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from plugins.errors import Problem
from plugins.post import Body, Frozen, Marker, Picture, Post
from wording import Wording

Number = int | float | None
State = Literal["published", "planned", "preview"]

NO_INTRO = Body("")


@dataclass(frozen=True, slots=True)
class Planned:
    """A part that a series file announces; ``line`` is where, counted from 1 in that file."""

    number: Number = None
    title: str = ""
    date: datetime | None = None
    line: int = 1


@dataclass(frozen=True, slots=True)
class SeriesFile:
    """A series as its file describes it.

    ``source`` is the file's path below the content folder. ``lang`` is None where the file names
    no language: it is then in the site's own. ``lines`` holds the line of each field written.
    """

    source: str
    slug: str
    title: str
    lang: str | None = None
    intro: Body = NO_INTRO
    summary: str = ""
    image: Picture | None = None
    planned: tuple[Planned, ...] = ()
    lines: Frozen = Frozen()

    def line_of(self, field: str) -> int:
        """The line of ``field`` in the file, or 1 where it was not written."""
        return int(self.lines.get(field, 1))


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a series: a post, or one that is only planned and has no post.

    ``date`` is the post's date, or the date a planned part is expected, if any. ``title`` is empty
    for a part that is promised by nothing but a marker in another part's text.
    """

    number: Number
    title: str
    state: State
    post: Post | None = None
    date: datetime | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """A series in one language: what its file says, its parts in order, and how many there will be.

    ``url`` is root-relative. ``source`` is the file that describes the series, or None, ``lines``
    the lines of its fields; references to this site in ``intro`` are still as written there.
    ``total`` counts published and planned parts, and is never less than the greatest number or
    than what a title promises.
    """

    slug: str
    title: str
    lang: str
    url: str
    parts: tuple[Part, ...]
    total: int
    source: str | None = None
    intro: Body = NO_INTRO
    summary: str = ""
    image: Picture | None = None
    lines: Frozen = Frozen()

    def line_of(self, field: str) -> int:
        """The line of ``field`` in the series' file, or 1 where it was not written."""
        return int(self.lines.get(field, 1))

    @property
    def shown(self) -> tuple[Part, ...]:
        """The parts with a post readers can open, in order; in a preview also those to come."""
        return tuple(part for part in self.parts if part.post)

    @property
    def latest(self) -> datetime | None:
        """When the series was last continued; None while every part is only planned."""
        return max((part.post.date for part in self.parts if part.post), default=None)


@dataclass(frozen=True, slots=True)
class Signpost:
    """What a marker in the text points at: a part with a post to link to, or a planned one."""

    marker: Marker
    part: Part


@dataclass(frozen=True, slots=True)
class Place:
    """Where a post stands: its part of a series, the parts around it, and where its markers point.

    ``series`` is None for a post whose markers belong to no series that can be found.
    ``previous`` always has a post; ``next`` has one, or is planned where no later part is public.
    """

    part: Part
    series: Series | None = None
    previous: Part | None = None
    next: Part | None = None
    signposts: tuple[Signpost, ...] = ()

    def label(self, words: Wording) -> str:
        """Series and part in a few words ("Attention, part 2"); empty without a series."""
        if self.series is None:
            return ""
        number = number_text(self.part.number)
        if not number:
            return self.series.title
        return words.say("%(series)s, part %(number)s", series=self.series.title, number=number)

    @property
    def loose(self) -> tuple[Signpost, ...]:
        """The signposts that lead elsewhere than the previous and next parts do."""
        beside = (self.previous, self.next)
        return tuple(signpost for signpost in self.signposts if signpost.part not in beside)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """All series in order of language and slug, every place by the source of its post.

    ``problems`` must stop the build; ``notices`` are what a writer should know.
    """

    series: tuple[Series, ...]
    places: Mapping[str, Place]
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()


def number_text(number: Number) -> str:
    """A part's number as readers see it: "2", "2.5", or nothing for a part without one."""
    if number is None:
        return ""
    return str(int(number)) if number == int(number) else str(number)
