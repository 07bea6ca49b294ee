"""What a writer did when YAML cannot be read: told from the line, not in the parser's words.

The parser says where it stopped, which is where a mistake shows, not always where it was made.
The line in question and the one above say more than its message, and say the same with PyYAML's C
parser and its Python one.
"""

from __future__ import annotations

import re

import yaml

from plugins.frontmatter.values import Fault, one_line, show

_ITEM = r"\s*+(?:- ++(?=\S))*+"
_FIELD = re.compile(
    rf"{_ITEM}(?:(?P<name>\w(?:[^:#\s]++|\s++(?!:))*+)\s*+:\s++)?(?P<value>\S(?:.*\S)?)\s*+"
)
_NO_SPACE = re.compile(r"\s*+(?P<name>[A-Za-z][\w-]*+):(?P<value>[^\s/:](?:.*\S)?)\s*+")
# What a backslash between double quotes may begin (YAML 1.2, section 5.7), is not this.
_BAD_ESCAPE = re.compile(r"""\\(?:[^0abt\tnvfe "/\\N_LPxuU]|[xuU](?![0-9a-fA-F]{2}))""")
_HALF_CHARACTER = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")
_LONGEST = 400  # characters of a line that are looked at
_NO_PLAIN_START = "@`%*&!|>{["


def explain(text: str, error: yaml.YAMLError) -> Fault:
    """The fault behind ``error``, which PyYAML raised when it read ``text``; lines from 1."""
    lines = [line[:_LONGEST] for line in text.split("\n")]
    problem = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}"
    stopped, began = _marks(error, len(lines) - 1)
    return _open(problem, lines, began) or _on_line(problem, lines, stopped)


def _marks(error: yaml.YAMLError, last: int) -> tuple[int, int]:
    """The lines from 0 where the parser stopped, and where what it was reading began."""
    stopped = getattr(error, "problem_mark", None)
    began = getattr(error, "context_mark", None)
    line = min(stopped.line, last) if stopped else 0
    return line, min(began.line, last) if began else line


def _open(problem: str, lines: list[str], began: int) -> Fault | None:
    """A fault of something that is opened on the line ``began`` and not ended."""
    line = lines[began]
    if "quoted scalar" in problem and "end of stream" in problem:
        return Fault("quotation marks open here and never close", "close them", began + 1)
    if "',' or" in problem:
        message = "a list or mapping in brackets opens here and is not closed"
        hint = "close it as in [one, two], or put text with brackets in quotes"
        return Fault(message, hint, began + 1)
    if "expected ':'" in problem:
        return _no_space(lines, began) or _no_colon(line, began)
    return None


def _no_colon(line: str, at: int) -> Fault:
    hint = "add the name and a colon, or indent the line if it continues the one above"
    return Fault(f'{show(line)} is not "name: value"', hint, at + 1)


def _on_line(problem: str, lines: list[str], at: int) -> Fault:
    """A fault of the line ``at``, where the parser stopped."""
    line = lines[at]
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return Fault("the line is indented with a tab", "indent with spaces", at + 1)
    found = _FIELD.fullmatch(line)
    above = _above(lines, at)
    fault = (_value(found["name"], found["value"], at + 1) if found else None) or _no_space(
        lines, above
    )
    if fault:
        return fault
    if line.lstrip()[:2] == "- " or lines[above].lstrip()[:2] == "- ":
        hint = "put list items below the name of the field they belong to"
        return Fault("list items and fields stand side by side", hint, at + 1)
    if at != above and not re.search(r":(\s|$)", lines[above]):
        return _no_colon(lines[above], above)
    if at != above and _indent(line) > _indent(lines[above]):
        hint = "begin every field at the left edge, and what belongs to it two spaces further in"
        return Fault("the line is indented and the one above is complete", hint, at + 1)
    said = one_line(problem.replace("None", ""))
    hint = "check the quotes and the indentation of this line and the one above"
    return Fault(f"YAML cannot read this line ({said})", hint, at + 1)


def _value(name: str | None, value: str, line: int) -> Fault | None:
    """A fault of ``value``, written after ``name:`` or as an item of a list."""
    before = f"{name}: " if name else "- "
    if value[0] == '"' and _BAD_ESCAPE.search(value):
        hint = f"use single quotes, as in {before}'C:\\new', or write each backslash twice"
        return Fault("a backslash between double quotes begins an escape", hint, line)
    if value[0] == '"' and (half := _HALF_CHARACTER.search(value)):
        hint = "write the character itself, or its number as in \\U0001F600"
        return Fault(f"{half[0]} is half a character, which is not text", hint, line)
    if value[0] in "\"'":
        hint = "put the whole value in one pair of quotes"
        hint += ", and write each apostrophe in it twice" if value[0] == "'" else ""
        return Fault(f"text goes on after the closing {value[0]}", hint, line)
    if value[0] in _NO_PLAIN_START:
        hint = f"write {before}{quoted(value)}"
        return Fault(f"a value that begins with {value[0]} must be in quotes", hint, line)
    if value.startswith("- "):
        hint = "write each item on a line of its own below, or [one, two]"
        return Fault("a list begins on the line of its name", hint, line)
    if name and re.search(r":(\s|$)", value):
        return Fault(
            "a value with a colon in it must be in quotes", f"write {before}{quoted(value)}", line
        )
    return None


def _no_space(lines: list[str], at: int) -> Fault | None:
    found = _NO_SPACE.fullmatch(lines[at])
    if not found:
        return None
    hint = f"write {found['name']}: {_shortened(found['value'])}"
    return Fault(f"{show(lines[at])} has no space after the colon", hint, at + 1)


def quoted(value: str) -> str:
    """``value`` in the quotes that YAML takes it in, shortened where it is long."""
    short = _shortened(value)
    return f'"{short}"' if not set(short) & set('"\\') else "'" + short.replace("'", "''") + "'"


def _shortened(value: str) -> str:
    return show(value)[1:-1]


def _above(lines: list[str], at: int) -> int:
    """The last line above ``at`` that says something, or ``at`` itself."""
    said = (number for number in range(at - 1, -1, -1) if lines[number].strip())
    return next(said, at)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
