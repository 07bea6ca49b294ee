"""Reading the theme's CSS for tests: its rules with the layer they stand in, and its colours."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from plugins.pages.theme import load_theme
from tests.conftest import ROOT

THEME = ROOT / "theme"
TOKENS = THEME / "css/tokens.css"
_TOKEN = re.compile(r"[^{};]*[{};]")


@dataclass(frozen=True, slots=True)
class Declaration:
    """One declaration: the preludes of the blocks around it, outermost first, and its two sides."""

    around: tuple[str, ...]
    name: str
    value: str


def files() -> list[Path]:
    """The files that theme.toml lists, in its order."""
    manifest = tomllib.loads((THEME / "theme.toml").read_text(encoding="utf-8"))
    return [THEME / name for name in manifest["css"]["files"]]


def sheets() -> list[Path]:
    """The files of the stylesheet, and those that only some pages load."""
    return [*files(), *sorted((THEME / "static").rglob("*.css"))]


def bundle() -> str:
    """The stylesheet as the build serves it."""
    theme = load_theme(THEME)
    assert theme is not None
    return theme.css


def source(path: Path) -> str:
    """A file's CSS without its comments."""
    return re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


def declarations(css: str) -> Iterator[Declaration]:
    """Every declaration of a stylesheet that has no comments.

    A pseudo-class inside braces is told from a declaration by the brace that follows it.
    """
    around: list[str] = []
    for match in _TOKEN.finditer(css):
        text, end = match[0][:-1].strip(), match[0][-1]
        if text and end != "{" and around:
            name, _, value = text.partition(":")
            yield Declaration(tuple(around), name.strip(), value.strip())
        if end == "{":
            around.append(text)
        elif end == "}":
            around.pop()
    assert not around, "a brace is left open"


def preludes(css: str) -> Iterator[tuple[int, str]]:
    """The text before every brace, with its depth; statements like ``@layer a, b;`` at depth 0."""
    depth = 0
    for match in _TOKEN.finditer(css):
        text, end = match[0][:-1].strip(), match[0][-1]
        if end == "{" or (end == ";" and not depth):
            yield depth, text
        depth += {"{": 1, "}": -1, ";": 0}[end]


def brands() -> list[Path]:
    """The tokens that the theme is shown with: its own, and those of the example brands."""
    return [TOKENS, *sorted((THEME / "brands").glob("*.css"))]


def tokens(brand: Path = TOKENS) -> dict[str, str]:
    """The custom properties of a brand and of the roles, first value each."""
    found: dict[str, str] = {}
    for path in (brand, THEME / "css/roles.css"):
        for declaration in declarations(source(path)):
            if declaration.name.startswith("--"):
                found.setdefault(declaration.name, declaration.value)
    return found


def colour(role: str, dark: bool, brand: Path = TOKENS) -> str:
    """The #rrggbb a role stands for in the light or the dark scheme."""
    values = tokens(brand)
    both = re.fullmatch(r"light-dark\(var\((--[\w-]+)\), var\((--[\w-]+)\)\)", values[role])
    assert both, f"{role} is not one light-dark() of two raw tokens"
    return values[both[2 if dark else 1]]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two #rrggbb colours (WCAG 2.2, 1.4.3): 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
