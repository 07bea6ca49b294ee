"""What every front-matter dialect is read into: names, values and lines, kept within bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from plugins.frontmatter.values import Fault, Faults, show

# Far beyond any front matter written by hand; here so that no file can exhaust the build.
MAX_NAME = 60
MAX_DEPTH = 32
MAX_VALUES = 10_000
MAX_CHARACTERS = 200_000

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_WHOLE = re.compile(r"[-+]?\d{1,18}")
_DECIMAL = re.compile(r"[-+]?(?:\d{1,18}\.\d*|\.\d{1,18})(?:[eE][-+]?\d{1,3})?")


class Table(dict[str, Any]):
    """Front matter as read: names as written to plain values, in the order of the file.

    ``lines`` holds the line of each name, counted from 1 in the text that was read; ``quoted``
    the names whose value is one text in quotes.
    """

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, int] = {}
        self.quoted: set[str] = set()

    def add(self, name: str, value: Any, line: int, *, quoted: bool = False) -> None:
        """Take one more field; raises `Fault` if its name is taken, or is no name."""
        if not name.strip() or len(name) > MAX_NAME or "\n" in name:
            hint = "indent the line if it continues the one above, or put that text in quotes"
            raise Fault(f"{show(name)} is not the name of a field", hint, line)
        if name in self:
            raise twice(name, line, self.lines[name])
        self[name] = value
        self.lines[name] = line
        if quoted:
            self.quoted.add(name)


def twice(name: str, line: int | None = None, first: int | None = None) -> Fault:
    """The fault of a name that one mapping gives twice."""
    where = "" if first is None else f", first on line {first}"
    return Fault(f"{show(name)} is written twice{where}", "keep one of the two", line)


def too_deep(line: int | None = None) -> Fault:
    """The fault of values nested beyond all use."""
    message = f"values are nested more than {MAX_DEPTH} deep"
    return Fault(message, "write them flat", line)


def first_line(text: str) -> int:
    """The line where ``text`` begins to say something."""
    return text.count("\n", 0, len(text) - len(text.lstrip())) + 1


def number(text: str) -> int | float | str:
    """``text`` as a number where printing the number gives ``text`` back, else ``text`` itself.

    So a version 1.10, a postcode 01234 and a phone number come out as they were written.
    """
    if _WHOLE.fullmatch(text):
        value: int | float = int(text)
    elif _DECIMAL.fullmatch(text):
        value = float(text)
    else:
        return text
    return value if str(value) == text else text


def bounded(table: Table) -> Table:
    """``table`` itself; raises `Faults` if it is too deep, too big or holds what is no text."""
    faults = [
        fault
        for name, value in table.items()
        # Nothing is wrong with most values, which are one line of text.
        if not (type(value) is str and value.isprintable() and name.isprintable())
        for fault in _faults(name, value, table)
    ]
    if faults:
        raise Faults(faults)
    return table


def _faults(name: str, value: Any, table: Table) -> Iterator[Fault]:
    line = table.lines[name]
    count = 0
    waiting: list[tuple[Any, int]] = [(name, 0), (value, 0)]
    while waiting:
        one, depth = waiting.pop()
        count += 1
        if depth > MAX_DEPTH:
            yield too_deep(line)
            return
        if count > MAX_VALUES:
            yield Fault(f"more than {MAX_VALUES} values", "keep data in a file of its own", line)
            return
        if isinstance(one, str):
            if found := _UNPRINTABLE.search(one):
                yield Fault(f"the character U+{ord(found[0]):04X} is not text", "remove it", line)
                return
            continue
        waiting += [(inner, depth + 1) for inner in _inside(one)]


def _inside(value: Any) -> list[Any]:
    if isinstance(value, Mapping):
        return [*value.keys(), *value.values()]
    return value if isinstance(value, list) else []
