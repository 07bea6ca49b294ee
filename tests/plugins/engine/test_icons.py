"""Icons, the web manifest and llms.txt of a built site."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from plugins.catalogue.settings import PageSettings
from plugins.sharing.icons import icon, shapes_of
from tests.conftest import ROOT
from tests.plugins.building import Workshop
from tests.plugins.images.pictures import opened

POST = "---\ntitle: {}\ndate: 2026-01-01\n{}---\nA text.\n"
SVG = (ROOT / "theme/static/icon.svg").read_bytes()


def test_every_icon_is_there_in_its_size(tmp_path: Path) -> None:
    """What the manifest and the pages name, below the path of the site."""
    built = Workshop(tmp_path).build(
        {"one.md": POST.format("One", "")}, SITEURL="https://example.org/blog"
    )
    said = json.loads(built.page("site.webmanifest"))
    assert (said["name"], said["start_url"]) == ("Parley", "/blog/")
    assert {one["purpose"] for one in said["icons"]} == {"any", "maskable"}
    for one in said["icons"]:
        width, height = opened((built.output / one["src"].removeprefix("/blog/")).read_bytes()).size
        assert one["sizes"] == f"{width}x{height}"
    touch = opened((built.output / "apple-touch-icon.png").read_bytes()).convert("RGBA")
    assert touch.size == (180, 180)
    assert touch.getpixel((0, 0)) == (0xFD, 0xFC, 0xFA, 255)
    assert opened((built.output / "favicon.ico").read_bytes()).info["sizes"] == {
        (16, 16),
        (32, 32),
        (48, 48),
    }
    home = built.page("/").replace(" ", "")
    assert '"logo":{"@type":"ImageObject","url":"https://example.org/blog/icons/512.png"' in home
    for name in ("favicon.ico", "apple-touch-icon.png", "site.webmanifest"):
        assert f'href="/blog/{name}"' in built.page("/one/")


def test_the_icon_has_the_shapes_of_the_drawing() -> None:
    """The colours stand where the SVG has them, and nothing where it has nothing."""
    image = opened(icon(shapes_of(SVG), 320)).convert("RGBA")
    assert image.getpixel((60, 160)) == (0xBB, 0x37, 0x1D, 255)
    assert image.getpixel((290, 160)) == (0x1D, 0x4D, 0x8F, 255)
    assert image.getpixel((5, 5))[3] == 0  # type: ignore[index]


@pytest.mark.parametrize(
    "svg",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M0 0'/></svg>",
        b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><circle r='2' fill='red'/></svg>",
        b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 5'/>",
        b"<svg",
    ],
)
def test_another_drawing_is_not_drawn_wrongly(svg: bytes) -> None:
    """It is left to browsers, which know how."""
    assert shapes_of(svg) == ()


def test_files_of_the_writers_come_first(tmp_path: Path) -> None:
    """Ours are not made where theirs are."""
    files = {
        "one.md": POST.format("One", ""),
        "static/favicon.ico": "own",
        "static/llms.txt": "own",
    }
    built = Workshop(tmp_path).build(files)
    assert built.problems == ()
    assert built.page("favicon.ico") == built.page("llms.txt") == "own"
    assert "apple-touch-icon.png" in built.files()


def test_llms_txt_lists_what_is_public(tmp_path: Path) -> None:
    """Posts with their addresses and summaries; no hidden one."""
    built = Workshop(tmp_path).build(
        {
            "one.md": POST.format("One [1]", ""),
            "two.md": POST.format("Two", "status: hidden\n"),
        }
    )
    text = built.page("llms.txt")
    assert text.startswith("# Parley\n\n> Marketing as conversation\n")
    assert "- [One (1)](https://blog.example.com/one/): A text.\n" in text
    assert "Two" not in text


def test_the_account_of_the_site_is_on_its_cards(tmp_path: Path) -> None:
    """Where the settings name one."""
    files = {"one.md": POST.format("One", "")}
    workshop = Workshop(tmp_path)
    assert "twitter:site" not in workshop.build(files).page("/one/")
    built = workshop.build(PAGES=PageSettings(twitter="@parley"))
    assert '<meta name="twitter:site" content="@parley">' in built.page("/one/")
