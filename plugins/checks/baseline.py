"""The baseline: the faults that a team has accepted, in a file that is committed.

A fault is known by its file, its rule and its message, not by its line, which moves. Of several
that are alike in one file as many are accepted as were there.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from plugins.errors import Problem, SettingsError

Key = tuple[str, str, str]


@dataclass(slots=True)
class Baseline:
    """The accepted faults, how often each may occur, and those that were found in one build."""

    accepted: Mapping[Key, int] = field(default_factory=dict)
    found: dict[Key, set[tuple[int, str]]] = field(default_factory=dict)

    def takes(self, problem: Problem) -> bool:
        """Whether ``problem`` is an accepted one; it is noted as found."""
        key, place = key_of(problem), (problem.line, problem.field)
        most = self.accepted.get(key, 0)
        places = self.found.setdefault(key, set()) if most else set()
        if place in places or len(places) < most:
            places.add(place)
            return True
        return False


def key_of(problem: Problem) -> Key:
    """What a fault is known by."""
    return problem.path, problem.rule, problem.message


def read(path: Path | None) -> Mapping[Key, int]:
    """The accepted faults in the file at ``path``; none where it is not there.

    Raises :class:`SettingsError` for a file that is no baseline.
    """
    if path is None or not path.is_file():
        return {}
    try:
        table: Any = json.loads(path.read_text(encoding="utf-8"))
        return {
            (str(source), str(rule), str(message)): int(count)
            for source, rules in table.items()
            for rule, messages in rules.items()
            for message, count in messages.items()
        }
    except (ValueError, AttributeError, TypeError, OSError) as error:
        hint = "restore it, or delete it and run: python -m desk check --baseline"
        problem = Problem(path.name, 1, "baseline", f"this is no baseline ({error})", hint)
        raise SettingsError([problem]) from error


def counted(problems: Iterable[Problem]) -> Mapping[Key, int]:
    """``problems`` as accepted faults; those without a rule are never accepted."""
    return Counter(key_of(one) for one in set(problems) if one.rule)


def write(path: Path, accepted: Mapping[Key, int]) -> None:
    """Write the accepted faults to ``path``: sorted, one a line, so that changes are easy to read."""
    table: dict[str, dict[str, dict[str, int]]] = {}
    for (source, rule, message), count in sorted(accepted.items()):
        table.setdefault(source, {}).setdefault(rule, {})[message] = count
    text = json.dumps(table, indent=1, ensure_ascii=False, sort_keys=True)
    path.write_text(f"{text}\n", encoding="utf-8")
