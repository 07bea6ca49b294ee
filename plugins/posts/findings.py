"""Collects what is wrong with a document while its fields are read one after another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from plugins.checks.rules import field_rule
from plugins.errors import Problem
from plugins.frontmatter.document import Document, Field
from plugins.frontmatter.values import Fault, Faults, faults_of

T = TypeVar("T")
D = TypeVar("D")


class Findings:
    """The fields of one document, and the problems found in them so far."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._fields = dict(document.fields)
        self.problems: list[Problem] = []

    def field(self, name: str) -> Field | None:
        """The field called ``name`` in this house, if it was written."""
        return self._fields.get(name)

    def take(self, name: str, convert: Callable[[Any], T], default: D) -> T | D:
        """The value of a field, converted; ``default`` if it was not written or is faulty."""
        field = self._fields.get(name)
        if field is None:
            return default
        try:
            return convert(field.value)
        except (Fault, Faults) as error:
            self._note_all(field, error)
            return default

    def attempt(self, field: Field | str, make: Callable[[], T], default: D) -> T | D:
        """What ``make`` gives; ``default`` with the faults noted at ``field`` if it has any."""
        try:
            return make()
        except (Fault, Faults) as error:
            self._note_all(field, error)
            return default

    def _note_all(self, field: Field | str, error: Fault | Faults) -> None:
        for fault in faults_of(error):
            self.note(field, fault.message, fault.hint)

    def note(self, field: Field | str, message: str, hint: str) -> None:
        """Note a problem of a field, or of something else called ``field``, on the first line."""
        line, key, name = (
            (1, field, field) if isinstance(field, str) else (field.line, field.key, field.name)
        )
        rule = field_rule(name.replace(" ", "-"))
        self.problems.append(Problem(self.document.path, line, key, message, hint, rule))
