"""What a writer should know about the series and the build can live with.

Each fault is told once, where it is put right: where a draft explains a gap, the draft is named
and the gap is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain, pairwise
from math import floor

from plugins.errors import Problem
from plugins.frontmatter.values import show
from plugins.markup.markers import title_marker
from plugins.post import Post
from plugins.series.cases import Case
from plugins.series.model import Planned, number_text
from plugins.series.names import Names, SeriesKey
from plugins.series.numbers import Member, is_number, line_of_part, member, title_part
from plugins.series.parts import is_written

# What a hint suggests is to be copied, so it is only cut where it cannot be a name.
LONGEST_NAME = 200


def notices(
    cases: Sequence[Case], unplaced: Iterable[Post], names: Names, now: datetime
) -> tuple[Problem, ...]:
    """All notices, sorted. ``unplaced`` are posts with markers that belong to no series."""
    by_key = {case.key: case for case in cases}
    checks = (_gaps, _fractions, _missing_numbers, _titles, _circles, _waiting, _orphan)
    found = chain(
        chain.from_iterable(check(case) for case in cases for check in checks),
        chain.from_iterable(_plans(case, now) for case in cases),
        (_unplaced(post, by_key, names) for post in unplaced),
    )
    return tuple(sorted(set(found)))


def _gaps(case: Case) -> Iterator[Problem]:
    """A notice for each run of numbers that no part has, at the part that comes after it."""
    if any(one.number is None for one in case.public):
        return  # the part that lacks a number may be the one that is missing
    numbers = sorted({one.number for one in case.public if one.number is not None})
    waiting = [one.number for one in case.waiting if one.number is not None]
    planned = [plan.number for plan in _announced(case) if plan.number is not None]
    known = sorted({0, *map(floor, (*numbers, *waiting, *planned))})
    for before, after in pairwise(known):
        follower = case.holder(next((number for number in numbers if number >= after), None))
        if after - before > 1 and follower:
            first, last = before + 1, after - 1
            gap = f"part {first} is" if first == last else f"parts {first} to {last} are"
            yield Problem(
                follower.post.source,
                follower.line,
                "part",
                f"{gap} missing before part {number_text(follower.number)} of {show(case.title)}",
                "publish what is missing, or announce it in the series' file under planned",
                "series-gap",
            )


def _fractions(case: Case) -> Iterator[Problem]:
    for one in case.public:
        if one.number is not None and one.number != floor(one.number):
            yield Problem(
                one.post.source,
                one.line,
                "part",
                f"{number_text(one.number)} is not a whole number; readers see it as written",
                "number the parts 1, 2, 3",
                "series-part",
            )


def _missing_numbers(case: Case) -> Iterator[Problem]:
    """A notice for each part without a number in a series whose other parts have one."""
    if all(one.number is None for one in case.public):
        return
    for one in case.public:
        if one.number is None:
            yield Problem(
                one.post.source,
                one.post.line_of("series"),
                "part",
                f"other parts of {show(case.title)} have numbers, this one has none and comes last",
                "add a part field with its number",
                "series-part",
            )


def _titles(case: Case) -> Iterator[Problem]:
    """A notice for each title that contradicts the series box right below it."""
    numbers = [floor(one.number) for one in case.public if one.number is not None]
    known = max([len(case.public), *numbers])
    for one in case.public:
        marker = title_part(one.post)
        if marker and marker.number != one.number:
            yield Problem(
                one.post.source,
                marker.line,
                "title",
                f"the title says part {marker.number}, but this is part {number_text(one.number)}",
                "write the same number in both",
                "series-title",
            )
        elif marker and marker.total and marker.total < known:
            yield Problem(
                one.post.source,
                marker.line,
                "title",
                f"the title says there are {marker.total} parts, but there are {known}",
                "correct the title, or leave the count to the series box",
                "series-title",
            )


def _circles(case: Case) -> Iterator[Problem]:
    """A notice for each marker in a part's text that points at that part."""
    for one in case.public:
        for marker in one.post.markers:
            if marker.direction != "this" and marker.number == one.number:
                yield Problem(
                    one.post.source,
                    marker.line,
                    "body",
                    f"this points readers to part {marker.number}, which they are reading",
                    "correct the number here or the post's own",
                    "series-pointer",
                )


