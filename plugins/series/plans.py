"""Planned parts as a series file lists them: each with a number, a title and a date, or some of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import tzinfo
from typing import Any

from plugins.frontmatter.dates import parse_date
from plugins.frontmatter.document import Field
from plugins.frontmatter.fields import fold
from plugins.frontmatter.values import Fault, is_empty, items, show, text
from plugins.posts.claims import part
from plugins.series.model import Planned, number_text

NAMES = ("part", "title", "date")
EXAMPLE = "write it as {part: 4, title: The last part, date: 2026-12-08}"


def read_plans(
    field: Field, lines: Sequence[str], zone: tzinfo, note: Callable[[int, Fault], None]
) -> tuple[Planned, ...]:
    """The planned parts in ``field``; a part that is only text is a title.

    ``lines`` are those of the front matter, to tell where each part is written; ``note`` takes the
    line and the fault of each part that cannot be read.
    """
    plans: list[Planned] = []
    for value, line in _with_lines(field, lines):
        try:
            plan = _plan(value, zone, line)
            _refuse_twins(plan, plans)
        except Fault as fault:
            note(line, fault)
        else:
            plans.append(plan)
    return tuple(plans)


def _plan(value: Any, zone: tzinfo, line: int) -> Planned:
    if not isinstance(value, Mapping):
        return Planned(title=text(value), line=line)
    given = {fold(str(name)): item for name, item in value.items() if not is_empty(item)}
    if unknown := sorted(given.keys() - set(NAMES)):
        raise Fault(f"{show(unknown[0])} is not known of a planned part", EXAMPLE)
    if not given.keys() & {"part", "title"}:
        raise Fault("this part has neither a number nor a title", EXAMPLE)
    return Planned(
        number=part(given["part"]) if "part" in given else None,
        title=text(given["title"]) if "title" in given else "",
        date=parse_date(given["date"], zone) if "date" in given else None,
        line=line,
    )


def _refuse_twins(plan: Planned, others: Sequence[Planned]) -> None:
    """Raise `Fault` for a number that a part before has."""
    if plan.number is not None and any(other.number == plan.number for other in others):
        called = f"part {number_text(plan.number)}"
        raise Fault(f"{called} is planned twice", "give one of the two another number")


def _with_lines(field: Field, lines: Sequence[str]) -> Iterator[tuple[Any, int]]:
    """Each planned part with its line: where its first value stands, else that of the part before.

    Parts may share a line, as in ``planned: [{part: 4}, {part: 5}]``.
    """
    line = field.line
    for value in items(field.value, separator=None):
        wanted = _first_words(value)
        following = (number for number in range(line, len(lines)) if _has(lines[number], wanted))
        line = 1 + next(following, line - 1)
        yield value, line


def _first_words(value: Any) -> tuple[str, ...]:
    """What a line must have to be the one where ``value`` begins."""
    if not isinstance(value, Mapping):
        return (str(value),)
    return tuple(map(str, next(iter(value.items()), ())))


def _has(line: str, wanted: Sequence[str]) -> bool:
    return bool(wanted) and all(words in line for words in wanted)
