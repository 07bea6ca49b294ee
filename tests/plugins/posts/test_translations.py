"""Which file names have a language in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.posts.translations import Languages
from tests.plugins.building import Workshop
from tests.plugins.sequences import clean_build, snapshot

FILES = (
    *(
        "it.is.md",
        "lonely.fr.md",
        "index.nl.md",
        "asp.net.md",
        "a.md",
        "own.en.md",
        "swiss.de-CH.md",
    ),
    *(
        "posts/both.md",
        "posts/both.es.md",
        "two.pt.md",
        "two.da.md",
        "again.es.md",
        "b.pt.draft.md",
    ),
    *("photo.is.jpg", "photo.jpg", "other/it.md"),
)


@pytest.mark.parametrize(
    ("source", "lang"),
    [
        *(("it.is.md", None), ("lonely.fr.md", None), ("asp.net.md", None), ("a.md", None)),
        *(("own.en.md", "en"), ("swiss.de-CH.md", "de-CH"), ("index.nl.md", "nl")),
        *(("posts/both.es.md", "es"), ("again.es.md", "es"), ("two.pt.md", "pt")),
        ("b.pt.draft.md", "pt"),
    ],
)
def test_a_language_is_one_of_the_sites(tmp_path: Path, source: str, lang: str | None) -> None:
    """By its settings, or because something is translated into it: in the same folder."""
    for name in FILES:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    assert Languages(frozenset({"en", "de"}), tmp_path).of(source) == lang


def test_without_a_folder_it_may_be_any() -> None:
    """Nothing is known of a file by itself."""
    assert Languages().of("it.is.md") == "is"


def test_a_post_with_a_word_behind_a_dot_keeps_it(tmp_path: Path) -> None:
    """Its address has it, and its language is the site's; front matter can say otherwise."""
    french = "---\ntitle: Seul\nlang: fr\n---\nx\n"
    built = Workshop(tmp_path).build({"it.is.md": "# It is\n\nx\n", "seul.fr.md": french})
    assert built.problems == ()
    assert {"itis/index.html", "fr/seul/index.html"} <= built.files()
    assert '<html lang="en' in built.page("/itis/")


def test_a_translation_that_comes_later_makes_it_a_language(tmp_path: Path) -> None:
    """An incremental build reads the file again, though it did not change."""
    workshop = Workshop(tmp_path)
    assert "itis/index.html" in workshop.build({"it.is.md": "# Er\n\nx\n"}).files()
    built = workshop.build({"it.md": "# It\n\nx\n"})
    assert {"it/index.html", "is/it/index.html"} <= built.files()
    clean_build(workshop, tmp_path / "clean")
    assert snapshot(workshop.output) == snapshot(tmp_path / "clean")
    (workshop.content / "it.md").unlink()
    assert "itis/index.html" in workshop.build().files()
