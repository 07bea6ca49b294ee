"""Other people's Pelican themes and plugins."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pelican
import pytest
from PIL import Image

from tests.conftest import ROOT
from tests.plugins.building import Workshop

POST = """---
title: Bread & butter
date: 2026-05-19
tags: [one, two]
category: Basics
author: Ann Author
colour: green
---

Some *text* and [a link](other.md).

![A square](/images/square.png){: .image-process-thumb }
"""


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """A content folder with two posts, a page, a draft and an image."""
    made = Workshop(tmp_path)
    square = io.BytesIO()
    Image.new("RGB", (400, 400), "teal").save(square, "PNG")
    made.write(
        {
            "posts/bread.md": POST,
            "posts/other.md": "---\ntitle: Other\ndate: 2026-05-20\n---\n\nMore.\n",
            "posts/secret.md": "---\ntitle: Secret\ndraft: true\n---\n\nLater.\n",
            "pages/about.md": "---\ntitle: About\n---\n\nUs.\n",
            "images/square.png": square.getvalue(),
        }
    )
    return made


def test_pelicans_own_simple_theme_works(workshop: Workshop) -> None:
    """Every page has its content at the contract's address, with links resolved, drafts left out."""
    built = workshop.build(THEME=str(Path(pelican.__file__).parent / "themes" / "simple"))
    assert built.problems == ()
    page = built.page("/bread/")
    assert "<em>text</em>" in page
    assert 'href="/other/"' in page
    for path in (
        "/",
        "/other/",
        "/about/",
        "/tag/one/",
        "/category/basics/",
        "/author/ann-author/",
    ):
        assert "<html" in built.page(path)
    assert not any("secret" in name for name in built.files())


@pytest.mark.parametrize("name", ["simple", "notmyidea"])
def test_pelicans_own_themes_show_posts_without_a_category(workshop: Workshop, name: str) -> None:
    """They link to the category of every post, so such a post gets Pelican's."""
    built = workshop.build(THEME=str(Path(pelican.__file__).parent / "themes" / name))
    assert built.problems == ()
    assert 'category/misc/"' in built.page("/other/")
    assert "Other" in built.page("/category/misc/")


def test_our_theme_invents_no_category(workshop: Workshop) -> None:
    """A post without a category has none."""
    assert not any("misc" in name for name in workshop.build().files())


def test_a_foreign_theme_reads_unknown_fields(workshop: Workshop, tmp_path: Path) -> None:
    """Fields we do not know reach the templates of any theme as attributes."""
    templates = tmp_path / "theme" / "templates"
    templates.mkdir(parents=True)
    (tmp_path / "theme" / "static").mkdir()
    (templates / "article.html").write_text(
        "{{ article.colour }}|{{ article.title }}|{{ missing }}"
    )
    built = workshop.build(THEME=str(tmp_path / "theme"))
    assert built.problems == ()
    assert built.page("/bread/") == "green|Bread & butter|"


def test_a_well_kept_plugin_works_with_our_theme(workshop: Workshop, tmp_path: Path) -> None:
    """pelican-image-process makes its thumbnails and changes the page that we wrote."""
    conf = tmp_path / "conf.py"
    conf.write_text(
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from pelicanconf import *\n"
        "PLUGINS = [*PLUGINS, 'image_process']\n"
        "IMAGE_PROCESS = {'thumb': ['crop 0 0 50% 50%', 'scale_out 100 100 True']}\n"
    )
    # In a process of its own: what a plugin connects to Pelican's signals stays connected.
    paths = (str(workshop.content), "-o", str(workshop.output), "-s", str(conf))
    command = [sys.executable, "-m", "pelican", *paths]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    [thumb] = (workshop.output / "images" / "derivatives" / "thumb").iterdir()
    page = (workshop.output / "bread" / "index.html").read_text(encoding="utf-8")
    assert f'src="/images/derivatives/thumb/{thumb.name}"' in page
    with Image.open(thumb) as image:
        assert image.size == (100, 100)
