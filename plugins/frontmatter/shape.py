"""What lines look like: fields, or text. Decides whether broken front matter was meant as such."""

from __future__ import annotations

import re
from collections.abc import Sequence

from plugins.frontmatter.fields import is_telling, match
from plugins.frontmatter.table import Table
from plugins.frontmatter.values import is_scalar, written

_FIELD = re.compile(r"""["']?(?P<name>\w[\w.-]*(?: [\w.-]+){0,2}?)["']?\s*(?:[:=](?!//)|$)""")
# What may stand between fields: an item, a comment, a bracket, a continued line, a table's head.
_BETWEEN = re.compile(r"[-#\[\]{}]|\s")
# Dashes of every length, as word processors make them of hyphens.
_DASHES = re.compile(r"\s*(?:[-\u2010-\u2015\u2212]{1,8}|\+{2,8})\s*")
_SENTENCE = 4  # words


def paragraph(lines: Sequence[str]) -> Sequence[str]:
    """The first lines up to an empty one; empty lines before them are left out."""
    start = next((n for n, line in enumerate(lines) if line.strip()), len(lines))
    end = next((n for n in range(start, len(lines)) if not lines[n].strip()), len(lines))
    return lines[start:end]


def meant_as_fields(lines: Sequence[str]) -> bool:
    """Whether the first paragraph of ``lines`` was meant as fields.

    It was if one of its lines gives a known field, or if all are fields and there are several.
    """
    block = [line for line in paragraph(lines) if not line.startswith("#")]
    named = [name for line in block if (name := field_name(line))]
    if any(map(is_telling, named)):
        return True
    return len(named) > 1 and all(field_name(line) or _BETWEEN.match(line) for line in block)


def field_name(line: str) -> str | None:
    """The name that ``line`` gives a value, or None where it is no field of any dialect."""
    found = _FIELD.match(line)
    return found["name"] if found and found[0][-1:] in ":=" else None


def is_near_fence(line: str) -> bool:
    """Whether ``line`` is only dashes or plus signs: a fence, or what somebody took for one."""
    return _DASHES.fullmatch(line) is not None


def is_sentence(table: Table) -> bool:
    """Whether what YAML reads as one field is a sentence with a colon in it."""
    if len(table) != 1:
        return False
    [(name, value)] = table.items()
    sentence = is_scalar(value) and len(written(value).split()) >= _SENTENCE
    return sentence and name not in table.quoted and match(name) is None
