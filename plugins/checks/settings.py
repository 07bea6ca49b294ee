"""How strict a build is: the level of each rule, for the site, for folders and for old posts."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath

from plugins.checks.rules import FIELD, LEVELS, RULES, Level, rule_of
from plugins.errors import Problem, SettingsError

Levels = Mapping[str, Level]
# Stands for every rule.
EVERY = "*"


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """The levels of rules, and where the baseline is.

    ``levels`` maps names of rules (``*``: all of them) to ``error``, ``hold``, ``notice`` or
    ``off``; ``folders`` maps folders below the content folder to such levels, and ``old`` are
    those of posts dated ``before`` a day, by itself ``notice`` for every rule. ``checks`` in the
    front matter of a post decides over ``old``, that over ``folders`` (the deepest first), and
    those over ``levels``. ``*`` goes no lower than what is safe for each rule
    (:data:`plugins.checks.rules.RULES`); a rule that is named with a level below that is an error.

    ``elsewhere`` are paths of the host that another program answers; links into them are not
    checked. ``baseline`` is the file with the accepted faults, in which ``desk check --baseline``
    writes them; None for none. Raises :class:`SettingsError`.
    """

    levels: Levels = field(default_factory=dict)
    folders: Mapping[str, Levels] = field(default_factory=dict)
    before: date | None = None
    old: Levels = field(default_factory=dict)
    elsewhere: tuple[str, ...] = ("/dialogue/",)
    baseline: Path | None = None

    def __post_init__(self) -> None:
        problems = [*_problems("levels", self.levels), *_problems("old", self.old)]
        for folder, levels in self.folders.items():
            problems += _problems(f"folders[{folder!r}]", levels)
            if not folder.strip("/") or ".." in PurePosixPath(folder).parts:
                hint = "name a folder below the content folder, or use levels for all of it"
                problems.append(
                    _problem("folders", f"{folder!r} is no folder of the content", hint)
                )
        if self.old and self.before is None:
            problems.append(
                _problem("old", "it is not said what is old", "add before=date(2020, 1, 1)")
            )
        if problems:
            raise SettingsError(problems)

    def level_in(self, rule: str, source: str, day: date | None) -> Level | None:
        """The level of a rule in the file ``source`` with a post of this ``day``; None: its own."""
        if self.before and day and day < self.before:
            found = _among(rule, self.old or {EVERY: "notice"})
            if found:
                return found
        path = PurePosixPath(source)
        for folder in sorted(self.folders, key=lambda name: -len(PurePosixPath(name).parts)):
            if path.is_relative_to(folder.strip("/")) and (
                found := _among(rule, self.folders[folder])
            ):
                return found
        return _among(rule, self.levels)


def fault_of(rule: str, level: str) -> tuple[str, str] | None:
    """What is wrong with the ``level`` chosen for a ``rule``, and what to do; None if nothing."""
    if level not in LEVELS:
        return f"{level!r} is no level", f"write {', '.join(LEVELS)}"
    known = None if rule == EVERY else rule_of(rule)
    if rule != EVERY and known is None:
        near = difflib.get_close_matches(rule, RULES, 1)
        hint = (
            f"did you mean {near[0]!r}?" if near else f"see docs/checks.md, or write {FIELD}<field>"
        )
        return f"there is no rule {rule!r}", hint
    if known and known.at_least(_level(level)) != level:
        return f"{rule!r} cannot be {level!r}", f"write {known.lowest}, or something stricter"
    return None


def _among(rule: str, levels: Levels) -> Level | None:
    return levels.get(rule) or levels.get(EVERY)


def _level(name: str) -> Level:
    return next(level for level in LEVELS if level == name)


def _problems(where: str, levels: Mapping[str, str]) -> Iterator[Problem]:
    for rule, level in levels.items():
        if fault := fault_of(rule, level):
            yield _problem(where, *fault)


def _problem(where: str, message: str, hint: str) -> Problem:
    return Problem("pelicanconf.py", 1, f"CHECKS.{where}", message, hint)
