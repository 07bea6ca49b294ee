"""Many faults of one kind as one line, with a count and examples."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from plugins.errors import Problem, printable

# So many of one kind are printed as they are, and so many places are examples.
FEW = 3
_EXAMPLES = 2


def grouped(problems: Iterable[Problem], few: int = FEW) -> Iterator[str]:
    """A line for each problem, or one for all of a rule that more than ``few`` problems break."""
    return (line for _, line in groups(problems, few))


def groups(problems: Iterable[Problem], few: int = FEW) -> Iterator[tuple[Problem, str]]:
    """The same lines, each with the first problem that it stands for."""
    by_rule: dict[str, list[Problem]] = defaultdict(list)
    for problem in sorted(set(problems)):
        by_rule[problem.rule].append(problem)
    lines: list[tuple[Problem, str]] = []
    for rule, found in by_rule.items():
        if rule and len(found) > few:
            lines.append((found[0], f"{found[0]} (and {_more(found[1:])})"))
        else:
            lines += [(one, str(one)) for one in found]
    yield from sorted(lines)


def _more(others: list[Problem]) -> str:
    files = len({one.path for one in others})
    places = ", ".join(f"{printable(one.path)}:{one.line}" for one in others[:_EXAMPLES])
    return f"{len(others)} more in {files} file{'' if files == 1 else 's'}: {places} ..."