def _waiting(case: Case) -> Iterator[Problem]:
    """A notice for each post of the series that readers cannot see in it, and might miss."""
    if not case.series:
        return
    for one in case.waiting:
        taken = case.holder(one.number)
        said = _why_missed(one, case)
        if taken:
            message = (
                f"{_called(one)} is {_status(one)}, and its number is taken by {taken.post.source}"
            )
            yield _at(one, message, "give one of the two another number")
        elif said and not _is_announced(one, case):
            yield _at(one, *said)


def _why_missed(one: Member, case: Case) -> tuple[str, str] | None:
    """What to say of a waiting part and what to do; None for one that only waits for its day."""
    later = [other for other in case.public if _follows(other, one)]
    goes_on = f", while {later[0].post.source} is published" if later else ""
    message = f"{_called(one)} of {show(case.title)} is {_status(one)}{goes_on}"
    if one.post.status == "hidden":
        return message, "list the post, or take it out of the series"
    if one.post.status == "draft":
        return message, "publish it, or announce it in the series' file under planned"
    if one.post.status == "held":
        return message, "correct its errors"
    return (message, "date it before the parts that follow it") if later else None


def _orphan(case: Case) -> Iterator[Problem]:
    """A notice for a series file that no post names, not even one that waits."""
    if case.file and not case.public and not case.waiting:
        yield Problem(
            case.file.source,
            1,
            "file",
            f"no post in {show(case.key.lang)} names the series {show(case.title)}",
            "write this name in the posts' series field, or remove the file",
            "series-unused",
        )


def _plans(case: Case, now: datetime) -> Iterator[Problem]:
    """A notice for each planned part that has been published, or should have been."""
    if not case.file:
        return
    for plan in case.file.planned:
        called = f"part {number_text(plan.number)}" if plan.number is not None else show(plan.title)
        message, hint = "", ""
        if is_written(plan, case.public):
            message, hint = (
                f"{called} is published, and no longer planned",
                "remove it from the list",
            )
        elif plan.date and plan.date.date() < now.astimezone(plan.date.tzinfo).date():
            message = f"{called} was expected on {plan.date:%Y-%m-%d}"
            hint = "publish it, or give another date or none"
        if message:
            where = (case.file.source, plan.line, "planned")
            yield Problem(*where, message, hint, "series-planned")


def _unplaced(post: Post, by_key: Mapping[SeriesKey, Case], names: Names) -> Problem:
    """What a post with markers lacks to be part of a series."""
    one = member(post)
    marker, title = title_marker(post.title)
    name = title if marker else ""
    case = by_key.get(names.key(names.lang_of(post), name)) if name else None
    taken = case.holder(one.number) if case else None
    if case and taken:
        message = f"part {number_text(one.number)} of {show(case.title)} is {taken.post.source}"
        hint = "correct the number, or add a series field"
    else:
        message = "this names a part of a series, but not which series"
        series = f"series: {show(name, LONGEST_NAME) if name else 'its name'}"
        number = number_text(one.number) or "its number"
        fields = series if one.told == "part" else f"{series} and part: {number}"
        hint = f"add {fields} to the front matter"
    return Problem(post.source, one.line, one.told, message, hint, "series-part")


def _announced(case: Case) -> Sequence[Planned]:
    return case.file.planned if case.file else ()


def _is_announced(one: Member, case: Case) -> bool:
    return any(is_written(plan, [one]) for plan in _announced(case))


def _follows(other: Member, one: Member) -> bool:
    return is_number(one.number) and is_number(other.number) and other.number > one.number


def _called(one: Member) -> str:
    return f"part {number_text(one.number)}" if one.number is not None else show(one.post.title)


def _status(one: Member) -> str:
    return {"draft": "a draft", "held": "held back"}.get(one.post.status, str(one.post.status))


def _at(one: Member, message: str, hint: str) -> Problem:
    where = (one.post.source, line_of_part(one.post), "part")
    return Problem(*where, message, hint, "series-waiting")
