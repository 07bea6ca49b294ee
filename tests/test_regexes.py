"""No regular expression that reads what strangers or writers wrote takes more than linear time.

All are collected: those that modules hold, and those in calls of :mod:`re`, read from the source.
Each is tried as it is used, from one place (match) or from every place (search), on inputs made
from itself: what it is built of, repeated behind each of its beginnings.
"""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import pytest

from tests.attacks import Attack, attacks
from tests.conftest import ROOT
from tests.growth import is_linear

ROOMS = (
    *("dialogue", "thread", "wording", "plugins/markup", "plugins/frontmatter"),
    "desk/importing",
)
CALLS = frozenset(
    {"compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
)
ANCHORED = frozenset({"match", "fullmatch"})
SIZE, FLOOR = 6_000, 0.012


@dataclass(frozen=True)
class Regex:
    """An expression, where it is, and whether anything searches with it."""

    place: str
    pattern: re.Pattern[Any]
    searches: bool

    def run(self, attack: Attack, size: int) -> None:
        """Try it on an attack."""
        text: Any = attack.text(size)
        if isinstance(self.pattern.pattern, bytes):
            text = text.encode("utf-8")
        if self.searches:
            for _ in self.pattern.finditer(text):
                pass
        else:
            self.pattern.match(text)
            self.pattern.fullmatch(text)


def modules(room: str) -> Iterator[tuple[str, ModuleType, ast.Module]]:
    """Every module below a folder: its name, itself and its syntax tree."""
    for path in sorted((ROOT / room).rglob("*.py")):
        if "migrations" in path.parts or path.stem == "__main__":
            continue
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        yield name, importlib.import_module(name), ast.parse(path.read_text("utf-8"))


def held(value: object, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    """The expressions in a value of a module, also within its containers and values."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Mapping) and depth < 3:
        yield from (each for part in value.items() for each in held(part, depth + 1))
    elif isinstance(value, tuple | list | frozenset | set) and depth < 3:
        yield from (each for part in value for each in held(part, depth + 1))
    elif hasattr(value, "__dataclass_fields__") and not isinstance(value, type):
        parts = (getattr(value, name) for name in value.__dataclass_fields__)
        yield from (each for part in parts for each in held(part, depth + 1))


def uses(tree: ast.Module) -> dict[str, set[str]]:
    """The methods that are asked of each name."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in CALLS:
            owner = node.value
            name = getattr(owner, "id", None) or getattr(owner, "attr", None)
            if isinstance(name, str):
                found.setdefault(name, set()).add(node.attr)
    for node in ast.walk(tree):
        if isinstance(node, ast.For | ast.comprehension) and isinstance(node.iter, ast.Name):
            # Those that a name holds are tried one after the other.
            first = next(part for part in ast.walk(node.target) if isinstance(part, ast.Name))
            found.setdefault(node.iter.id, set()).update(found.get(first.id, ()))
    return found


def inline(name: str, module: ModuleType, tree: ast.Module) -> Iterator[Regex]:
    """The expressions in calls of :mod:`re` that can be read from the source."""
    for node in ast.walk(tree):
        called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
        method = called.removeprefix("re.")
        if not isinstance(node, ast.Call) or called == method or method not in CALLS:
            continue
        try:
            written = eval(ast.unparse(node.args[0]), vars(module).copy())  # our source
        except NameError:  # made of what a function is given: of escaped words, or of those above
            continue
        yield Regex(f"{name}:{node.lineno}", re.compile(written), method not in ANCHORED)


def regexes(room: str) -> list[Regex]:
    """Every expression of a room, each once; those that a module holds by their names."""
    found: dict[Any, Regex] = {}
    within: list[Regex] = []
    for name, module, tree in modules(room):
        asked = uses(tree)
        for variable, value in vars(module).items():
            searches = not asked.get(variable) or bool(asked[variable] - ANCHORED)
            for pattern in held(value):
                known = found.get(pattern.pattern)
                place = known.place if known else f"{name}.{variable}"
                both = searches or (known is not None and known.searches)
                found[pattern.pattern] = Regex(place, pattern, both)
        within.extend(inline(name, module, tree))
    for one in within:
        found.setdefault(one.pattern.pattern, one)
    return list(found.values())


def faults(regex: Regex) -> Iterator[str]:
    """The first input on which an expression takes more than linear time."""
    for attack in attacks(regex.pattern):
        if not is_linear(lambda size, with_=attack: regex.run(with_, size), SIZE, FLOOR):  # type: ignore[misc] # a loop's value, kept
            yield f"{regex.place}: {regex.pattern.pattern!r} on {attack}"
            return


@pytest.mark.parametrize("room", ROOMS)
def test_every_expression_is_linear(room: str) -> None:
    """At n, 2n and 4n; two unbounded repeats that overlap would be seen here."""
    found = regexes(room)
    assert len(found) > 2
    assert [fault for regex in found for fault in faults(regex)] == []


@pytest.mark.parametrize(
    "written",
    [
        r"[^@]+@[^.]+\.[^.]+\.[^.]+$", r"(a+)+$", r"\s*\s*x", r"(a|a)*b", r"<[^>]*>", r"\w+\s*=",
        r"[^\s@]+@[^\s@]+\.[^\s@]+",
    ],
)  # fmt: skip
def test_a_slow_expression_is_found(written: str) -> None:
    """The test can fail: each of these takes the square of its input, or worse."""
    assert list(faults(Regex("here", re.compile(written), searches=True)))


@pytest.mark.parametrize("written", [r"<[^<>]*>", r"[a-z]+", r"(?:ab|cd)*", r"a{1,9}b"])
def test_a_linear_expression_passes(written: str) -> None:
    """And these are what it is for."""
    assert list(faults(Regex("here", re.compile(written), searches=True))) == []
