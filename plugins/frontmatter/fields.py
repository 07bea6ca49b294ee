"""What a written name stands for among the fields of the registry, and which one it is near."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any

from plugins.frontmatter.known import EXTRA, KnownField
from plugins.frontmatter.registry import FIELDS
from plugins.frontmatter.values import Fault, is_boolean, is_empty, show
from plugins.post import fold

__all__ = [
    "BY_NAME",
    "EXTRAS",
    "Match",
    "fold",
    "guarded",
    "is_telling",
    "match",
    "nearest",
    "pick",
    "refuse_slips",
]

_YES_OR_DATE = frozenset({"published", "publish"})


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """What a written name stands for; ``rank`` is 0 for the field itself, 1 up for stand-ins."""

    rank: int
    name: str


BY_NAME: Mapping[str, KnownField] = MappingProxyType({field.name: field for field in FIELDS})
# Those that templates find in `page.extra`.
EXTRAS = tuple(field for field in FIELDS if field.shown == EXTRA)
# Shorter names are a slip away from too many words.
_SHORTEST = 4


def _lookup() -> Mapping[str, Match]:
    table: dict[str, Match] = {}
    for field in FIELDS:
        for rank, names in enumerate([(field.name, *field.synonyms), *zip(field.stand_ins)]):
            for name in names:
                table.setdefault(fold(name), Match(rank, field.name))
    return MappingProxyType(table)


_LOOKUP = _lookup()
_GUARDED = tuple(
    (fold(name), field)
    for field in FIELDS
    for name in (field.name, *field.synonyms, *field.stand_ins)
    if field.guard and len(fold(name)) >= _SHORTEST
)
_NEAR = {
    **{fold(name): one.name for one in FIELDS for name in one.similar},
    **{name: found.name for name, found in _LOOKUP.items()},
}


def match(name: str, value: object = None) -> Match | None:
    """What the field written as ``name`` stands for, or None where this house does not know it.

    ``published`` is a yes or no in Jekyll and a date elsewhere, ``build`` Hugo's if it is a
    mapping: the ``value`` decides.
    """
    folded = fold(name)
    found = _LOOKUP.get(folded)
    if folded in _YES_OR_DATE:
        return Match(0, "published" if is_boolean(value) else "date")
    if found is not None and found.name == "build" and not isinstance(value, Mapping):
        return None
    return found


def is_telling(name: str) -> bool:
    """Whether a line that begins with this name was most likely meant as a field."""
    found = match(name)
    return found is not None and not BY_NAME[found.name].everyday


def nearest(name: str) -> str | None:
    """The field that the unknown ``name`` was most likely meant as, if it is near any."""
    folded = fold(name)
    if len(folded) < _SHORTEST:
        return None
    found = get_close_matches(folded, _NEAR, n=1, cutoff=0.75)
    return _NEAR[found[0]] if found else None


def guarded(name: str, value: object) -> KnownField | None:
    """The field that has to be meant: one slip away from ``name``, and ``value`` could be its own."""
    folded = fold(name)
    for known, field in _GUARDED:
        if _is_slip(folded, known) and field.guard and field.guard(value):
            return field
    return None


def _is_slip(written: str, meant: str) -> bool:
    """Whether one letter was added, left out or taken for another, or two changed their places."""
    if not -1 <= len(written) - len(meant) <= 1:
        return False
    same = zip(written, meant, strict=False)
    start = next((n for n, (one, other) in enumerate(same) if one != other), None)
    if start is None:
        return abs(len(written) - len(meant)) == 1
    one, other = written[start:], meant[start:]
    swapped = one[:2] == other[1::-1] and len(one) > 1 and one[2:] == other[2:]
    return swapped or one[1:] == other[1:] or one[1:] == other or one == other[1:]


def pick(mapping: Mapping[Any, Any], *names: str) -> Any:
    """The value in ``mapping`` of the first of ``names`` that says something, or None."""
    folded = {fold(str(key)): value for key, value in mapping.items()}
    values = (folded.get(fold(name)) for name in names)
    return next((value for value in values if not is_empty(value)), None)


def refuse_slips(mapping: Mapping[Any, Any], *names: str) -> None:
    """Raise `Fault` for a key of ``mapping`` that is nearly one of ``names``, which it lacks.

    Other keys are left alone: tools keep more in such a mapping than this house asks for.
    """
    keys = {fold(str(key)): key for key in mapping}
    missing = [name for name in names if fold(name) not in keys]
    for folded, key in keys.items():
        meant = get_close_matches(folded, missing, n=1, cutoff=0.75)
        if meant and folded not in map(fold, names):
            raise Fault(f"{show(key)} is not known here", f"write {meant[0]}, if that is meant")
