"""The faults of series that stop the build, because readers would be misled or pages overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from plugins.errors import Problem
from plugins.frontmatter.values import show
from plugins.post import Post
from plugins.posts.claims import GREATEST
from plugins.series.cases import Case
from plugins.series.model import Number, Series, number_text
from plugins.series.names import Names, spelling_problems
from plugins.series.numbers import Member, is_number, line_of_part


def faults(cases: Sequence[Case], posts: Iterable[Post], names: Names) -> tuple[Problem, ...]:
    """All faults, sorted; ``posts`` are those that get a page, ``names`` knows the files."""
    claims = {case.key: [one.post for one in case.public if one.post.series] for case in cases}
    return tuple(
        sorted(
            chain(
                names.clashes,
                spelling_problems({key: found for key, found in claims.items() if found}, names),
                _impossible_numbers(posts),
                chain.from_iterable(_duplicates(case) for case in cases),
                _addresses(cases),
            )
        )
    )


def _impossible_numbers(posts: Iterable[Post]) -> Iterator[Problem]:
    for post in posts:
        part = post.series.part if post.series else None
        if part is not None and not is_number(part):
            yield Problem(
                post.source,
                line_of_part(post),
                "part",
                "this cannot be the number of a part",
                f"write a number from 0 to {GREATEST}",
                "series-number",
            )


def _duplicates(case: Case) -> Iterator[Problem]:
    """A problem for each part whose number an older one has."""
    first: dict[Number, Member] = {}
    for one in sorted(case.public, key=lambda one: (one.post.date, one.post.source)):
        if one.number is None:
            continue
        older = first.setdefault(one.number, one)
        if older is not one:
            yield Problem(
                one.post.source,
                one.line,
                "part",
                f"part {number_text(one.number)} of {show(case.title)} is already "
                f"{older.post.source}:{older.line}",
                "give one of the two another number",
                "series-number",
            )


def _addresses(cases: Iterable[Case]) -> Iterator[Problem]:
    """A problem for each series that has no address of its own."""
    first: dict[str, Series] = {}
    for case in cases:
        if not case.series:
            continue
        where = _where(case, case.series)
        if not case.series.slug:
            yield Problem(
                *where,
                "series",
                f"the name {show(case.title)} has no letter or digit to make an address from",
                "add a file with a slug for it to the series folder",
                "series-address",
            )
        elif (other := first.setdefault(case.series.url, case.series)) is not case.series:
            yield Problem(
                *where,
                "series",
                f"{show(case.title)} would have the address of {show(other.title)}, {other.url}",
                "give one of them a file with another slug in the series folder",
                "series-address",
            )


def _where(case: Case, series: Series) -> tuple[str, int]:
    """The file and line that name the series, else those of its first part."""
    if case.file:
        return case.file.source, case.file.line_of("slug")
    members = [one.post for one in (*case.public, *case.waiting)]
    # In a preview a draft may have joined by its title alone: then only the series knows it.
    posts = [*members, *(part.post for part in series.shown if part.post)]
    first = next((post for post in posts if post.series), posts[0])
    return first.source, first.line_of("series")
