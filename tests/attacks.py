"""Inputs that make a regular expression work hard, made from the expression itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from re import _constants as op  # type: ignore[attr-defined] # the parser is there, undocumented
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

Make = Callable[[int], str]
# A repeat that may go on for longer than that has no bound worth the name.
_MANY = 50
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
# What else may stand in a row, and what ends a near match.
_COMMON = (" ", "a", "0", "\n", "<", ">", "-", ".", "\\", '"', "[", "(", "*", "_", "é")
_ENDS = ("", "\x00", "\n!")
_WORDS = {
    op.CATEGORY_DIGIT: "0", op.CATEGORY_NOT_DIGIT: "a", op.CATEGORY_SPACE: " ",
    op.CATEGORY_NOT_SPACE: "a", op.CATEGORY_WORD: "a", op.CATEGORY_NOT_WORD: "-",
}  # fmt: skip


@dataclass(frozen=True)
class Attack:
    """An input by how often its middle is repeated; the parts say which it is in a failure."""

    before: str
    pump: str
    after: str

    def text(self, size: int) -> str:
        """The input, about ``size`` characters long."""
        return self.before + self.pump * (size // len(self.pump)) + self.after


def attacks(pattern: re.Pattern[Any]) -> Iterator[Attack]:
    """Inputs for ``pattern``: every place where it repeats, fed with all that it is made of."""
    parsed = parser.parse(pattern.pattern, pattern.flags)
    starts = {"", *_starts(parsed, "")}
    pumps = {sample for sample in _samples(parsed) if sample}
    pieces = sorted({*pumps, *starts, *_COMMON} - {""}, key=lambda piece: (len(piece), piece))
    short = [piece for piece in pieces if len(piece) <= 40][:40]
    for before, pump, after in product(sorted(starts), short, _ENDS):
        yield Attack(before, pump, after)
    for one, other in product(short[:12], short[:12]):
        yield Attack("", one + other, "\x00")


def _starts(items: Iterable[Any], before: str) -> Iterator[str]:
    """What leads up to each repeat without a bound."""
    for kind, value in items:
        if kind in _REPEATS and value[1] >= _MANY:
            yield before
            yield before + _least(value[2])
        for inner in _inner(kind, value):
            yield from _starts(inner, before)
        before += _sample(kind, value)


def _samples(items: Iterable[Any]) -> Iterator[str]:
    """A text for each part of the expression, the smallest first."""
    for kind, value in items:
        yield _sample(kind, value)
        for inner in _inner(kind, value):
            yield _least(inner)
            yield from _samples(inner)


def _inner(kind: Any, value: Any) -> Iterable[Any]:
    """The expressions within a part."""
    if kind in _REPEATS:
        return (value[2],)
    if kind is op.SUBPATTERN:
        return (value[3],)
    if kind is op.ATOMIC_GROUP:
        return (value,)
    if kind is op.BRANCH:
        return tuple(value[1])
    if kind in (op.ASSERT, op.ASSERT_NOT):
        return (value[1],)
    if kind is op.GROUPREF_EXISTS:
        return tuple(each for each in value[1:] if each is not None)
    return ()


def _least(items: Iterable[Any]) -> str:
    """A short text that the items in a row match."""
    return "".join(_sample(kind, value) for kind, value in items)


def _sample(kind: Any, value: Any) -> str:
    """A short text that one part matches; nothing where that is hard to say."""
    if kind is op.LITERAL:
        return chr(value)
    if kind is op.NOT_LITERAL:
        return "b" if value == ord("a") else "a"
    if kind is op.ANY:
        return "a"
    if kind is op.IN:
        return _of_set(value)
    if kind in _REPEATS:
        return _least(value[2]) * int(max(value[0], 0 if value[1] >= _MANY else 1))
    if kind in (op.SUBPATTERN, op.ATOMIC_GROUP, op.BRANCH):
        return _least(next(iter(_inner(kind, value)), ()))
    return ""


def _of_set(values: Any) -> str:
    """A character of a set."""
    if values[0][0] is op.NEGATE:
        pattern = re.compile("|".join(_as_pattern(*each) for each in values[1:]) or "(?!)")
        return next((char for char in "ab0 -<\n!é" if not pattern.fullmatch(char)), "§")
    kind, value = values[0]
    if kind is op.LITERAL:
        return chr(value)
    return chr(value[0]) if kind is op.RANGE else _WORDS.get(value, "a")


def _as_pattern(kind: Any, value: Any) -> str:
    if kind is op.LITERAL:
        return re.escape(chr(value))
    if kind is op.RANGE:
        return f"[{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}]"
    return _CLASSES[value]


_CLASSES: dict[Any, str] = {
    op.CATEGORY_DIGIT: r"\d", op.CATEGORY_NOT_DIGIT: r"\D", op.CATEGORY_SPACE: r"\s",
    op.CATEGORY_NOT_SPACE: r"\S", op.CATEGORY_WORD: r"\w", op.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip
