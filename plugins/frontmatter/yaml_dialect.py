"""YAML front matter, read strictly and with the line of every field.

A handler of python-frontmatter: ``frontmatter.loads(text, handler=StrictYAML())`` works. PyYAML
parses; values are built here, because YAML 1.1 turns a title ``No`` into false, a tag ``1.10``
into 1.1 and a date ``2024-02-30`` into a crash. The value of a field this house knows is text as
it was written, wherever it is not null; other fields follow the core schema of YAML 1.2
(https://yaml.org/spec/1.2.2/#103-core-schema), with dates, and numbers as `number` reads them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import yaml
from frontmatter.default_handlers import SafeLoader, YAMLHandler

from plugins.frontmatter.fields import match
from plugins.frontmatter.table import MAX_DEPTH, MAX_VALUES, Table, bounded, too_deep, twice
from plugins.frontmatter.values import Fault, Faults, show
from plugins.frontmatter.yaml_errors import explain
from plugins.frontmatter.yaml_quick import read_quickly
from plugins.frontmatter.yaml_scalars import (
    plain_value,
    refuse_lost_text,
    refuse_tag,
    text_value,
)

T = TypeVar("T")
# PyYAML tells its events apart by class, and their attributes are not annotated.
_Event = Any

_MERGE = "<<"
# YAML ends a line at these too; then its line numbers would not be those of the file.
_LINE_ENDS = str.maketrans("\x85\u2028\u2029", "   ")


class StrictYAML(YAMLHandler):
    """Reads YAML between two lines of ``---``, of which the second may be ``...``."""

    FM_BOUNDARY = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)

    def load(self, fm: str, **_: object) -> Any:
        """A `Table` where ``fm`` is a mapping or empty, else its value; raises `Faults`."""
        text = fm.translate(_LINE_ENDS)
        quick = read_quickly(text)
        return read_slowly(text) if quick is None else quick


def read_slowly(text: str) -> Any:
    """A `Table` where ``text`` is a mapping or empty, else its value, by the parser."""
    try:
        value = _Builder(text).document()
    except yaml.YAMLError as error:
        raise Faults([explain(text, error)]) from error
    return bounded(value) if isinstance(value, Table) else value


class _Builder:
    """Builds the value of one document from the parser's events; collects faults on the way."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._events: Iterator[_Event] = iter(yaml.parse(text, Loader=SafeLoader))
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._count = 0
        self._faults: list[Fault] = []

    def document(self) -> Any:
        next(self._events)  # the stream begins
        event = next(self._events)
        if isinstance(event, yaml.StreamEndEvent):
            return Table()
        event = next(self._events)
        top = isinstance(event, yaml.MappingStartEvent)
        value = self._table() if top else self._node(event, 1, as_text=False)
        next(self._events)  # the document ends
        event = next(self._events)
        if not isinstance(event, yaml.StreamEndEvent):
            message = "a second document begins here"
            self._faults.append(Fault(message, "keep one block of front matter", _line(event)))
        if self._faults:
            raise Faults(self._faults)
        return value

    def _table(self) -> Table:
        """The whole front matter: each field's value, line, and whether it is in quotes."""
        table = Table()
        merged: dict[str, tuple[Any, int]] = {}
        for key, event, line in self._pairs():
            if key == _MERGE:
                found = self._merged(event, 1, as_text=False)
                merged |= {name: (value, line) for name, value in found.items()}
                continue
            value = self._node(event, 1, as_text=match(key) is not None, whole=True)
            quoted = isinstance(event, yaml.ScalarEvent) and event.style in ("'", '"')
            self._attempt(table.add, key, value, line, quoted=quoted)
        for name, (value, line) in merged.items():
            if name not in table:
                table.add(name, value, line)
        return table

    def _node(self, event: _Event, depth: int, *, as_text: bool, whole: bool = False) -> Any:
        """The value that begins with ``event``; ``whole`` if it is all that a field says."""
        self._count += 1
        if depth > MAX_DEPTH:
            raise Faults([*self._faults, too_deep(_line(event))])
        if self._count > MAX_VALUES:
            hint = "keep data in a file of its own"
            raise Faults(
                [*self._faults, Fault(f"more than {MAX_VALUES} values", hint, _line(event))]
            )
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        before = self._count
        value: Any
        if isinstance(event, yaml.SequenceStartEvent):
            value = list(self._sequence(depth, as_text=as_text))
        elif isinstance(event, yaml.MappingStartEvent):
            value = self._mapping(depth, as_text=as_text)
        else:
            value = self._scalar(event, as_text=as_text, whole=whole)
        self._attempt(refuse_tag, event.tag, _line(event))
        if event.anchor is not None:
            self._anchors[event.anchor] = value, self._count - before
        return value

    def _sequence(self, depth: int, *, as_text: bool) -> Iterator[Any]:
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            yield self._node(event, depth + 1, as_text=as_text)

    def _mapping(self, depth: int, *, as_text: bool) -> dict[str, Any]:
        result: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        for key, event, line in self._pairs():
            if key == _MERGE:
                merged |= self._merged(event, depth + 1, as_text=as_text)
                continue
            value = self._node(event, depth + 1, as_text=as_text, whole=True)
            if key in result:
                self._faults.append(twice(key, line))
            result[key] = value
        return {**merged, **result}

    def _pairs(self) -> Iterator[tuple[str, _Event, int]]:
        """Each name of a mapping, the first event of its value, and its line."""
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if isinstance(event, yaml.ScalarEvent):
                yield event.value, next(self._events), _line(event)
                continue
            message = "a list or a mapping stands where the name of a field is expected"
            self._faults.append(Fault(message, 'write "name: value"', _line(event)))
            self._node(event, 1, as_text=True)
            self._node(next(self._events), 1, as_text=True)

    def _merged(self, event: _Event, depth: int, *, as_text: bool) -> dict[str, Any]:
        """What ``<<`` brings in; of several mappings the first that has a name wins."""
        value = self._node(event, depth, as_text=as_text)
        parts = value if isinstance(value, list) else [value]
        if not all(isinstance(part, dict) for part in parts):
            hint = "name a mapping, as in <<: *defaults"
            self._faults.append(Fault("<< brings in what is no mapping", hint, _line(event)))
            return {}
        return {name: part[name] for part in reversed(parts) for name in part}

    def _alias(self, event: _Event) -> Any:
        if event.anchor not in self._anchors:
            message = f"{show(f'*{event.anchor}')} refers to nothing above it"
            hint = "put text that begins with * in quotes"
            self._faults.append(Fault(message, hint, _line(event)))
            return None
        value, size = self._anchors[event.anchor]
        self._count += size
        return value

    def _scalar(self, event: _Event, *, as_text: bool, whole: bool) -> Any:
        if not event.implicit[0]:
            return event.value
        end = event.end_mark
        rest = self._lines[end.line][end.column :] if end.line < len(self._lines) else ""
        self._attempt(refuse_lost_text, rest, end.line + 1)
        if as_text:
            return text_value(event.value, whole=whole)
        return self._attempt(plain_value, event.value, _line(event))

    def _attempt(self, make: Callable[..., T], *values: Any, **more: Any) -> T | None:
        """What ``make`` gives, or None where it has a fault, which is kept."""
        try:
            return make(*values, **more)
        except Fault as fault:
            self._faults.append(fault)
            return None


def _line(event: _Event) -> int:
    return int(event.start_mark.line) + 1
