"""Plain values in JavaScript and TypeScript: read as data, never run.

Texts, numbers, lists and objects of them are values; whatever would have to be run is skipped, and
the rest is read all the same. The grammar is that of literals in ECMA-262, with comments.
"""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import Any

LARGEST = 100_000
_MOST = 100
_DEEPEST = 40
_BLANK = re.compile(r"(?:\s++|//[^\n]*+|/\*(?:[^*]++|\*(?!/))*+\*/)++")
_STRING = re.compile(r"\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+'|`(?:[^`\\]|\\.)*+`", re.DOTALL)
_NUMBER = re.compile(r"-?\d[\d_]*+(?:\.\d++)?+")
_WORD = re.compile(r"[A-Za-z_$][\w$]*+")
_NAMED = re.compile(
    r"^[ \t]*+(?:export\s++)?(?:const|let|var)\s++(?P<name>[\w$]++)\s*+(?::[^=\n]{0,200}+)?=(?!=)",
    re.MULTILINE,
)
_RETURNED = re.compile(
    r"(?:^[ \t]*+export[ \t]++default|^[ \t]*+module\.exports[ \t]*+=|^[ \t]*+return|=>\s*+\(|\bdefineConfig\s*+\()"
    r"(?:\s*+(?:async\s++)?(?:function\b[^{\n]{0,200}+\{\s*+return\b|\(\)\s*+=>\s*+\())?"
    r"\s*+(?:defineConfig\s*+\(\s*+)?(?=\{|\[)",
    re.MULTILINE,
)
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "undefined": None}
_ESCAPE = re.compile(
    r"\\(?:u\{(?P<long>[0-9a-fA-F]{1,6})\}|u(?P<hex>[0-9a-fA-F]{4})|(?P<one>.))", re.DOTALL
)
_TYPED = re.compile(r"as\s++const\b|satisfies\s++[\w.<>]{1,100}+")
_ONE = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "0": "\0", "\n": ""}
_OPEN = {"(": ")", "[": "]", "{": "}"}


class NotPlainError(ValueError):
    """What stands here is no plain value."""


def named(text: str) -> dict[str, Any]:
    """The plain values that are given a name: ``const title = "Tides"``."""
    found: dict[str, Any] = {}
    for one in islice(_NAMED.finditer(text[:LARGEST]), _MOST):
        try:
            found[one["name"]], _ = _value(text, one.end(), 0)
        except NotPlainError:
            continue
    return found


def returned(text: str) -> dict[str, Any]:
    """The plain values of the objects that a module exports or a function in it returns."""
    found: dict[str, Any] = {}
    for one in islice(_RETURNED.finditer(text[:LARGEST]), _MOST):
        try:
            value, _ = _value(text, one.end(), 0)
        except NotPlainError:
            continue
        if isinstance(value, dict):
            found = {**value, **found}
    return found


def value_of(text: str) -> Any:
    """The value of an expression that is one literal. Raises NotPlainError."""
    value, at = _value(text, 0, 0)
    if _blank(text, at) != len(text):
        raise NotPlainError
    return value


def prefix_value(text: str, at: int) -> Any:
    """The literal that begins at a place. Raises NotPlainError."""
    return _value(text, at, 0)[0]


def string_at(text: str, at: int) -> tuple[str, int]:
    """The string that begins at a place, and where it ends. Raises NotPlainError."""
    found = _STRING.match(text, at)
    if not found or (found[0][0] == "`" and "${" in found[0]):
        raise NotPlainError
    return _ESCAPE.sub(_unescaped, found[0][1:-1]), found.end()


def _unescaped(found: re.Match[str]) -> str:
    if digits := found["long"] or found["hex"]:
        number = int(digits, 16)
        return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"
    return _ONE.get(found["one"], found["one"])


def _blank(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _value(text: str, at: int, depth: int) -> tuple[Any, int]:
    at = _blank(text, at)
    if at >= len(text) or depth > _DEEPEST:
        raise NotPlainError
    if text[at] in "\"'`":
        said, at = string_at(text, at)
        return _alone(text, at, said)
    if text[at] in "{[":
        held, at = (_object if text[at] == "{" else _list)(text, at + 1, depth + 1)
        return _alone(text, at, held)
    if found := _NUMBER.match(text, at):
        return _alone(text, found.end(), json.loads(_plain_number(found[0])))
    if (found := _WORD.match(text, at)) and found[0] in _WORDS:
        return _alone(text, found.end(), _WORDS[found[0]])
    raise NotPlainError


def _plain_number(digits: str) -> str:
    plain = digits.replace("_", "")
    whole = plain.lstrip("-").partition(".")[0]
    return plain if len(plain) < 100 and (whole == "0" or whole[0] != "0") else "0"


def _alone(text: str, at: int, value: Any) -> tuple[Any, int]:
    """The value, if nothing is reckoned with it: ``"a" + b`` is no plain value."""
    end = _blank(text, at)
    if found := _TYPED.match(text, end):
        end = _blank(text, found.end())
    if end < len(text) and text[end] in "+-*/%.?([`&|<>" and "\n" not in text[at:end]:
        raise NotPlainError
    return value, end


def _object(text: str, at: int, depth: int) -> tuple[dict[str, Any], int]:
    made: dict[str, Any] = {}
    while True:
        at = _blank(text, at)
        if at >= len(text):
            raise NotPlainError
        if text[at] == "}":
            return made, at + 1
        start = at
        try:
            key, value, at = _entry(text, at, depth)
            made[key] = value
        except NotPlainError:
            at = _skip(text, start)
        if text[at : at + 1] == ",":
            at += 1


def _entry(text: str, at: int, depth: int) -> tuple[str, Any, int]:
    key, at = _key(text, at)
    at = _blank(text, at)
    if text[at : at + 1] != ":":
        raise NotPlainError
    value, at = _ended(text, _value(text, at + 1, depth), "}")
    return key, value, at


def _ended(text: str, found: tuple[Any, int], closing: str) -> tuple[Any, int]:
    """A value behind which its container goes on or ends."""
    if text[found[1] : found[1] + 1] not in {",", closing}:
        raise NotPlainError
    return found


def _key(text: str, at: int) -> tuple[str, int]:
    if text[at] in "\"'":
        return string_at(text, at)
    if found := _WORD.match(text, at) or _NUMBER.match(text, at):
        return found[0], found.end()
    raise NotPlainError


def _list(text: str, at: int, depth: int) -> tuple[list[Any], int]:
    made: list[Any] = []
    while True:
        at = _blank(text, at)
        if at >= len(text):
            raise NotPlainError
        if text[at] == "]":
            return made, at + 1
        try:
            value, at = _ended(text, _value(text, at, depth), "]")
            made.append(value)
        except NotPlainError:
            at = _skip(text, at)
        if text[at : at + 1] == ",":
            at += 1


def _skip(text: str, at: int) -> int:
    """Where the next comma or closing bracket of this level is; brackets and strings are passed."""
    closing: list[str] = []
    while at < len(text):
        after = _blank(text, at)
        if after != at:
            at = after
            continue
        sign = text[at]
        if sign in "\"'`" and (found := _STRING.match(text, at)):
            at = found.end()
            continue
        if sign in _OPEN:
            closing.append(_OPEN[sign])
        elif closing and sign == closing[-1]:
            closing.pop()
        elif not closing and sign in ",}])":
            return at
        at += 1
    raise NotPlainError
