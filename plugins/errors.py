"""Problems a writer can fix, and the one exception that carries them.

A problem is a value: checks return problems, the build collects them, and only at the end is one
exception raised with all of them. The printed form is the contract every tool may rely on:
``path:line: field: what is wrong; what to do [rule]``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, where it is, and what to do about it.

    ``path`` is relative to the content folder (or the repository for settings), ``line`` is
    counted from 1 in that file, ``field`` is the front-matter field or the part of the file
    (``front matter``, ``body``, ``link``, ``file``). Problems sort by path, line and field.
    ``rule`` is the stable name of the rule that found it (:mod:`plugins.checks.rules`), by which
    its level can be chosen; empty for what always stops the build, such as a faulty setting.
    """

    path: str
    line: int
    field: str
    message: str
    hint: str
    rule: str = dataclasses.field(default="", compare=False)

    def __str__(self) -> str:
        where = f"{printable(self.path)}:{self.line}: {printable(self.field)}"
        rule = f" [{self.rule}]" if self.rule else ""
        return f"{where}: {printable(self.message)}; {printable(self.hint)}{rule}"


class SiteError(Exception):
    """The site cannot be built; ``problems`` says why, sorted and without repeats.

    Raised once, with everything known at that moment, so that a writer fixes all of it in one go.
    ``notices`` are what a writer should know besides; they alone would not have stopped the build.
    """

    exitcode = 1

    def __init__(self, problems: Iterable[Problem], notices: Iterable[Problem] = ()) -> None:
        self.problems = tuple(sorted(set(problems)))
        self.notices = tuple(sorted(set(notices)))
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[Any, ...]:
        """For another process."""
        return type(self), (self.problems, self.notices)


class SettingsError(SiteError):
    """A setting is missing, misspelt or has a value that cannot work."""


def printable(text: str) -> str:
    """``text`` without characters that would break a line or steer a terminal."""
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode("ascii")
        for char in text
    )
