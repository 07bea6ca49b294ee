"""The pages of the service look like the blog, however the blog has its style."""

from __future__ import annotations

from pathlib import Path

import pytest

from dialogue.web.dress import style


def site(output: Path, head: str, **files: str) -> Path:
    """A built site whose first page has ``head``."""
    output.mkdir(exist_ok=True)
    (output / "index.html").write_text(f"<!doctype html><head>{head}</head>", encoding="utf-8")
    for name, text in files.items():
        path = output / "css" / f"{name}.css"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return output


@pytest.mark.parametrize(
    "head",
    [
        "<style>:root{--paper:red}</style>",
        '<link rel="stylesheet" href="/css/main.css">',
        '<link rel="stylesheet" href="https://blog.example/below/css/main.css">',
    ],
)
def test_it_is_that_of_the_first_page(tmp_path: Path, head: str) -> None:
    """In the page itself, or in a file, also of a site that is below a path."""
    found = style(site(tmp_path, head, main=":root{--paper:red}"))
    assert "\\" not in found.splitlines()[0]
    assert found.startswith(":root{--paper:red}")
    assert ".dialogue-page" in found


@pytest.mark.parametrize(
    "head",
    [
        "",
        '<link rel="stylesheet" href="https://cdn.example/none.css">',
        '<link rel="stylesheet" href="/../../secret.css">',
        '<link rel="stylesheet" href="//[">',
    ],
)
def test_without_one_pages_can_be_read(tmp_path: Path, head: str) -> None:
    """Only files of the site are looked at; what is missing leaves the style of the service."""
    (tmp_path / "secret.css").write_text("stolen", encoding="utf-8")
    found = style(site(tmp_path / "output", head))
    assert "stolen" not in found
    assert ".dialogue-page" in found


def test_another_can_be_chosen(tmp_path: Path) -> None:
    """Its address cannot end the rule that it stands in."""
    found = style(tmp_path, '/mine.css?v=1");body{x:url("//evil.example\\')
    assert found.splitlines()[0].count('"') == 2
    assert "\\" not in found.splitlines()[0]
    assert found.startswith('@import url("/mine.css?v=1')
