"""TOML front matter (``+++``, as Hugo has it), with the line of every field."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import time
from typing import Any

from frontmatter.default_handlers import BaseHandler

from plugins.frontmatter.table import Table, bounded, first_line, number, too_deep, twice
from plugins.frontmatter.values import Fault, Faults, one_line, show

# What can hold a line end or a bracket without ending a value (https://toml.io/en/v1.0.0).
_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?:"{1,2}(?!"))?'
    r"|'''.*?'''(?:'{1,2}(?!'))?"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    r"|[\[{\]}\n]",
    re.DOTALL,
)
# Most statements: a value on one line, without anything in it that could go on.
_SIMPLE = re.compile(
    r"[ \t]*+(?:[A-Za-z0-9_-]++[ \t]*+=[ \t]*+(?:\"[^\"\\\n]*+\"|[^\"'\[{#\n]*+)[ \t]*+)?+\n"
)
_NAME = re.compile(r"""[ \t]*+(\[)?+\[?+[ \t]*+(?:"([^"\n]*)"|'([^'\n]*)'|([A-Za-z0-9_-]+))""")
_LONGEST = 400  # characters of a line that are looked at
_WHERE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_BARE = re.compile(r"\s*+(?P<name>[\w.-]++)\s*+=\s*+(?P<value>[^\"'\[{\s](?:.*\S)?)\s*+")
_COLON = re.compile(r"\s*+(?P<name>[\w-]++)\s*+:\s*+(?P<value>(?:.*\S)?)\s*+")


class StrictTOML(BaseHandler):
    """Reads TOML between two lines of ``+++`` with the standard library's parser."""

    FM_BOUNDARY = re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "+++"

    def load(self, fm: str) -> Table:
        """The fields in ``fm``; raises `Faults`."""
        values = _parse(fm)
        lines: dict[str, int] = {}
        for name, line in _names(fm):
            lines.setdefault(name, line)
        table = Table()
        for name, value in values.items():
            quoted = isinstance(value, str)
            table.add(name, _without_times(value), lines.get(name, first_line(fm)), quoted=quoted)
        return bounded(table)


def _parse(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(f"{text}\n", parse_float=number)
    except tomllib.TOMLDecodeError as error:
        raise Faults([_explain(text, str(error))]) from error
    except RecursionError as error:
        raise Faults([too_deep(first_line(text))]) from error
    except ValueError as error:  # Python refuses to read integers of thousands of digits
        raise Faults(
            [Fault("a number has thousands of digits", "put it in quotes", first_line(text))]
        ) from error


def _names(text: str) -> Iterator[tuple[str, int]]:
    """Each name at the top level of ``text``, which is valid TOML, and its line."""
    top = True
    for statement, line in _statements(text):
        found = _NAME.match(statement)
        if found and (top or found[1]):
            top = not found[1] and top
            yield next(part for part in found.groups()[1:] if part is not None), line


def _statements(text: str) -> Iterator[tuple[str, int]]:
    """Each statement of ``text``, on as many lines as it takes, and its first line."""
    text = f"{text}\n"
    start, line = 0, 1
    while start < len(text):
        if simple := _SIMPLE.match(text, start):
            end, lines = simple.end(), 1
        else:
            end = _end(text, start)
            lines = text.count("\n", start, end)
        yield text[start : end - 1], line
        line += lines
        start = end


def _end(text: str, start: int) -> int:
    """Where the statement at ``start`` is over, behind its last line."""
    depth = 0
    for token in _TOKEN.finditer(text, start):
        if token[0] in "[{":
            depth += 1
        elif token[0] in "]}":
            depth -= 1
        elif token[0] == "\n" and not depth:
            return token.end()
    return len(text)


def _without_times(value: Any) -> Any:
    """``value`` with times of day, which belong to no day, as text."""
    if isinstance(value, dict):
        return {name: _without_times(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_without_times(inner) for inner in value]
    return value.isoformat() if isinstance(value, time) else value


def _explain(text: str, message: str) -> Fault:
    """The fault behind ``message``, tomllib's when it read ``text``."""
    lines = text.split("\n")
    where = _WHERE.search(message)
    line = int(where[1]) if where and where[1] else len(lines)
    problem = _WHERE.sub("", message)
    written = lines[line - 1][:_LONGEST]
    if "overwrite" in problem or "twice" in problem:
        name = _NAME.match(written)
        return twice(name[0].strip(" \t[") if name else one_line(written), line)
    if "Unterminated" in problem or ("Illegal character" in problem and r"\n" in problem):
        return Fault("quotation marks open here and never close", "close them", line)
    if "Unescaped" in problem:
        hint = "use single quotes, or write each backslash twice"
        return Fault("a backslash between double quotes begins an escape", hint, line)
    found = _BARE.fullmatch(written)
    if found and found["value"][0].isdigit():
        hint = "correct it, or put it in quotes"
        return Fault(f"{show(found['value'])} is no date, time or number", hint, line)
    if "after a statement" in problem:
        return Fault(
            "text goes on after the value", "put the whole value in one pair of quotes", line
        )
    if found := _COLON.fullmatch(written):
        hint = f'write {found["name"]} = "{show(found["value"])[1:-1]}"'
        return Fault(f"{show(written)} is written as in YAML, and this is TOML", hint, line)
    if found := _BARE.fullmatch(written):
        return _bare(found["name"], found["value"], line)
    if where and not where[1]:
        return Fault("the last value is not finished", "close its brackets and quotes", line)
    hint = 'write every line as name = "value"'
    return Fault(f"TOML cannot read {show(written)}", hint, line)


def _bare(name: str, value: str, line: int) -> Fault:
    """The fault of a value without quotes that is no number, date, true or false."""
    if value.lower() in ("true", "false"):
        return Fault(f"{show(value)} has a capital letter", f"write {name} = {value.lower()}", line)
    hint = f'put it in quotes: {name} = "{show(value)[1:-1]}"'
    return Fault(f"{show(value)} is no value in TOML", hint, line)
