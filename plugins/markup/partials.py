"""A site's own shortcodes: ``{{< name key="value" >}}``, shown by a Jinja template of that name.

The template gets the arguments by their names, escaped, and what stands between the call and
``{{< /name >}}`` as ``inner``, which is read as Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from plugins.errors import Problem
from plugins.markup.source import masked

MOST_ARGUMENTS = 20
LONGEST_ARGUMENT = 2_000
LARGEST_TEMPLATE = 100_000
FOLDER = "shortcodes"
_RULE = "shortcode"
_CALL = re.compile(
    r"\{\{<[ \t]*+(?P<close>/)?+[ \t]*+(?P<name>[\w-]++)"
    r"(?P<said>(?:\"(?:[^\"\\\n]|\\.)*+\"|[^\"<>{}/\n]++|/(?!>\}\}))*+)(?P<alone>/)?+>\}\}"
)
_ARGUMENT = re.compile(
    r"(?<![\w-])(?P<key>[A-Za-z][\w-]*+)[ \t]*+=[ \t]*+(?:\"(?P<text>(?:[^\"\\]|\\.)*+)\"|(?P<bare>[^\s\"]++))"
)
_PRE = re.compile(r"<(?:pre|textarea)\b(?:[^<]++|<(?!/(?:pre|textarea)))*+", re.IGNORECASE)
_INNER = "\ue010"
_OPENED = re.compile(
    r"<(?P<name>div|section|aside|figure|article|details|blockquote|header|footer)\b(?P<rest>[^<>]*+)>"
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A text with the HTML of its shortcodes, with as many lines as before, and what went wrong."""

    text: str
    problems: tuple[Problem, ...] = ()


def partials(site: Path, table: Mapping[str, str]) -> tuple[tuple[str, str | None], ...]:
    """The templates of the names that ``table`` says are shown by one; None for one that is missing.

    ``template`` is ``shortcodes/<name>.html`` below ``site``, ``template a/b.html`` that file. Raises
    ValueError for one that leads out of the site or is too large.
    """
    found = []
    for name, said in sorted(table.items()):
        word, _, where = said.partition(" ")
        if word != "template":
            continue
        path = site / (where.strip() or f"{FOLDER}/{name}.html")
        if not path.resolve().is_relative_to(site.resolve()):
            raise ValueError(
                f"SHORTCODES: {name}: {where} leads out of the site; name a file in it"
            )
        if path.is_file() and path.stat().st_size > LARGEST_TEMPLATE:
            raise ValueError(f"SHORTCODES: {name}: {path} is larger than {LARGEST_TEMPLATE} bytes")
        found.append((name.lower(), path.read_text("utf-8") if path.is_file() else None))
    return tuple(found)


def expand(
    text: str, known: tuple[tuple[str, str | None], ...], first_line: int = 1, path: str = ""
) -> Shown:
    """``text`` with each call of a known name as its template shows it; code is left alone."""
    if not known or "{{<" not in text:
        return Shown(text)
    table = dict(known)
    calls = [found for found in _CALL.finditer(masked(text)) if found["name"].lower() in table]
    made: list[str] = []
    problems: list[Problem] = []
    at = 0
    for found, half, first in _halves(calls):
        line = first_line + text.count("\n", 0, found.start())
        made.append(text[at : found.start()])
        at = found.end()
        said = text[first.start("said") : first.end("said")]
        try:
            made.append(_shown(found["name"].lower(), said, table, half))
        except _FaultError as fault:
            if half != "end":
                shown = f"{{{{< {found['name']} >}}}}"
                problem = Problem(path, line, "body", f"{shown}: {fault}", fault.hint, _RULE)
                problems.append(problem)
    made.append(text[at:])
    return Shown("".join(made), tuple(problems))


class _FaultError(ValueError):
    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def _halves(
    calls: list[re.Match[str]],
) -> Iterator[tuple[re.Match[str], str, re.Match[str]]]:
    """Each call: alone, or the beginning or end of one with a text; and where its arguments stand."""
    opened: dict[str, list[int]] = {}
    kinds = ["alone"] * len(calls)
    begins = list(range(len(calls)))
    for number, found in enumerate(calls):
        name = found["name"].lower()
        if found["close"]:
            kinds[number] = "stray"
            if waiting := opened.get(name):
                begins[number] = waiting.pop()
                kinds[begins[number]], kinds[number] = "begin", "end"
        elif not found["alone"]:
            opened.setdefault(name, []).append(number)
    for found, kind, first in zip(calls, kinds, begins, strict=True):
        yield found, kind, calls[first]


def _shown(name: str, said: str, table: Mapping[str, str | None], half: str) -> str:
    template = table[name]
    if template is None:
        hint = f"write it, or change what SHORTCODES says of {name}"
        raise _FaultError(f"its template {FOLDER}/{name}.html is missing", hint)
    if half == "stray":
        raise _FaultError("nothing here begins what this ends", "take it out")
    arguments = _arguments(said)
    try:
        html = _template(template).render(**arguments, inner=_INNER if half != "alone" else "")
    except (TemplateError, ValueError, TypeError, ArithmeticError, RecursionError) as error:
        raise _FaultError(f"its template fails ({error})", "give what it asks for") from error
    before, _, after = _on_one_line(html).partition(_INNER)
    return {"alone": before, "begin": _with_markdown(before), "end": after}[half]


def _arguments(said: str) -> dict[str, str]:
    arguments = {
        found["key"].replace("-", "_"): re.sub(r"\\(.)", r"\1", found["text"])
        if found["text"] is not None
        else found["bare"]
        for found in _ARGUMENT.finditer(said)
    }
    if left := _ARGUMENT.sub("", said).strip(" \t/"):
        raise _FaultError(f"{left[:40]!r} is no argument", 'write name="value"')
    if len(arguments) > MOST_ARGUMENTS:
        raise _FaultError(f"it has {len(arguments)} arguments", f"give at most {MOST_ARGUMENTS}")
    if long := next((key for key, one in arguments.items() if len(one) > LONGEST_ARGUMENT), ""):
        hint = f"give at most {LONGEST_ARGUMENT} characters, or write the text between two calls"
        raise _FaultError(f"{long} is too long", hint)
    return arguments


@lru_cache(maxsize=256)
def _template(text: str) -> Template:
    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    return environment.from_string(text)


def _on_one_line(html: str) -> str:
    """``html`` without line breaks, so that the lines below it keep their numbers."""
    kept = _PRE.sub(lambda found: found[0].replace("\n", "&#10;"), html.strip())
    return re.sub(r"(?<![ \t])[ \t]*+\n\s*+", " ", kept)


def _with_markdown(before: str) -> str:
    """The opening half, whose innermost block says that Markdown is in it."""
    blocks = list(_OPENED.finditer(before))
    if not blocks or "markdown=" in before:
        return before
    place = blocks[-1].end() - 1
    return f'{before[:place]} markdown="1"{before[place:]}'
