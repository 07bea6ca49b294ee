"""Read values out of JSON that somebody else wrote, one field at a time, strictly."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NoReturn
from urllib.parse import urlsplit

from thread.errors import FileError

HINT = "write it again with `python -m dialogue export`"
_HIDING = frozenset(' <>"\\')


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of one JSON object of the file ``path``; ``where`` is its place in the file.

    Each method takes the name of a field, returns its value and raises :class:`FileError` where it
    is missing or of another type.
    """

    path: str
    where: str
    values: Mapping[str, object]
    hint: str = HINT

    def text(self, name: str) -> str:
        """A string, without what is no character."""
        value = self.values.get(name)
        if not isinstance(value, str):
            self.fail(name, "is no text" if name in self.values else "is missing")
        return value.encode("utf-8", "ignore").decode("utf-8")

    def address(self, name: str) -> str:
        """A string that is empty or an http or https URL."""
        value = self.text(name)
        if value and not is_web_address(value):
            self.fail(name, "is no http or https URL")
        return value

    def truth(self, name: str) -> bool:
        """True or false."""
        value = self.values.get(name)
        if not isinstance(value, bool):
            self.fail(name, "is neither true nor false")
        return value

    def count(self, name: str) -> int:
        """A whole number from 0 up."""
        value = self.values.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            self.fail(name, "is no whole number from 0 up")
        return value

    def moment(self, name: str) -> datetime:
        """A date and time with its offset, in UTC."""
        written = self.text(name)
        try:
            found = datetime.fromisoformat(written)
        except ValueError:
            self.fail(name, "is no date and time such as 2026-01-31T12:00:00Z")
        if found.tzinfo is None:
            self.fail(name, "does not say its offset from UTC")
        return found.astimezone(UTC)

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of strings."""
        values = self.values.get(name)
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            self.fail(name, "is no list of texts")
        return tuple(values)

    def pairs(self, name: str) -> tuple[tuple[str, str], ...]:
        """A list of pairs of strings."""
        values = self.values.get(name)
        listed = values if isinstance(values, list) else [values]
        found = tuple(tuple(pair) for pair in listed if isinstance(pair, list))
        pairs = [pair for pair in found if [type(one) for one in pair] == [str, str]]
        if len(pairs) < len(listed):
            self.fail(name, "is no list of pairs of texts")
        return tuple((first, second) for first, second in pairs)

    def objects(self, name: str) -> tuple[Fields, ...]:
        """A list of objects."""
        values = self.values.get(name)
        if not isinstance(values, list):
            self.fail(name, "is no list")
        return tuple(self._below(f"{name}[{place}]", value) for place, value in enumerate(values))

    def inner(self, name: str) -> Fields:
        """An object."""
        return self._below(name, self.values.get(name))

    def fail(self, name: str, message: str) -> NoReturn:
        """Raise the fault of the field ``name``."""
        field = ".".join(filter(None, (self.where, name)))
        raise FileError(self.path, field, message, self.hint)

    def _below(self, name: str, value: object) -> Fields:
        if not isinstance(value, dict):
            self.fail(name, "is no object")
        place = ".".join(filter(None, (self.where, name)))
        return Fields(self.path, place, value, self.hint)


def fields_of(data: bytes, path: str, hint: str = HINT) -> Fields:
    """The fields of the JSON object ``data``, read from ``path``; raises :class:`FileError`."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise FileError(path, "file", f"this is no JSON: {error}", hint) from error
    if not isinstance(found, dict):
        raise FileError(path, "file", "this is no JSON object", hint)
    return Fields(path, "", found, hint)


def is_web_address(text: str) -> bool:
    """Whether ``text`` is an http or https URL with a host and nothing that hides in it."""
    if not text or not text.isprintable() or not _HIDING.isdisjoint(text):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
