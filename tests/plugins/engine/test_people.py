"""Authors as people, in pages, feeds and structured data."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from plugins.engine.retelling import retell
from tests.plugins.building import Built, Workshop
from tests.plugins.images.pictures import plain
from tests.plugins.sequences import clean_build, snapshot

POST = "---\ntitle: {}\ndate: 2026-05-19\nauthor: {}\n---\n\nText.\n"
MARA = """---
name: {}
picture: mara.png
summary: Edits the blog.
url: https://mara.example/
github: mara
---

The *bio*.
"""


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """Two posts of one person, by key and by name, and one of somebody else."""
    made = Workshop(tmp_path)
    made.write(
        {
            "posts/a.md": POST.format("A", "mara"),
            "posts/b.md": POST.format("B", "Mara Lindqvist"),
            "posts/c.md": POST.format("C", "Zoe Quill"),
            "authors/mara.md": MARA.format("Mara Lindqvist"),
            "authors/mara.png": plain(300, 300),
        }
    )
    return made


def people(built: Built, path: str) -> list[dict[str, object]]:
    """The persons in the structured data of a page."""
    [found] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', built.page(path))
    first = json.loads(found)["@graph"][0]
    return [first["mainEntity"]] if "mainEntity" in first else list(first["author"])


def test_key_and_name_lead_to_one_page(workshop: Workshop) -> None:
    """It has both posts, the picture, the bio and the links."""
    built = workshop.build()
    assert built.problems == ()
    assert built.report is not None
    assert built.report.notices == ()
    page = built.page("/author/mara/")
    assert '<h1 class="p-name">Mara Lindqvist</h1>' in page
    assert all(shown in page for shown in ('href="/a/"', 'href="/b/"', "The <em>bio</em>."))
    assert re.search(
        r'<img class="portrait u-photo" src="/authors/mara.png" alt="Mara Lindqvist"', page
    )
    assert 'rel="me" href="https://github.com/mara">GitHub</a>' in page
    assert "author/mara-lindqvist/index.html" not in built.files()


@pytest.mark.parametrize("path", ["/a/", "/b/"])
def test_posts_show_the_person(workshop: Workshop, path: str) -> None:
    """Name and picture in the byline, all of it at the foot; feeds and cards have the name."""
    built = workshop.build()
    page = built.page(path)
    assert 'rel="author" href="/author/mara/">Mara Lindqvist</a>' in page
    assert page.count('class="portrait"') == 2
    assert 'href="https://mara.example/">mara.example</a>' in page
    feed = json.loads(built.page("/feeds/all.json"))
    assert {one["authors"][0]["name"] for one in feed["items"]} == {"Mara Lindqvist", "Zoe Quill"}


def test_structured_data_has_the_person(workshop: Workshop) -> None:
    """With the same URLs in the post and on the page about the author, which has the picture too."""
    built = workshop.build()
    [author], [subject] = people(built, "/a/"), people(built, "/author/mara/")
    assert author["name"] == subject["name"] == "Mara Lindqvist"
    assert (
        author["sameAs"]
        == subject["sameAs"]
        == ["https://mara.example/", "https://github.com/mara"]
    )
    assert subject["description"] == "Edits the blog."
    assert isinstance(subject["image"], dict)


def test_every_change_of_a_person_reaches_every_page(workshop: Workshop, tmp_path: Path) -> None:
    """What an incremental build makes of another name, picture, file or key is what a clean one makes."""
    workshop.build()
    steps: list[dict[str, str | bytes]] = [
        {"authors/mara.md": MARA.format("Mara Ek")},
        {"authors/mara.png": plain(200, 300)},
        {"posts/b.md": POST.format("B", "mara")},
        {"authors/zoe.md": "---\nname: Zoe Quill\n---\n\nZoe.\n"},
    ]
    for step in steps:
        workshop.build(step)
        clean = clean_build(workshop, tmp_path / "clean")
        assert snapshot(workshop.output) == snapshot(clean.output)
    (workshop.content / "authors/mara.md").unlink()
    workshop.build()
    clean = clean_build(workshop, tmp_path / "clean")
    assert snapshot(workshop.output) == snapshot(clean.output)
    assert "Mara Ek" not in clean.page("/a/")


def test_a_save_in_the_preview_keeps_the_person(workshop: Workshop) -> None:
    """The page of an edited post is what a build makes of it; other authors are left to a build."""
    built = workshop.build()
    assert built.run is not None
    held = built.run.held
    assert held is not None
    workshop.write({"posts/a.md": POST.format("A", "mara") + "More text.\n"})
    assert retell(held, ["posts/a.md"]) is not None
    page = built.page("/a/")
    assert "More text." in page
    assert ">Mara Lindqvist</a>" in page
    assert workshop.build().page("/a/") == page
    workshop.write({"posts/a.md": POST.format("A", "Zoe Quill")})
    assert retell(held, ["posts/a.md"]) is None


def test_faults_of_a_person_are_told(workshop: Workshop) -> None:
    """A picture that is not there, and a link that is none, with their lines."""
    broken = "---\nname: Mara\npicture: nothing.png\nlinks: ['javascript:x']\n---\n\nBio.\n"
    built = workshop.build({"authors/mara.md": broken})
    assert [line.split(": ")[:2] for line in built.problems] == [
        ["authors/mara.md:3", "image"],
        ["authors/mara.md:4", "links"],
    ]
