"""JSON front matter (``{...}`` at the top, as Hugo has it), with the line of every field."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from frontmatter.default_handlers import JSONHandler

from plugins.frontmatter.table import Table, bounded, first_line, number, too_deep, twice
from plugins.frontmatter.values import Fault, Faults, show

_SPACE = re.compile(r"[ \t\n]*")
# The parser's words, and what to do about them.
_HINTS = (
    ("property name", 'write every name as "name":, and no comma after the last value'),
    ("',' delimiter", "put a comma after every value but the last, and } after that"),
    ("':' delimiter", 'write "name": "value"'),
    ("trailing comma", "put no comma after the last value"),
    ("Expecting value", 'write text as "text", true, false, null or a number'),
    ("Unterminated string", "close the quotation marks"),
    ("control character", r"close the quotation marks, or write a line end as \n"),
    ("escape", "write each backslash twice"),
)


class StrictJSON(JSONHandler):
    """Reads one JSON object; what follows it is the text of the post."""

    def load(self, fm: str, **_: object) -> Table:
        """The fields in ``fm``, which holds one object and nothing else; raises `Faults`."""
        table, end = read_object(fm)
        _refuse_rest(fm[end:].strip(), fm, end)
        return table


def read_object(text: str) -> tuple[Table, int]:
    """The object that ``text`` begins with, and where it ends: nothing else is on its last line.

    Raises `Faults`.
    """
    try:
        table, end = _Reader(text).fields()
    except json.JSONDecodeError as error:
        raise Faults([_explain(error)]) from error
    except RecursionError as error:
        raise Faults([too_deep(first_line(text))]) from error
    _refuse_rest(text[end:].split("\n", 1)[0].strip(), text, end)
    return table, end


def _refuse_rest(rest: str, text: str, end: int) -> None:
    if rest:
        line = text.count("\n", 0, text.index(rest, end)) + 1
        shown = show(rest.split("\n", 1)[0])
        hint = "begin the text on a line of its own"
        raise Faults([Fault(f"{shown} follows the closing brace", hint, line)])


class _Reader:
    """Reads the top level name by name, because the parser tells no positions."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._counted = 0, 1
        self._faults: list[Fault] = []
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._mapping,
            parse_float=number,
            parse_int=number,
            parse_constant=self._constant,
        )

    def fields(self) -> tuple[Table, int]:
        table = Table()
        self._take("{", "Expecting value")
        if self._next() != "}":
            self._field(table)
        while self._next() != "}":
            self._take(",", "Expecting ',' delimiter")
            self._field(table)
        if self._faults:
            raise Faults(self._faults)
        return bounded(table), self._at + 1

    def _field(self, table: Table) -> None:
        if self._next() != '"':
            self._fail("Expecting property name enclosed in double quotes")
        line = self._line()
        name = self._value()
        self._take(":", "Expecting ':' delimiter")
        self._next()
        value = self._value()
        try:
            table.add(name, value, line, quoted=isinstance(value, str))
        except Fault as fault:
            self._faults.append(fault)

    def _value(self) -> Any:
        value, self._at = self._decoder.raw_decode(self._text, self._at)
        return value

    def _next(self) -> str:
        """The next character that is no white space; empty at the end."""
        found = _SPACE.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._text[self._at : self._at + 1]

    def _take(self, char: str, otherwise: str) -> None:
        if self._next() != char:
            self._fail(otherwise)
        self._at += 1

    def _fail(self, message: str) -> NoReturn:
        raise json.JSONDecodeError(message, self._text, self._at)

    def _line(self) -> int:
        """The line of the place reached, counted on from where it was asked for last."""
        last, line = self._counted
        line += self._text.count("\n", last, self._at)
        self._counted = self._at, line
        return line

    def _mapping(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for name, value in pairs:
            if name in result:
                self._faults.append(twice(name, self._line()))
            result[name] = value
        return result

    def _constant(self, name: str) -> NoReturn:
        raise Faults([Fault(f"{name} is no value in JSON", "write a number or null", self._line())])


def _explain(error: json.JSONDecodeError) -> Fault:
    lines = error.doc.split("\n")
    near = lines[error.lineno - 1].strip()
    hint = next((hint for words, hint in _HINTS if words in error.msg), "check the line above too")
    rest = error.doc[error.pos :].lstrip()
    if rest.startswith("'"):
        hint = "use double quotes"
    if rest.startswith(("//", "/*")):
        hint = "take the comment out: JSON has none"
    if rest.startswith("]") and error.doc[: error.pos].rstrip().endswith(","):
        hint = "take out the comma after the last value"
    if error.pos >= len(error.doc.rstrip()):
        hint = "put } on a line after the last field"
        return Fault("the { at the top is never closed", hint, first_line(error.doc))
    return Fault(f"JSON cannot be read here: {show(near)[1:-1]}", hint, error.lineno)
