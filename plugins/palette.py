"""The colours of a theme: read from its CSS, and put where they are used.

Raw colours are custom properties, each written once as ``#rrggbb``; roles are custom properties
that name two of them in a ``light-dark()`` (CSS Color 5). Readers are sent the roles alone: the
names of raw colours are for people, and every page would carry them.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

_SET = re.compile(r"(?<=[{;])(--[\w-]+):([^;{}]*)")
_RAW = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
_ROLE = re.compile(r"light-dark\((#[0-9a-f]{6}),(#[0-9a-f]{6})\)", re.IGNORECASE)
_USED = re.compile(r"var\((--[\w-]+)\)")


@dataclass(frozen=True, slots=True)
class Role:
    """What a role looks like in the light and in the dark scheme, each as ``#rrggbb``."""

    light: str
    dark: str


def settled(css: str) -> str:
    """Minified ``css`` with raw colours where their names were.

    A property that is set more than once, or that no ``var()`` of its own reads, stays as it is.
    """
    times = Counter(name for name, _ in _SET.findall(css))
    used = set(_USED.findall(css))
    raw = {
        name: value
        for name, value in _SET.findall(css)
        if times[name] == 1 and name in used and _RAW.fullmatch(value)
    }
    without = re.sub(
        r"(?<=[{;])(--[\w-]+):[^;{}]*;?", lambda one: "" if one[1] in raw else one[0], css
    )
    return _USED.sub(lambda one: raw.get(one[1], one[0]), without)


def roles(css: str) -> dict[str, Role]:
    """The roles that settled ``css`` gives colours to, by name; the first where there are more."""
    found: dict[str, Role] = {}
    for name, value in _SET.findall(css):
        if both := _ROLE.fullmatch(value):
            found.setdefault(name, Role(both[1], both[2]))
    return found
