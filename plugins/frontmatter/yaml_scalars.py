"""Single values of YAML: what unquoted text means, and text that YAML would drop in silence."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from plugins.frontmatter.table import number
from plugins.frontmatter.values import Fault, show

_CORE = "tag:yaml.org,2002:"
_KNOWN_TAGS = frozenset(
    f"{_CORE}{name}" for name in ("str", "int", "float", "bool", "null", "seq", "map", "timestamp")
)
_NOTHING = frozenset({"", "~"})
_NULLS = frozenset({*_NOTHING, "null", "Null", "NULL"})
_BOOLEANS = {
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?(?:Z|[+-]\d{2}:\d{2})?")
# "#1" after a value: a comment to YAML, which the writer meant as text.
_LOST = re.compile(r"\s*(#[^\s#!].*)")


def text_value(text: str, *, whole: bool) -> str | None:
    """Unquoted ``text`` in a field that holds text: itself, or None where it says nothing.

    "null" says nothing as the ``whole`` value of a field; as an item of a list it is a word.
    """
    return None if text in _NOTHING or (whole and text in _NULLS) else text


def plain_value(text: str, line: int) -> Any:
    """What unquoted ``text`` is in a field we do not know; raises `Fault` for an impossible date."""
    if text in _NULLS:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
        if _MOMENT.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError as error:
        message = f"{show(text)} does not exist in the calendar"
        raise Fault(message, "correct it, or put it in quotes", line) from error
    return number(text)


def refuse_lost_text(rest: str, line: int) -> None:
    """Raise `Fault` if ``rest``, what follows a value on its line, was meant as text."""
    if found := _LOST.fullmatch(rest):
        message = f"{show(found[1])} is a comment to YAML and would be lost"
        hint = "put the value in quotes, or a space after # if it is a comment"
        raise Fault(message, hint, line)


def refuse_tag(tag: str | None, line: int) -> None:
    """Raise `Fault` for a tag (``!name``) that is not of YAML's core schema."""
    if tag not in (None, "!", *_KNOWN_TAGS):
        message = f"{show(str(tag).replace(_CORE, '!!'))} is a YAML tag this site does not know"
        raise Fault(message, "put text that begins with ! in quotes", line)
