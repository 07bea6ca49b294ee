"""A site's own names for fields: the setting ``FIELDS``.

``FIELDS = {"source_url": "original", "mood": "extra"}`` reads ``source_url`` as ``original``, and
leaves ``mood`` to templates (``page.extra.mood``) without a word about it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from plugins.errors import Problem, SettingsError
from plugins.frontmatter.fields import BY_NAME, fold, nearest
from plugins.frontmatter.known import EXTRA
from plugins.frontmatter.values import show

SETTING = "FIELDS"


@dataclass(frozen=True, slots=True)
class OwnNames:
    """What a site's own names mean: pairs of a folded name and the field, or `extra`."""

    pairs: tuple[tuple[str, str], ...] = ()

    def of(self, name: str) -> str | None:
        """The field that ``name`` means here, if the site says so."""
        folded = fold(name)
        return next((field for own, field in self.pairs if own == folded), None)


def own_names(settings: Mapping[str, Any]) -> OwnNames:
    """The names in the settings of Pelican; raises :class:`SettingsError` with all that is wrong."""
    given = settings.get(SETTING) or {}
    if not isinstance(given, Mapping):
        hint = f'write {SETTING} = {{"source_url": "original"}}'
        raise SettingsError([_problem("this is no mapping", hint)])
    if problems := [problem for name, field in given.items() for problem in _faults(name, field)]:
        raise SettingsError(problems)
    return OwnNames(tuple((fold(name), field) for name, field in given.items()))


def _faults(name: Any, field: Any) -> Iterator[Problem]:
    if not isinstance(name, str) or not fold(name):
        yield _problem(f"{show(name)} is not the name of a field", "write names as text")
    elif any(fold(name) == fold(one) for one in BY_NAME):
        yield _problem(f"{show(name)} is a field itself", "take this line out")
    if field != EXTRA and field not in BY_NAME:
        near = nearest(field) if isinstance(field, str) else None
        hint = (
            f"write {near}, if that is meant" if near else "docs/front-matter.md lists the fields"
        )
        yield _problem(f"{show(field)} is no field", f"{hint}; {EXTRA} leaves it to templates")


def _problem(message: str, hint: str) -> Problem:
    return Problem("pelicanconf.py", 1, SETTING, message, hint)
