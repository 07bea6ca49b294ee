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
    theme = load_theme(
        write(tmp_path, theme_toml=manifest, a_css="/* A. */\na { x: y; }\n", b_css="b{x:y}")
    )
    assert theme is not None
    assert not theme.inline
    assert [file.save_as for file in theme.files] == [theme.stylesheet]
    assert theme.css == "b{x:y}a{x:y}"
    again = load_theme(write(tmp_path, a_css="a{x:y}"))
    changed = load_theme(write(tmp_path, a_css="a{x:z}"))
    assert again is not None
    assert changed is not None
    assert theme.stylesheet == again.stylesheet != changed.stylesheet


def test_what_stands_in_every_page_is_no_file(tmp_path: Path) -> None:
    """An inline stylesheet and the first script are given as text."""
    manifest = 'views = 1\n[css]\ninline = true\nfiles = ["a.css"]\n[scripts]\nfirst = "f.js"\n'
    theme = load_theme(write(tmp_path, theme_toml=manifest, a_css="a{x:y}", f_js="go()\n"))
    assert theme is not None
    assert (theme.css, theme.script, theme.files) == ("a{x:y}", "go()", ())


def test_static_files_are_named_by_their_content(tmp_path: Path) -> None:
    """The name changes with the bytes; what a system left in the folder is not published."""
    static = tmp_path / "static/js"
    static.mkdir(parents=True)
    (static / ".DS_Store").write_bytes(b"x")
    (static / "one.js").write_bytes(b"1")
    write(tmp_path, theme_toml="views = 1")
    before, after = load_theme(tmp_path), None
    (static / "one.js").write_bytes(b"2")
    after = load_theme(tmp_path)
    assert before is not None
    assert after is not None
    [old], [new] = before.static, after.static
    assert (old.name, old.data, new.data) == ("js/one.js", b"1", b"2")
    assert re.fullmatch(r"theme/js/one\.[0-9a-f]{10}\.js", old.save_as)
    assert old.save_as != new.save_as


@pytest.mark.parametrize(
    ("css", "script"), [('a::after{content:"</STYLE>"}', "go()"), ("a{x:y}", "go('</script>')")]
)
def test_nothing_inline_ends_its_own_element(tmp_path: Path, css: str, script: str) -> None:
    """Such a text would spill into the page; the manifest is told."""
    manifest = 'views = 1\n[css]\ninline = true\nfiles = ["a.css"]\n[scripts]\nfirst = "f.js"\n'
    with pytest.raises(SettingsError, match="contains </s"):
        load_theme(write(tmp_path, theme_toml=manifest, a_css=css, f_js=script))


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
