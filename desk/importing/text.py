"""A folder of plain texts and Markdown, with dates and titles in their names or first lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from desk.importing.files import MARKDOWN, other
from desk.importing.identity import no_id
from desk.importing.model import Facts, Item, Note, Page, Refusal
from desk.importing.own_tags import is_literal
from desk.importing.reading import Read, files_below, read
from desk.importing.text_names import date_in, line_says, slug_in
from plugins.markup import plaintext

_TEXTS = MARKDOWN | {".txt", ".text", ".mdown", ""}
_ABOUT = frozenset({"readme", "license", "licence", "changelog", "contributing", "copying"})
_TOP = 6
_SERIAL = re.compile(r"\d{1,3}[-_. ]+(?=\D)|[_-]?[0-9a-f]{12,64}\b")


# The id of a post in its feeds.
entry_id = no_id


def facts(_source: Path) -> Facts:
    """Nothing: there are no settings; ``--url`` gives the address of the site."""
    return Facts()


def items(source: Path, said: Facts, step: Callable[[str], None]) -> Iterator[Item]:
    """Every file of the folder and what it becomes; ``step`` is told each name."""
    for name in files_below(source):
        step(name)
        path = PurePosixPath(name)
        if path.suffix.lower() not in _TEXTS:
            yield other(name, f"posts/{name}")
        elif path.stem.lower() in _ABOUT:
            yield Refusal(name, "it is about the files, and no text of its own")
        else:
            yield _page(source, name, said)


def _page(source: Path, name: str, said: Facts) -> Item:
    path = PurePosixPath(name)
    try:
        old = read(source / name, name)
    except (OSError, ValueError) as error:
        return Refusal(name, str(error))
    if not old.body.strip():
        return Refusal(name, "it is empty")
    notes = [Note(1, "front matter", message) for message in old.mended]
    fields = {key: value for key, value in old.fields.items() if key != "template"}
    day, named = date_in(path.stem)
    body = _top(old, fields, notes)
    if "title" not in fields:
        body = _titled(body, old.line, _SERIAL.sub("", named) or named, fields, notes)
    if "date" not in fields and day is None:
        day = date_in("-".join(path.parts[:-1]))[0]
    if "date" not in fields and day:
        fields["date"] = day
        notes.append(Note(1, "date", "read from its name", "sure"))
    elif "date" not in fields:
        moment = datetime.fromtimestamp((source / name).stat().st_mtime, UTC)
        fields["date"] = moment.date()
        notes.append(Note(1, "date", "no date anywhere: that of the file's last change"))
    if "permalink" not in fields and (
        slug := slug_in(_SERIAL.sub("", named)) or slug_in(str(fields["title"]))
    ):
        fields["permalink"] = (
            said.permalink.replace(":slug", slug).replace(":title", slug) or f"/{slug}/"
        )
    if any(part.lower().strip("_") == "drafts" for part in path.parts[:-1]):
        fields["draft"] = True
    if is_literal(body):
        fields.setdefault("render_with_liquid", False)
    return Page(name, f"posts/{path.with_suffix('.md')}", fields, body, tuple(notes))


def _top(old: Read, fields: dict[str, Any], notes: list[Note]) -> str:
    """The text without the lines at its top that give a date, an author, a title or tags."""
    lines = old.body.split("\n")
    seen = 0
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        seen += 1
        found = line_says(line)
        if seen > _TOP or (found is None and seen > 2):
            break
        if found and found[0] not in fields:
            fields[found[0]] = found[1]
            notes.append(
                Note(old.line + number, found[0], f"read from the line {line.strip()!r}", "sure")
            )
            lines[number] = ""
    return "\n".join(lines)


def _titled(body: str, line: int, named: str, fields: dict[str, Any], notes: list[Note]) -> str:
    """The text with its headings marked, and its title among the fields."""
    if heading := plaintext.first_heading(body, line):
        fields["title"] = heading.text
        return heading.body
    plain = plaintext.interpret(body, line)
    if plain.title:
        fields["title"] = plain.title
        notes.append(Note(plain.title_line, "title", "its first line", "sure"))
        return plain.body if not plain.markers else _without_title(body, plain.title_line - line)
    words = re.sub(r"[-_]+", " ", named).strip()
    fields["title"] = (words[:1].upper() + words[1:]) or "Untitled"
    notes.append(Note(1, "title", "made from the name of the file", "guess"))
    return body


def _without_title(body: str, number: int) -> str:
    lines = body.split("\n")
    lines[number] = ""
    return "\n".join(lines)
