"""The files of an old site: found, bounded and read. Nothing outside of its folder is looked at."""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from desk.errors import DeskError
from plugins.errors import SiteError
from plugins.frontmatter.dates import parse_date
from plugins.frontmatter.document import Document, FlawedDocumentError, parse

MOST_FILES = 200_000
LARGEST_TEXT = 8_000_000
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f]")
_FIELD = re.compile(r"[A-Za-z][\w-]*+ ?:(?:\s|$)")
_SKIPPED = frozenset({"node_modules", "vendor", "__pycache__"})


@dataclass(frozen=True, slots=True)
class Read:
    """The fields of a file by our names (others as written), its text, and where that begins."""

    fields: dict[str, Any]
    body: str
    line: int
    mended: tuple[str, ...] = ()


def files_below(folder: Path) -> Iterator[str]:
    """The paths of all files below ``folder``, relative to it, in order; no hidden ones, no links."""
    found = 0
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and name not in _SKIPPED
        )
        for name in sorted(names):
            path = Path(at, name)
            if name.startswith(".") or path.is_symlink() or not path.is_file():
                continue
            found += 1
            if found > MOST_FILES:
                raise DeskError(f"{folder} has more than {MOST_FILES} files; name a smaller folder")
            yield path.relative_to(folder).as_posix()


def read(path: Path, name: str, mend: Callable[[bytes], bytes] = bytes) -> Read:
    """The fields and the text of a file. Raises ValueError with the reason if it has none.

    ``mend`` writes what is not known here in another way.
    """
    if path.stat().st_size > LARGEST_TEXT:
        raise ValueError(f"it is larger than {LARGEST_TEXT} bytes")
    return read_bytes(mend(path.read_bytes()), name)


def read_bytes(data: bytes, name: str) -> Read:
    """The fields and the text of a document. Raises ValueError with the reason if it has none."""
    try:
        return _read(parse(data, name))
    except FlawedDocumentError as error:
        if error.complete:
            return _read(error.document, tuple(problem.message for problem in error.problems))
        return _again(data, name, error)
    except SiteError as error:
        return _again(data, name, error)


def _again(data: bytes, name: str, first: SiteError) -> Read:
    """The file with what can be mended mended. Raises ValueError with the first reasons."""
    try:
        mended = _mended(data.decode("utf-8"))
        return _read(parse(mended.encode(), name), (f"mended to be read: {_reasons(first)}",))
    except (SiteError, UnicodeDecodeError) as error:
        raise ValueError(_reasons(first)) from error


def _reasons(error: SiteError) -> str:
    return "; ".join(f"line {one.line}: {one.message}" for one in error.problems)


def _read(document: Document, mended: tuple[str, ...] = ()) -> Read:
    fields: dict[str, Any] = {name: one.value for name, one in document.fields.items()}
    for key, one in document.extra.items():
        fields.setdefault(key, one.value)
    return Read(fields, document.body, document.body_line, mended)


def _mended(text: str) -> str:
    """``text`` without control characters, and with what cannot be a field joined to that above."""
    lines = _CONTROL.sub("", text).lstrip("\ufeff").split("\n")
    if lines[0].strip() != "---":
        return _joined(lines)
    last = 0
    for number, line in enumerate(lines[1:], 1):
        if line.strip() in {"---", "..."}:
            break
        if _FIELD.match(line):
            last = number
        elif last and line.strip() and not line.startswith((" ", "\t", "-", "#")):
            name, _, value = lines[last].partition(":")
            said = value.strip()
            if said[:1] in {'"', "'"} and said[-1:] == said[:1]:
                said = said[1:-1].replace('\\"', '"')
            lines[last] = f"{name}: {json.dumps(f'{said} {line.strip()}', ensure_ascii=False)}"
            lines[number] = ""
    return "\n".join(lines)


def _joined(lines: list[str]) -> str:
    """The lines of a file of Pelican, where a value that goes on without indentation is one line."""
    end = lines.index("") if "" in lines else len(lines)
    if not _FIELD.match(lines[0]):
        return "\n".join(lines)
    for number in range(1, end):
        if not _FIELD.match(lines[number]) and not lines[number].startswith((" ", "\t")):
            lines[number] = f"    {lines[number]}"
    return "\n".join(lines)


def day_of(value: object) -> tuple[object, bool]:
    """A date without remarks behind it ("2014-07-16 (optional)"), and whether there was one."""
    if isinstance(value, str):
        found = re.match(r"(\d{4}-\d{2}-\d{2})\s*+\(", value)
        if found:
            return date.fromisoformat(found[1]), True
    return value, False


def settings(folder: Path, *names: str) -> dict[str, Any]:
    """The first settings file of these names, YAML, TOML or JSON; empty where there is none."""
    for name in names:
        path = folder / name
        if not path.is_file() or path.is_symlink() or path.stat().st_size > LARGEST_TEXT:
            continue
        text = path.read_text("utf-8", "replace")
        try:
            value = load(text, PurePosixPath(name).suffix)
        except (ValueError, yaml.YAMLError, RecursionError) as error:
            raise DeskError(f"{path} cannot be read: {' '.join(str(error).split())}") from error
        if isinstance(value, dict):
            return value
    return {}


def menu_of(said: Any, name: Any, *addresses: Any) -> tuple[tuple[str, str], ...]:
    """The text and the address of each item of an old menu; ``name`` and ``addresses`` are its keys."""
    found = []
    for item in said if isinstance(said, list | tuple) else ():
        values: dict[Any, Any]
        if isinstance(item, dict):
            values = {str(key).lower(): value for key, value in item.items()}
        elif isinstance(item, list | tuple):
            values = dict(enumerate(item))
        else:
            continue
        where = next((values[key] for key in addresses if values.get(key)), "")
        if values.get(name) and where:
            found.append((str(values[name]), str(where)))
    return tuple(found)


def load(text: str, suffix: str) -> Any:
    """YAML, TOML or JSON, as the suffix says. Raises ValueError or yaml.YAMLError."""
    if suffix == ".toml":
        return tomllib.loads(text)
    return json.loads(text) if suffix == ".json" else yaml.safe_load(text)


def moment_of(value: object) -> datetime | None:
    """The date of a post, read as a build reads it; None where it cannot be."""
    try:
        return parse_date(value, UTC)
    except ValueError:
        return None


def year_month_day(fields: dict[str, Any]) -> tuple[str, str, str] | None:
    """The day of a post as three texts, where its fields say it."""
    moment = moment_of(fields["date"]) if "date" in fields else None
    return (f"{moment.year:04}", f"{moment.month:02}", f"{moment.day:02}") if moment else None
