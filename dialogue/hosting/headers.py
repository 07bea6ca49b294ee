"""The ``_headers`` file of a site: which response headers its paths have.

The format is that of Netlify and Cloudflare Pages: a line with a path that begins at the left,
its headers indented below. ``*`` stands for any text, once in a path; lines that begin with ``#``
are comments. All rules that fit a path apply; a header that two of them set has both values,
joined by a comma (RFC 9110, section 5.2), and ``! Name`` takes one away again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

NAME = "_headers"


@dataclass(frozen=True, slots=True)
class Rule:
    """Headers for paths that fit; one with an empty value is taken away."""

    path: re.Pattern[str]
    headers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a site in their order."""

    rules: tuple[Rule, ...] = ()

    def of(self, path: str) -> dict[str, str]:
        """The headers of a path as it is asked for, with names in lower case."""
        found: dict[str, str] = {}
        for rule in self.rules:
            if rule.path.fullmatch(path):
                for name, value in rule.headers:
                    _set(found, name, value)
        return found


def _set(headers: dict[str, str], name: str, value: str) -> None:
    if not value:
        headers.pop(name, None)
    else:
        headers[name] = f"{headers[name]}, {value}" if name in headers else value


def read_rules(folder: Path) -> Rules:
    """The rules of the site in ``folder``; none where it has no such file."""
    try:
        text = (folder / NAME).read_text(encoding="utf-8")
    except FileNotFoundError:
        return Rules()
    return parse(text)


def parse(text: str) -> Rules:
    """The rules in the text of such a file; a line that is none of the format counts for nothing."""
    return Rules(tuple(_rules(text.splitlines())))


def _rules(lines: Sequence[str]) -> Iterator[Rule]:
    path, headers = "", list[tuple[str, str]]()
    for line in [*(line for line in lines if line.strip()), "/"]:
        if line.lstrip().startswith("#"):
            continue
        if line[0].isspace():
            headers.append(_header(line.strip()))
            continue
        if headers and path:
            yield Rule(_pattern(path), tuple(headers))
        path, headers = line.strip(), []


def _header(line: str) -> tuple[str, str]:
    if line.startswith("!"):
        return line[1:].strip().lower(), ""
    name, _, value = line.partition(":")
    return name.strip().lower(), value.strip()


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, path.split("*"))), re.DOTALL)
