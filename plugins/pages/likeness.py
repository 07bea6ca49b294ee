"""How like each other texts are, by the terms they are made of.

Each text becomes a short vector of its most telling terms. What many texts say tells little, so
terms are weighed by how few texts have them and the commonest count for nothing; that takes the
place of lists of stop words, in any language. Likeness is the cosine of two vectors (Salton and
Buckley, 1988, doi:10.1016/0306-4573(88)90021-0). An inverted index that keeps the best texts of
each term makes the work grow with the number of texts, not with its square.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import count
from math import log, sqrt

from plugins.pages import telling
from plugins.pages.telling import CATEGORY_MARK, TAG_MARK

# The terms that stand for a text, and the texts kept for each term and compared in full.
TERMS = 30
CHAMPIONS = 30
COMPARED = 12
# A term in more than this share of texts is a word of the language or of the house.
COMMON = 1 / 3
# Less likeness than this is chance; half of it is enough for texts with a tag in common.
LEAST = 0.12

# Weights by the number of the term, which is that of its rarity: 0 is the rarest.
Vector = Mapping[int, float]
# How often terms occur, and the numbers they had when they were first met.
Counts = Sequence[tuple[int, "array[int]"]]


@dataclass(frozen=True, slots=True)
class _Term:
    """A term that counts: its name, and its weight where it occurs once."""

    name: str
    weight: float


class Likeness:
    """Finds like texts among some; ``rows`` are their terms, ``offered`` the places of those found."""

    def __init__(self, rows: Iterable[bytes], offered: Sequence[int]) -> None:
        numbers: defaultdict[str, int] = defaultdict(count().__next__)
        counts = [_counted(row, numbers) for row in rows]
        terms, kept = _telling(list(numbers), [counts[place] for place in offered])
        self._tags = {number for number, term in enumerate(terms) if term.name[0] == TAG_MARK}
        self._vectors = [_vector(one, terms, kept) for one in counts]
        self._champions = _champions(self._vectors, offered)

    def ranked(self, place: int, shown: Iterable[int]) -> list[int]:
        """The places of the texts most like the one at ``place`` but those ``shown``.

        Found by the best of each term, then compared in full; of two as like it the lower place.
        """
        own, vectors = self._vectors[place], self._vectors
        found: dict[int, float] = {}
        value_of = found.get
        for term, weight in own.items():
            for negative, other in self._champions.get(term, ()):
                found[other] = value_of(other, 0.0) + weight * negative
        for other in shown:
            found.pop(other, None)
        ranked = sorted((-_cosine(own, vectors[other]), other) for other in _likeliest(found))
        tags = self._tags.intersection(own)
        return [other for negative, other in ranked if -negative >= _least(tags, vectors[other])]


def _counted(row: bytes, numbers: Mapping[str, int]) -> Counts:
    """The terms of a text by number; ``numbers`` gives a new term the next one."""
    return [
        (times, array("I", map(numbers.__getitem__, terms))) for times, terms in telling.read(row)
    ]


def _telling(
    names: Sequence[str], public: Sequence[Counts]
) -> tuple[Sequence[_Term], Sequence[int]]:
    """The terms that two texts have and not too many, rarest first; topics are never too common.

    With them, by the number of every term, the place among these, or -1.
    """
    having: Counter[int] = Counter()
    for counts in public:
        for _, numbers in counts:
            having.update(numbers)
    total, most = len(public), len(public) * COMMON
    found = sorted(
        (-log(1 + total / texts), names[number], number)
        for number, texts in having.items()
        if texts > 1 and (texts <= most or names[number][0] in TAG_MARK + CATEGORY_MARK)
    )
    kept = array("i", [-1]) * len(names)
    for place, (_, _, number) in enumerate(found):
        kept[number] = place
    return [_Term(name, -negative) for negative, name, _ in found], kept


def _vector(counts: Counts, terms: Sequence[_Term], kept: Sequence[int]) -> Vector:
    """The most telling terms of a text, their weights scaled to a length of one."""
    best = sorted(_weighed(counts, terms, kept))[:TERMS]
    length = sqrt(sum(weight * weight for weight, _, _ in best))
    return {number: -weight / length for weight, _, number in best}


def _weighed(
    counts: Counts, terms: Sequence[_Term], kept: Sequence[int]
) -> Iterator[tuple[float, str, int]]:
    """The weights of all terms that may be among the most telling, negative: heaviest first."""
    for times, numbers in counts:
        found = [place for place in map(kept.__getitem__, numbers) if place >= 0]
        if times == 1:
            # They stand in the order of their weights, so only the first of them can be chosen.
            for place in sorted(found)[:TERMS]:
                yield -terms[place].weight, terms[place].name, place
        else:
            factor = -(1 + log(times))
            for place in found:
                yield factor * terms[place].weight, terms[place].name, place


def _champions(
    vectors: Sequence[Vector], offered: Iterable[int]
) -> Mapping[int, Sequence[tuple[float, int]]]:
    """For each term the texts it says most about, heaviest first; the lower place of two."""
    postings: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for place in offered:
        for term, weight in vectors[place].items():
            postings[term].append((-weight, place))
    return {term: nsmallest(CHAMPIONS, having) for term, having in postings.items()}


def _likeliest(found: Mapping[int, float]) -> list[int]:
    """The places with the least values, the lower of two as low."""
    values = [(value, place) for place, value in found.items()]
    if len(values) > COMPARED:
        limit = nsmallest(COMPARED, found.values())[-1]
        values = [one for one in values if one[0] <= limit]
    return [place for _, place in sorted(values)[:COMPARED]]


def _least(tags: Iterable[int], other: Vector) -> float:
    return LEAST / 2 if any(tag in other for tag in tags) else LEAST


def _cosine(one: Vector, other: Vector) -> float:
    """The cosine of two vectors of length one; rounded, so that equal ones compare as equal."""
    return round(sum([weight * other[term] for term, weight in one.items() if term in other]), 9)
