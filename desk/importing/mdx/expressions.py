"""Expressions of JavaScript in MDX that say something without being run."""

from __future__ import annotations

import re
from typing import Any

from desk.importing import js_values
from desk.importing.mdx.modules import Scope

_REQUIRED = re.compile(
    r"(?:require|import)\(\s*+[\"'](?P<file>[^\"'\n]++)[\"']\s*+\)(?:\.default)?"
)
_PATH = re.compile(r"[A-Za-z_$][\w$]*+(?:\.[A-Za-z_$][\w$]*+)*+")


def said_by(code: str, scope: Scope) -> str | None:
    """What a literal says, or a name that is known: a file that was imported, a plain value."""
    try:
        return _shown(js_values.value_of(code))
    except js_values.NotPlainError:
        pass
    if found := _REQUIRED.fullmatch(code):
        return found["file"]
    if not _PATH.fullmatch(code):
        return None
    first, *rest = code.split(".")
    if first in scope.files and rest in ([], ["src"], ["default"]):
        return scope.files[first]
    here: Any = scope.values.get(first)
    for key in rest:
        here = here.get(key) if isinstance(here, dict) else None
    return None if here is None else _shown(here)


def _shown(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return "true" if value else "false" if value is False else ""
    if isinstance(value, list):
        return ", ".join(_shown(one) for one in value)
    if isinstance(value, dict):
        return "; ".join(f"{_dashed(key)}: {_shown(one)}" for key, one in value.items())
    return str(value)


def _dashed(key: str) -> str:
    return re.sub(r"[A-Z]", lambda found: f"-{found[0].lower()}", key)
