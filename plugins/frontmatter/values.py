"""What a front-matter value may be: text, yes or no, a list, and what to say where it is neither.

Converters take a plain Python value and return a typed one, or raise `Fault` with what is wrong
and what to write. They know nothing of files and lines; the caller adds where.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

T = TypeVar("T")

_TRUE = frozenset({"true", "yes", "on", "y", "1"})
_FALSE = frozenset({"false", "no", "off", "n", "0"})


class Fault(ValueError):  # noqa: N818  # the writer's fault, not an error of ours
    """One thing wrong with a value: what it is, and what to do.

    ``line`` is counted from 1 in the text the value came from, where that is known.
    """

    def __init__(self, message: str, hint: str, line: int | None = None) -> None:
        self.message = message
        self.hint = hint
        self.line = line
        super().__init__(f"{message}; {hint}")


class Faults(ValueError):  # noqa: N818  # see Fault
    """Several faults of one value or one text, so that all of them can be told at once."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


def faults_of(error: Fault | Faults) -> tuple[Fault, ...]:
    """The faults ``error`` stands for."""
    return error.faults if isinstance(error, Faults) else (error,)


def each(items: Iterable[Any], convert: Callable[[Any], T]) -> tuple[T, ...]:
    """``items`` converted one by one; raises `Faults` with those of every item that failed."""
    results: list[T] = []
    faults: list[Fault] = []
    for item in items:
        try:
            results.append(convert(item))
        except (Fault, Faults) as error:
            faults += faults_of(error)
    if faults:
        raise Faults(faults)
    return tuple(results)


def show(value: object, limit: int = 40) -> str:
    """``value`` as a message quotes it: short, on one line, and named where it is no text."""
    if isinstance(value, str):
        plain = one_line(value)
        return f'"{plain if len(plain) <= limit else plain[: limit - 1].rstrip() + "…"}"'
    if value is None:
        return "nothing"
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list | tuple | set):
        return "an empty list" if not value else "a list"
    return show(written(value), limit)[1:-1]


def one_line(value: str) -> str:
    """``value`` with every run of white space as one space, and none at the ends."""
    return " ".join(value.split())


def written(value: object) -> str:
    """``value`` as a writer would have typed it."""
    if isinstance(value, bool):
        return str(value).lower()
    try:
        return str(value)
    except ValueError:  # Python does not print integers of more than a few thousand digits
        return "an endless number"


def is_scalar(value: object) -> bool:
    """Whether ``value`` is text, a number, true, false or a date: what can be read as text."""
    return isinstance(value, str | bool | int | float | date)


def text(value: object) -> str:
    """``value`` as one line of text, as it was written; raises `Fault` for anything else."""
    if not is_scalar(value):
        raise Fault(f"{show(value)} stands where text is expected", "write one line of text")
    line = one_line(written(value))
    if not line:
        raise Fault("the text is empty", "write something, or remove it")
    return line


def boolean(value: object) -> bool:
    """``value`` as true or false; words such as yes and off are read, anything else a `Fault`."""
    if isinstance(value, bool):
        return value
    word = written(value).strip().lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise Fault(f"{show(value)} is neither true nor false", "write true or false")


def is_boolean(value: object) -> bool:
    """Whether ``value`` reads as true or false."""
    return isinstance(value, str | int) and written(value).strip().lower() in _TRUE | _FALSE


def items(value: object, separator: str | None = ",") -> list[Any]:
    """``value`` as a list: lists as they are, text split at ``separator`` (None: not split).

    Empty items are dropped; a mapping is one item.
    """
    if isinstance(value, list | tuple):
        return [item for item in value if not is_empty(item)]
    if isinstance(value, str) and separator is not None:
        return [part.strip() for part in re.split(separator, value) if part.strip()]
    return [value]


def is_empty(value: object) -> bool:
    """Whether ``value`` says nothing: absent, blank text, an empty list or mapping."""
    return value is None or (isinstance(value, str | list | tuple | Mapping) and not _full(value))


def _full(value: Any) -> bool:
    return bool(value.strip()) if isinstance(value, str) else bool(value)
