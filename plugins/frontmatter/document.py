"""Front matter of every dialect, read into one set of fields.

The dialects are handlers of python-frontmatter, made strict; this module holds what they have in
common: names are brought together by the table in `plugins.frontmatter.fields`, two names for one thing must
not disagree, and everything that is wrong is told at once, with its line in the file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from plugins.errors import Problem, SiteError
from plugins.frontmatter.decoding import decode
from plugins.frontmatter.fences import Dialect
from plugins.frontmatter.fields import Match, fold, match
from plugins.frontmatter.known import EXTRA
from plugins.frontmatter.settings import OwnNames
from plugins.frontmatter.split import Split, UnreadableFieldsError, split
from plugins.frontmatter.table import Table
from plugins.frontmatter.values import (
    Faults,
    boolean,
    is_boolean,
    is_empty,
    items,
    one_line,
    show,
    written,
)
from plugins.post import Frozen


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name in this house, the key as written, its value and its line in the file.

    The value is plain Python: text, numbers, dates, lists and dicts. ``quoted`` says that it is
    one text in quotes (in TOML and JSON all text is).
    """

    name: str
    key: str
    value: Any
    line: int
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    r"""A source file: its fields by our names, all others by the key as written, and its text.

    Fields that say nothing (no value, an empty list) are left out. ``body_line`` is the line of
    the file, from 1, where ``body`` begins; line ends in ``body`` are ``\n``.
    """

    path: str
    dialect: Dialect
    fields: Mapping[str, Field]
    extra: Mapping[str, Field]
    body: str
    body_line: int


_NO_NAMES = OwnNames()


class FlawedDocumentError(SiteError):
    """A file whose front matter has faults; ``document`` is what is known of it all the same.

    ``complete`` says that it has all of the fields, so that they can be checked too.
    """

    def __init__(self, problems: Iterable[Problem], document: Document, *, complete: bool) -> None:
        super().__init__(problems)
        self.document = document
        self.complete = complete


def parse(data: bytes, path: str, names: OwnNames = _NO_NAMES) -> Document:
    """Read a source file; ``path`` is how it is called in problems, ``names`` are the site's own.

    Raises `SiteError` with every problem of the file's encoding and front matter, as
    `FlawedDocumentError` where its body is known.
    """
    try:
        parts = split(decode(data, path))
    except UnreadableFieldsError as error:
        document = _document(path, error.rest, {}, {})
        raise FlawedDocumentError(_problems(error, path), document, complete=False) from error
    except Faults as error:
        raise SiteError(_problems(error, path)) from error
    fields, extra, problems = _sorted(parts.table, path, names)
    document = _document(path, parts, fields, extra)
    if problems:
        raise FlawedDocumentError(problems, document, complete=True)
    return document


def _document(
    path: str, parts: Split, fields: Mapping[str, Field], extra: Mapping[str, Field]
) -> Document:
    known, others = Frozen(fields), Frozen(extra)
    return Document(path, parts.dialect, known, others, parts.body, parts.body_line)


def _problems(error: Faults, path: str) -> Iterator[Problem]:
    for fault in error.faults:
        where = (path, fault.line or 1, "front matter")
        yield Problem(*where, fault.message, fault.hint, "front-matter")


def _sorted(
    table: Table, path: str, names: OwnNames
) -> tuple[dict[str, Field], dict[str, Field], list[Problem]]:
    """The fields we know, by our names, the others, and a problem for each that disagree."""
    candidates: dict[str, list[tuple[int, Field]]] = defaultdict(list)
    extra: dict[str, Field] = {}
    for field, kind in _matched(table, names):
        if kind is None:
            extra[field.key] = field
        elif not is_empty(field.value):
            candidates[field.name].append((kind.rank, field))
    fields: dict[str, Field] = {}
    problems: list[Problem] = []
    for name, ranked in candidates.items():
        if len(ranked) == 1:
            fields[name] = ranked[0][1]
            continue
        best = min(rank for rank, _ in ranked)
        fields[name], *others = (field for rank, field in ranked if rank == best)
        problems += [p for other in others if (p := _disagreement(fields[name], other, path))]
        extra |= {field.key: field for rank, field in ranked if rank > best}
    return fields, extra, problems


def _matched(table: Table, names: OwnNames) -> Iterator[tuple[Field, Match | None]]:
    """Each field with what its name stands for; a weight is a part in a series only."""
    kinds = {key: meaning(key, value, names) for key, value in table.items()}
    serial = any(kind and kind.name == "series" for kind in kinds.values())
    for key, value in table.items():
        kind = kinds[key] if serial or fold(key) != "weight" else None
        name = kind.name if kind else key
        yield Field(name, key, value, table.lines[key], key in table.quoted), kind


def meaning(key: str, value: Any, names: OwnNames) -> Match | None:
    """What a name stands for: the site decides, then the registry."""
    own = names.of(key)
    if own is None:
        return match(key, value)
    return None if own == EXTRA else Match(0, own)


def _disagreement(first: Field, second: Field, path: str) -> Problem | None:
    if _comparable(first.value) == _comparable(second.value):
        return None
    message = (
        f"line {first.line} has {first.key}: {show(first.value)}, this is {show(second.value)}"
    )
    return Problem(path, second.line, second.key, message, "keep one of the two", "fields-disagree")


def _comparable(value: Any) -> object:
    """``value`` so that two ways to write the same are equal: one text, a list of one text."""
    if is_boolean(value):
        return boolean(value)
    return [one_line(written(item)) for item in items(value)]
