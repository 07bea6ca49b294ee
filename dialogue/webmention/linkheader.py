"""The ``Link`` header (RFC 8288, section 3 and appendix B.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TARGET = re.compile(r"[^<]*<([^>]*)>")
# One parameter: a name, and perhaps a value, quoted or not.
_PARAMETER = re.compile(
    r"""\s*;\s*(?:([^\s;,="]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*)))?)?""", re.S
)
_QUOTED_PAIR = re.compile(r"\\(.)", re.S)


@dataclass(frozen=True, slots=True)
class Link:
    """One link: where it leads, its relations in lower case, and what it is a link from, if said."""

    target: str
    rels: frozenset[str]
    anchor: str | None = None


def parse(header: str) -> Iterator[Link]:
    """The links in ``header``, several of which are joined by commas; what is none is passed over."""
    position = 0
    while found := _TARGET.match(header, position):
        position = found.end()
        parameters: dict[str, str] = {}
        while parameter := _PARAMETER.match(header, position):
            position = parameter.end()
            name, quoted, plain = parameter.groups()
            value = plain or "" if quoted is None else _QUOTED_PAIR.sub(r"\1", quoted)
            if name:  # the first of a name counts
                parameters.setdefault(name.lower(), value)
        rels = frozenset(parameters.get("rel", "").lower().split())
        yield Link(found[1].strip(), rels, parameters.get("anchor"))
