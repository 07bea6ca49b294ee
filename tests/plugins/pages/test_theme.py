"""Themes made of views."""

import re
from pathlib import Path

import pytest

from plugins.errors import SettingsError
from plugins.markup.settings import THEME_IDS
from plugins.pages.theme import load_theme
from tests.conftest import ROOT


def write(folder: Path, **files: str) -> Path:
    """A theme with these files; underscores stand for dots."""
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text)
    return folder


def test_an_ordinary_theme_is_none_of_ours(tmp_path: Path) -> None:
    """Without a manifest Pelican's own way is taken."""
    assert load_theme(tmp_path) is None


def test_the_stylesheets_are_one_in_order(tmp_path: Path) -> None:
    """The name of the file changes with its text, and only then."""
    manifest = 'name = "T"\nviews = 1\n[css]\nfiles = ["b.css", "a.css"]\n'
    theme = load_theme(write(tmp_path, theme_toml=manifest, a_css="a{}", b_css="b{}"))
    assert theme is not None
    assert theme.css == "b{}\na{}"
    again = load_theme(write(tmp_path, a_css="a{}"))
    changed = load_theme(write(tmp_path, a_css="a{x}"))
    assert again is not None
    assert changed is not None
    assert theme.stylesheet == again.stylesheet != changed.stylesheet


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        ("views = ", "theme.toml:1: theme: "),
        ("views = 2", "views is 2; write views = 1"),
        ('views = 1\n[css]\nfiles = ["gone.css"]', "gone.css"),
    ],
)
def test_a_manifest_that_cannot_be_used_is_an_error(
    tmp_path: Path, manifest: str, said: str
) -> None:
    """The message names the manifest and what is wrong."""
    with pytest.raises(SettingsError, match=said):
        load_theme(write(tmp_path, theme_toml=manifest))


def test_no_heading_takes_an_id_of_the_theme() -> None:
    """The ids that the Markdown settings keep free are those of our templates."""
    templates = (ROOT / "theme" / "templates").rglob("*.html")
    used = {name for path in templates for name in re.findall(r'\bid="([^"{]+)"', path.read_text())}
    assert used == THEME_IDS
