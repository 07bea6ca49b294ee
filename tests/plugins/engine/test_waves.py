"""Everything that is wrong with a site is told in one report, before any image is made."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.images.settings import ImageSettings
from tests.plugins.building import Built, Workshop
from tests.plugins.images.pictures import photo

HEAD = "---\ntitle: {}\ndate: 2026-01-02\n{}---\n\n"
ONE_OF_EACH = HEAD.format("A", "toc: perhaps\nimage: none.jpg\n") + (
    "{{ site.x }} and [dead](nope.md)\n"  # line 8
    "\n"
    "| a | b |\n|---|---|\n| 1 | 2 | this is lost |\n"  # 12
    "\n"
    "See [the guide][guide].\n"  # 14
    "\n"
    "![Here](broken.jpg) and [there]({{ site.baseurl }}/there/)\n"  # 16
    "\n"
    "<Figure text='x'/>\n"  # 18
)
FILES: dict[str, str | bytes] = {
    "posts/a.md": ONE_OF_EACH,
    "posts/broken.jpg": photo()[:4000],
    "posts/whole.jpg": photo(),
    "posts/b.md": "---\ntitle: [B\n---\n\n[dead](nope.md) {% include x %}\n",
    "posts/c.md": HEAD.format("C", "permalink: /same/\n") + "![Red](whole.jpg)\n",
    "posts/d.md": HEAD.format("D", "permalink: /same/\n") + "![Red](broken.jpg)\n",
    "posts/e.md": HEAD.format("E", "slug: x\nurl_slug: y\ncategory: Known\n") + "[dead](nope.md)\n",
    "posts/f.md": HEAD.format("F", "category: Known\nalias: /same/\n") + "[dead](nope.md)\n",
    "categories/known.md": "[dead](nope.md) {{ site.y }}\n",
    "series/s.md": "---\ntitle: S\nsize: 3\n---\n\n[[link]]\n",
}


@pytest.fixture
def built(tmp_path: Path) -> Built:
    """The site with a fault of every kind, and a cache of images beside it."""
    images = ImageSettings(cache=tmp_path / "cache", widths=(240, 480, 800))
    workshop = Workshop(tmp_path)
    workshop.replies.mkdir()
    (workshop.replies / "c.json").write_text("{", encoding="utf-8")
    return workshop.build(FILES, IMAGES=images)


def places(built: Built) -> list[tuple[str, int, str]]:
    """File, line and field of each problem."""
    found = (problem.split(":", 3) for problem in built.problems)
    return [(path, int(line), field.strip()) for path, line, field, _ in found]


def test_all_faults_are_told_at_once(built: Built) -> None:
    """In one file and in several, each once: fields, text, links, images, addresses."""
    assert places(built) == [
        ("c.json", 1, "file"),
        ("categories/known.md", 1, "body"),
        ("categories/known.md", 1, "link"),
        ("posts/a.md", 4, "toc"),
        ("posts/a.md", 5, "image"),
        ("posts/a.md", 8, "body"),
        ("posts/a.md", 8, "link"),
        ("posts/a.md", 12, "body"),
        ("posts/a.md", 14, "body"),
        ("posts/a.md", 16, "body"),
        ("posts/a.md", 16, "image"),
        ("posts/a.md", 18, "body"),
        ("posts/b.md", 2, "front matter"),
        ("posts/b.md", 5, "body"),
        ("posts/b.md", 5, "link"),
        ("posts/d.md", 4, "permalink"),
        ("posts/d.md", 7, "image"),
        ("posts/e.md", 5, "url_slug"),
        ("posts/e.md", 9, "link"),
        ("posts/f.md", 5, "aliases"),
        ("posts/f.md", 8, "link"),
        ("series/s.md", 3, "size"),
        ("series/s.md", 6, "body"),
    ]


def test_nothing_is_made_before(built: Built, tmp_path: Path) -> None:
    """No image is encoded for a site that is not published."""
    assert built.problems
    assert not (tmp_path / "cache").exists()
    assert built.files() == set()
