"""Brands: the theme's own tokens, and complete others that take their place in ``theme.toml``."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.theme import css

TEXT_ROLES = ("--text", "--quiet", "--link", "--signal", "--good", "--care", "--stress")
EXAMPLES = [path for path in css.brands() if path != css.TOKENS]
EVERY = pytest.mark.parametrize("brand", css.brands(), ids=lambda path: str(path.stem))
SCHEMES = pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])


def test_there_are_two_others() -> None:
    """One brand is a habit, two are a comparison."""
    assert len(EXAMPLES) >= 2


@pytest.mark.parametrize("brand", EXAMPLES, ids=lambda path: str(path.stem))
def test_a_brand_is_other_values_only(brand: Path) -> None:
    """It sets what tokens.css sets, where tokens.css sets it, and nothing else."""

    def shape(path: Path) -> list[tuple[tuple[str, ...], str]]:
        return [(one.around, one.name) for one in css.declarations(css.source(path))]

    assert sorted(shape(brand)) == sorted(shape(css.TOKENS))
    assert re.match(r"/\* [A-Z]\w+: .+?\. ?", brand.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("brand", EXAMPLES, ids=lambda path: str(path.stem))
def test_a_brand_is_really_another(brand: Path) -> None:
    """Its colours, its type, its scale, its rules and its corners differ from the theme's own."""
    own, other = css.tokens(), css.tokens(brand)
    kept = {name for name, value in own.items() if other[name] == value and value[0] == "#"}
    assert not kept
    for name in ("--sans", "--display", "--size-title", "--bar", "--radius"):
        assert other[name] != own[name]


@EVERY
@SCHEMES
@pytest.mark.parametrize("ground", ["--paper", "--panel"])
@pytest.mark.parametrize("role", TEXT_ROLES)
def test_text_can_be_read(role: str, ground: str, dark: bool, brand: Path) -> None:
    """Every colour of text, code included, has contrast AA (4.5:1) on paper and on panels."""
    assert css.contrast(css.colour(role, dark, brand), css.colour(ground, dark, brand)) >= 4.5


@EVERY
@SCHEMES
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("--text", "--marker"),
        ("--quiet", "--marker"),
        ("--signal", "--marker"),
        ("--link", "--marker"),
        ("--paper", "--link"),
        ("--paper", "--text"),
    ],
)
def test_marks_and_buttons_can_be_read(text: str, ground: str, dark: bool, brand: Path) -> None:
    """Marked text, a reply one was sent to, the banner of a draft, and a button at rest or pointed
    at have contrast AA."""
    assert css.contrast(css.colour(text, dark, brand), css.colour(ground, dark, brand)) >= 4.5


@EVERY
@SCHEMES
@pytest.mark.parametrize("ground", ["--paper", "--panel"])
def test_edges_of_fields_can_be_seen(ground: str, dark: bool, brand: Path) -> None:
    """What shows where a field is, and where the keyboard is, has a contrast of 3:1."""
    for role in ("--quiet", "--link"):
        assert css.contrast(css.colour(role, dark, brand), css.colour(ground, dark, brand)) >= 3
