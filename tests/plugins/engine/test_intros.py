"""Intros of categories and tags, and bios of authors."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.plugins.building import Workshop
from tests.plugins.documents import plain

POST = """---
title: A
date: 2026-05-19
author: Ann Author
category: Basics
tags: [One]
---

Text.
"""


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """A content folder with one post that has an author, a category and a tag."""
    made = Workshop(tmp_path)
    made.write({"posts/a.md": POST})
    return made


@pytest.mark.parametrize(
    ("source", "page"),
    [
        ("authors/ann-author.md", "/author/ann-author/"),
        ("categories/basics.md", "/category/basics/"),
        ("tags/one.txt", "/tag/one/"),
    ],
)
def test_an_intro_is_shown_on_its_page(workshop: Workshop, source: str, page: str) -> None:
    """It is Markdown, its links are resolved, and it is no post of its own."""
    built = workshop.build({source: "An *intro* with [a link](../posts/a.md).\n"})
    assert built.problems == ()
    assert 'An <em>intro</em> with <a href="/a/">a link</a>.' in built.page(page)
    assert str(built.report).startswith("1 published; ")
    assert not any(
        name.endswith((".md", ".txt")) for name in built.files() - {"robots.txt", "llms.txt"}
    )


def test_an_intro_that_nobody_can_see_is_told(workshop: Workshop) -> None:
    """The build goes on, and says which name it looked for."""
    built = workshop.build({"tags/two.md": "An intro.\n"})
    assert built.report is not None
    assert list(map(plain, built.report.notices)) == [
        "tags/two.md:1: file: no published post has the tag 'two', so this text is not shown; "
        "name the file like the tag's slug, or remove it"
    ]


def test_the_faults_of_an_intro_stop_the_build(workshop: Workshop) -> None:
    """A broken field and a dead link are found as in a post."""
    broken = {
        "authors/ann-author.md": "---\ntitle: [Ann\n---\nBio.\n",
        "categories/basics.md": "Go [there](nowhere.md).\n",
    }
    built = workshop.build(broken)
    assert [line.split(": ")[0] for line in built.problems] == [
        "authors/ann-author.md:2",
        "categories/basics.md:1",
    ]
