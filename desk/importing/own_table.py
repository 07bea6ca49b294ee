"""The table ``SHORTCODES`` in the settings of a site: what its own shortcodes become.

An import fills it with the names that it found and does not know, each with ``""``; a person
says what they mean, and imports again. ``docs/moving-in.md`` has the words that may stand there.
"""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from desk.errors import DeskError
from desk.importing.model import Item, Page
from desk.importing.own_tags import is_understood
from desk.importing.reading import LARGEST_TEXT

NAME = "SHORTCODES"
_UNKNOWN = re.compile(r"(?:the (?:shortcode|tag|component)|include\w*+) (?P<name>[\w./-]++)")


def table_in(settings: Path) -> dict[str, str]:
    """The table in a settings file, read as data; empty where there is none.

    Raises DeskError for one that is no table of texts, or says what cannot be understood.
    """
    if not settings.is_file() or settings.stat().st_size > LARGEST_TEXT:
        return {}
    found = _assigned(settings.read_text("utf-8"), settings)
    if found is None:
        return {}
    where = f"{settings}:{found.lineno}: {NAME}"
    try:
        table = {
            str(name).lower(): str(said) for name, said in ast.literal_eval(found.value).items()
        }
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise DeskError(f"{where}: this is no table; write names and texts only") from error
    for name, said in table.items():
        if not is_understood(said):
            hint = "write a name, figure(src=file, alt='...'), template, text, drop or nothing"
            raise DeskError(f"{where}: {name}: {said!r} says nothing; {hint}")
    return table


def _assigned(text: str, settings: Path) -> ast.Assign | None:
    try:
        statements = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError) as error:
        raise DeskError(f"{settings} cannot be read: {error}; correct it") from error
    assigned = (one for one in statements if isinstance(one, ast.Assign))
    return next((one for one in assigned if ast.unparse(one.targets[0]) == NAME), None)


def rows(table: Mapping[str, str], items: Iterable[Item]) -> Iterator[str]:
    """The lines of the table: what was said of each name, and how often those are that say nothing."""
    unknown = Counter(
        found["name"].rpartition("/")[2].lower()
        for item in items
        if isinstance(item, Page)
        for note in item.notes
        if note.sure != "sure" and (found := _UNKNOWN.fullmatch(note.kind))
    )
    yield f"{NAME} = {{"
    for name in sorted({*table, *unknown}):
        said = table.get(name, "")
        count = "" if said else f"  # {unknown[name]}"
        yield f"    {_quoted(name)}: {_quoted(said)},{count}"
    yield "}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def renewed(settings: Path, lines: Iterable[str]) -> str:
    """A settings file that was edited, with ``lines`` in the place of its table."""
    text = settings.read_text("utf-8")
    found = _assigned(text, settings)
    if found is None:
        return text
    old = text.split("\n")
    old[found.lineno - 1 : found.end_lineno] = lines
    return "\n".join(old)
