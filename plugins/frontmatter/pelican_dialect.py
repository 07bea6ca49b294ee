"""Pelican's own front matter: ``Title: ...`` lines at the top, up to the first empty line.

The syntax is python-markdown's "meta" extension
(https://python-markdown.github.io/extensions/meta_data/), read strictly: a line among the fields
that is none of them is a fault, where the extension takes it for text. Every value is text; lines
indented by four spaces continue the value above.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from plugins.frontmatter.fields import is_telling, match
from plugins.frontmatter.table import Table, bounded
from plugins.frontmatter.values import Fault, Faults, show

_FIELD = re.compile(r" {0,3}(?P<name>[A-Za-z0-9_-]+):[ \t]*+(?P<value>.*)")
_MORE = re.compile(r"(?: {4}|\t)\s*(?P<value>\S.*)")
# Nobody begins a paragraph with these; text may well begin with "Summary: ..." or "Part: ...".
_TELLING = frozenset({"title", "date", "authors", "category", "tags", "slug"})
_LISTS = frozenset({"authors", "category", "tags", "aliases", "syndicated"})


def begins(lines: Sequence[str]) -> bool:
    """Whether ``lines``, up to the first empty one, are fields and not text.

    The first line must be a field and one field a known one; a single field with text right
    below it counts only where its name leaves no doubt.
    """
    named = [found["name"] for line in lines if (found := _FIELD.fullmatch(line))]
    if not named or not _FIELD.fullmatch(lines[0]):
        return False
    known = [kind.name for name in named if is_telling(name) and (kind := match(name))]
    regular = all(_FIELD.fullmatch(line) or _MORE.fullmatch(line) for line in lines)
    return bool(known) and (regular or len(named) > 1 or known[0] in _TELLING)


def load(lines: Sequence[str], above: int = 0) -> Table:
    """The fields in ``lines``, which have ``above`` lines before them; raises `Faults`."""
    table = Table()
    faults: list[Fault] = []
    parts: list[str] = []
    for number, line in enumerate(lines, above + 1):
        if found := _FIELD.fullmatch(line):
            parts = [found["value"]]
            try:
                table.add(found["name"], parts, number)
            except Fault as fault:
                faults.append(fault)
        elif found := _MORE.fullmatch(line):
            parts.append(found["value"])
        else:
            hint = "indent it by four spaces if it continues the field above, or put an empty line before the text"
            faults.append(Fault(f"{show(line)} is not a field", hint, number))
    if faults:
        raise Faults(faults)
    for name, value in table.items():
        table[name] = _joined(name, [part.strip() for part in value if part.strip()])
    return bounded(table)


def _joined(name: str, parts: list[str]) -> str | list[str]:
    """The value of a field on one or several lines: a list where the field, or nobody, knows one.

    A list whose lines have commas in them was only wrapped, and is split at its commas later.
    """
    if len(parts) < 2:
        return "".join(parts)
    kind = match(name)
    if kind is not None and kind.name not in _LISTS:
        return " ".join(parts)
    if any(mark in part for part in parts for mark in ",;"):
        return ", ".join(part.rstrip(",; ") for part in parts) if kind else parts
    return parts
