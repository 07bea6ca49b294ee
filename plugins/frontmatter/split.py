"""Where front matter ends and the text begins, and which dialect it is in.

Strict where front matter is meant as such and broken, lenient where a text merely begins with a
rule (``---``), or with a word and a colon.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plugins.frontmatter import pelican_dialect as pelican
from plugins.frontmatter.fences import FENCES, Dialect, Fence, load
from plugins.frontmatter.json_dialect import read_object
from plugins.frontmatter.shape import field_name, is_sentence, meant_as_fields, paragraph
from plugins.frontmatter.slips import closed_too_late, not_closed, not_opened
from plugins.frontmatter.table import Table
from plugins.frontmatter.values import Fault, Faults, show

_OBJECT = re.compile(r"\{\s*(?:[\"'}]|//|/\*|[A-Za-z_$][\w$-]*\s*:|$)")


@dataclass(frozen=True, slots=True)
class Split:
    """A file in two: its fields, with lines counted in the file, and its body.

    ``body_line`` is the line of the file, from 1, where ``body`` begins.
    """

    dialect: Dialect
    table: Table
    body: str
    body_line: int


class UnreadableFieldsError(Faults):
    """Front matter that cannot be read, above a body that can: ``rest`` has no fields."""

    def __init__(self, faults: Iterable[Fault], rest: Split) -> None:
        super().__init__(faults)
        self.rest = rest


def split(text: str) -> Split:
    """The front matter and the body of ``text``, which is not blank.

    Raises `Faults` with lines counted in ``text``, as `UnreadableFieldsError` where it is clear
    where the body begins.
    """
    lines = text.split("\n")
    top = next(number for number, line in enumerate(lines) if line.strip())
    opening = lines[top].rstrip().replace("--- ", "---")
    if opening in FENCES:
        found = _fenced(FENCES[opening], lines, top)
    elif _OBJECT.match(opening) and _is_object(lines[top:]):
        found = _object(lines, top)
    else:
        found = _pelican(lines, top)
    return found or Split("none", Table(), text, 1)


def _fenced(fence: Fence, lines: Sequence[str], top: int) -> Split | None:
    """What stands between two fences; None if that is text between two rules."""
    below = range(top + 1, len(lines))
    end = next((n for n in below if lines[n].rstrip() in fence.closing), None)
    block = lines[top + 1 : end]
    meant = meant_as_fields(block)
    if end is None:
        if meant:
            raise Faults([not_closed(lines, top)])
        return None
    if lines[top].rstrip() == "---" and not meant and not _is_mapping(fence, block):
        return None
    try:
        value = load(fence, block, top + 1)
    except Faults as error:
        if late := closed_too_late(fence, block, top + 1):
            raise Faults([late]) from error
        rest = _split(fence.dialect, Table(), lines, end + 1)
        raise UnreadableFieldsError(error.faults, rest) from error
    if not isinstance(value, Table):
        hint = 'write one "name: value" on each line'
        fault = Fault(f"{show(value)} stands where fields are expected", hint, top + 2)
        raise UnreadableFieldsError([fault], _split(fence.dialect, Table(), lines, end + 1))
    return _split(fence.dialect, value, lines, end + 1)


def _is_mapping(fence: Fence, block: Sequence[str]) -> bool:
    """Whether a block that names no field we know is front matter: not a text, nor a sentence."""
    try:
        value = load(fence, block, 0)
    except Faults:
        return False
    return not (isinstance(value, str) or (isinstance(value, Table) and is_sentence(value)))


def _is_object(lines: Sequence[str]) -> bool:
    """Whether a brace at the top opens JSON: a name or a comment follows, or the object ends."""
    start = "\n".join(lines[:3]).lstrip()[1:].lstrip()
    return start.startswith(('"', "}", "'", "//", "/*")) or field_name(start) is not None


def _object(lines: Sequence[str], top: int) -> Split:
    text = "\n" * top + "\n".join(lines[top:])
    table, end = read_object(text)
    return _split("json", table, lines, text.count("\n", 0, end) + 1)


def _pelican(lines: Sequence[str], top: int) -> Split | None:
    if slip := not_opened(lines, top):
        raise Faults([slip])
    block = paragraph(lines[top:])
    if not pelican.begins(block):
        return None
    end = top + len(block)
    try:
        return _split("pelican", pelican.load(block, top), lines, end)
    except Faults as error:
        raise UnreadableFieldsError(error.faults, _split("pelican", Table(), lines, end)) from error


def _split(dialect: Dialect, table: Table, lines: Sequence[str], end: int) -> Split:
    """The lines up to ``end`` (from 0) were read as ``table``."""
    return Split(dialect, table, "\n".join(lines[end:]), end + 1)
