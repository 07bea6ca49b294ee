"""The ``_headers`` file: what a host sends with each path.

Netlify, Cloudflare Pages and others take it from the root of the site; elsewhere it does no harm.
Its rules are a path with ``*`` for any part of it, and indented headers below. A host adds the
headers of every rule that fits, so no header may stand in two rules for one path.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

HEADERS_PATH = "_headers"
FOREVER = "public, max-age=31536000, immutable"
_BREAKS = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Rule:
    """The headers of the paths that fit ``path``: root-relative, ``*`` stands for anything.

    Raises ValueError for text that would be a line of its own.
    """

    path: str
    headers: tuple[tuple[str, str], ...]

    def __post_init__(self) -> None:
        for text in (self.path, *(part for header in self.headers for part in header)):
            if _BREAKS.search(text):
                raise ValueError(f"{text!r} has a control character in it")


def forever(path: str) -> Rule:
    """For files whose name changes with their content: browsers need not ask again."""
    return Rule(path, (("Cache-Control", FOREVER),))


def headers_file(rules: Iterable[Rule]) -> bytes:
    """The ``_headers`` file of ``rules``; those of one path are put together."""
    by_path: dict[str, list[tuple[str, str]]] = {}
    for rule in rules:
        by_path.setdefault(rule.path, []).extend(rule.headers)
    lines = ["# Made by the build; docs/hosting.md has the same for nginx and Caddy."]
    for path, headers in by_path.items():
        lines += [path, *(f"  {name}: {value}" for name, value in headers)]
    return "".join(f"{line}\n" for line in lines).encode()
