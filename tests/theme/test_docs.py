"""docs/theme.md names every template, view, field and block, and none that is not there."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from tests.conftest import ROOT
from tests.theme import pages, samples

TEXT = (ROOT / "docs/theme.md").read_text(encoding="utf-8")


def first_column(section: str) -> list[str]:
    """The names in backticks that begin the rows of a section's table."""
    return re.findall(r"(?m)^\| `([^`]+)` \|", section)


def section(heading: str) -> str:
    """The text below a heading, to the next one."""
    parts = re.split(r"(?m)^##+ ", TEXT)
    [found] = [part for part in parts if part.split("\n")[0].strip() == heading]
    return found


@pytest.mark.parametrize("cls", samples.view_classes(), ids=lambda cls: cls.__name__)
def test_every_field_is_documented(cls: type) -> None:
    """The table of a view lists its fields, all of them, in their order."""
    assert first_column(section(f"`{cls.__name__}`")) == [field.name for field in fields(cls)]


def test_no_view_is_made_up() -> None:
    """Every section about a view is about one that exists."""
    documented = re.findall(r"(?m)^### `(\w+)`$", TEXT)
    assert sorted(documented) == sorted(cls.__name__ for cls in samples.view_classes())


def test_every_template_is_documented_with_its_view() -> None:
    """The table of templates is the one the tests render."""
    rows = re.findall(r"(?m)^\| `(\w+\.html)` \| `(\w+)` \|", TEXT)
    assert rows == [(name, cls.__name__) for name, cls in samples.TEMPLATES.items()]


def test_every_block_is_documented() -> None:
    """The blocks listed are those of base.html, in its order."""
    base = (pages.THEME / "templates/base.html").read_text(encoding="utf-8")
    assert first_column(section("Blocks of `base.html`")) == re.findall(r"{% block (\w+) %}", base)
