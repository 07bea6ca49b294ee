"""The parts of one series: those written, those planned, their order, and how many there will be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil, inf

from plugins.post import Post
from plugins.series.model import Part, Place, Planned, Series
from plugins.series.names import fold
from plugins.series.numbers import Member, is_number, title_part
from plugins.series.signposts import published_part, within


def parts_of(members: Sequence[Member], announced: Iterable[Planned]) -> tuple[Part, ...]:
    """All parts in order: by number, then written before planned, then by date, then by file.

    Parts without a number come last, planned ones in the order they are announced in; where no
    post has a number, the posts come first.
    """
    written = sorted(members, key=lambda one: (one.post.date, one.post.source))
    parts = [published_part(one.post, one.number) for one in written]
    planned = [plan for plan in announced if not is_written(plan, members)]
    parts += [Part(plan.number, plan.title, "planned", date=plan.date) for plan in planned]
    known = {part.number for part in parts}
    promised = {number for one in members for number in promises(one.post)} - known
    parts += [Part(number, "", "planned") for number in sorted(promised)]
    numbered = any(one.number is not None for one in members)
    return tuple(sorted(parts, key=lambda part: _rank(part, numbered=numbered)))


def is_written(plan: Planned, members: Iterable[Member]) -> bool:
    """Whether a planned part has been published: by its number, or its title if it has none."""
    if plan.number is not None:
        return any(one.number == plan.number for one in members)
    return any(fold(one.post.title) == fold(plan.title) for one in members)


def promises(post: Post) -> list[int]:
    """The parts that a post's text says come next."""
    return [marker.number for marker in post.markers if marker.direction == "next"]


def total_of(parts: Sequence[Part], members: Iterable[Member]) -> int:
    """How many parts there will be, as far as readers can know.

    The parts known, but never less than the greatest number, or than a title promises ("of 5").
    """
    numbers = [ceil(part.number) for part in parts if part.number is not None]
    titles = (title_part(one.post) for one in members)
    said = [marker.total or 0 for marker in titles if marker]
    return max([len(parts), *numbers, *said])


def places_in(series: Series) -> Iterable[tuple[str, Place]]:
    """The place of each post of the series, by its source."""
    shown = series.shown
    planned = _planned_after(series)
    for index, part in enumerate(shown):
        if part.post:
            later = shown[index + 1] if index + 1 < len(shown) else planned
            place = Place(
                part=part,
                series=series,
                previous=shown[index - 1] if index else None,
                next=later,
                signposts=within(series.parts, part.post),
            )
            yield part.post.source, place


def _planned_after(series: Series) -> Part | None:
    """The first planned part that comes after every one with a post."""
    after: Part | None = None
    for part in reversed(series.parts):
        if part.post:
            break
        after = part
    return after


def _rank(part: Part, *, numbered: bool) -> float:
    if is_number(part.number):
        return part.number
    return inf if numbered or not part.post else -inf
