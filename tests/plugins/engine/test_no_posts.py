"""What is published of texts that are no posts, of what git ignores, and of the files of drafts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from plugins.posts import git
from tests.needs import program
from tests.plugins.building import Built, Workshop
from tests.plugins.sequences import clean_build, snapshot

# Either way of building has to do the same; this setting is one that only Pelican knows.
WAYS: tuple[dict[str, Any], ...] = ({}, {"STATIC_CREATE_LINKS": True})


def a_post(body: str = "x", more: str = "") -> str:
    """A public post."""
    return f"---\ntitle: A\ndate: 2024-01-01\n{more}---\n{body}\n"


def left_out(built: Built) -> tuple[str, ...]:
    """The files that the summary names."""
    assert built.problems == ()
    assert built.report is not None
    return built.report.not_posts


@pytest.mark.parametrize("way", WAYS, ids=["directly", "through Pelican"])
def test_texts_that_are_no_posts_are_counted_and_named(tmp_path: Path, way: dict[str, Any]) -> None:
    """They are neither pages nor files of the site, and the summary says so."""
    built = Workshop(tmp_path).build(
        {
            "a.md": a_post(),
            "README.md": "# For staff\n",
            "images/notes.txt": "For staff",
            "LICENSE": "x",
            "_index.md": "x",
            "trip/index.md": a_post("![x](map.svg)"),
            "trip/map.svg": '<svg viewBox="0 0 1 1"/>',
            "trip/raw.md": "# raw",
            "static/humans.txt": "us",
        },
        **way,
    )
    assert left_out(built) == (
        *("LICENSE", "README.md", "_index.md", "images/notes.txt", "trip/raw.md"),
    )
    assert (
        "Not posts: 5 files (LICENSE, README.md, _index.md, images/notes.txt, trip/raw.md)"
        in str(built.report)
    )
    assert built.report is not None
    assert built.report.published == 2
    names = {"readme", "notes", "license", "raw"}
    assert not [
        path for path in built.files() if names & {*path.lower().replace(".", "/").split("/")}
    ]
    assert {"humans.txt", "trip/map.svg"} <= built.files()
    assert "staff" not in built.page("index.html") + built.page("feeds/all.rss.xml")


@pytest.mark.parametrize("way", WAYS, ids=["directly", "through Pelican"])
def test_a_text_that_a_post_leads_to_is_a_file(tmp_path: Path, way: dict[str, Any]) -> None:
    """It is copied as it is, whether it lies among files or in the folder of the post."""
    files = {
        "files/terms.txt": "T",
        "trip/data.txt": "D",
        "trip/other.txt": "O",
        "README.md": "# R",
    }
    body = "[t](../files/terms.txt) [d](data.txt) [r](/README.md)"
    built = Workshop(tmp_path).build({**files, "trip/index.md": a_post(body)}, **way)
    assert left_out(built) == ("trip/other.txt",)
    assert {"files/terms.txt", "trip/data.txt", "README.md"} <= built.files()
    assert 'href="/trip/data.txt"' in built.page("/trip/")


def test_a_link_to_a_text_that_may_be_meant_for_a_post_is_told(tmp_path: Path) -> None:
    """There is nothing that readers could be given."""
    files = {"new/_index.md": "x", "trip/index.md": a_post("[y](raw.md)"), "trip/raw.md": "# Raw"}
    built = Workshop(tmp_path).build({"a.md": a_post("[x](new/_index.md)"), **files})
    first, second = built.problems
    assert first.startswith("a.md:5: link: 'new/_index.md' is no post")
    assert second.startswith("trip/index.md:5: link: 'raw.md' is no post")
    assert second.endswith("write status: published into its front matter to make it one")


@pytest.mark.parametrize("way", WAYS, ids=["directly", "through Pelican"])
def test_the_text_of_a_folder_is_the_intro_of_its_list(tmp_path: Path, way: dict[str, Any]) -> None:
    """Of the category or tag that is called like the folder, or of the author; links lead there."""
    built = Workshop(tmp_path).build(
        {
            "News/a.md": a_post("[n](_index.md)", "category: News\ntags: [Tips]\nauthor: Ann\n"),
            "News/_index.md": "---\ntitle: News\n---\nAll *news*\n",
            "tips/_index.md": "All *tips*\n",
            "authors/ann/_index.md": "I am *Ann*\n",
            "other/_index.md": "Nobody's\n",
            "none/_index.md": "---\ndraft: true\n---\nx\n",
        },
        **way,
    )
    assert left_out(built) == ("none/_index.md", "other/_index.md")
    assert "All <em>news</em>" in built.page("/category/news/")
    assert "All <em>tips</em>" in built.page("/tag/tips/")
    assert "I am <em>Ann</em>" in built.page("/author/ann/")
    assert 'href="/category/news/"' in built.page("/a/")


def test_the_text_of_a_folder_of_a_series_is_its_file(tmp_path: Path) -> None:
    """As ``series/<slug>.md`` is."""
    files = {"a.md": a_post(more="series: Big plan\n"), "series/big-plan/_index.md": "About *it*\n"}
    built = Workshop(tmp_path).build(files)
    assert left_out(built) == ()
    assert "About <em>it</em>" in built.page("/series/big-plan/")


@pytest.mark.parametrize("way", WAYS, ids=["directly", "through Pelican"])
def test_what_git_ignores_is_not_published(tmp_path: Path, way: dict[str, Any]) -> None:
    """Posts, images, whole folders; what is committed all the same is."""
    program("git")
    workshop = Workshop(tmp_path)
    workshop.write(
        {
            "a.md": a_post(),
            "notes.md": a_post(),
            "private/b.md": a_post(),
            "images/raw.svg": "<svg/>",
            "images/.gitignore": "*.svg\n",
            "series/s.md": "x",
            "images/kept.svg": "<svg/>",
        }
    )
    git.ask(tmp_path, "init", "-q")
    git.ask(tmp_path, "add", "-f", "content/images/kept.svg")
    (tmp_path / ".gitignore").write_text("notes.md\n/content/private/\n/content/series/\n", "utf-8")
    built = workshop.build(**way)
    named = left_out(built)
    assert {"images/raw.svg", "notes.md"} <= {*named}
    assert len(named) == 4
    assert not {"notes/index.html", "b/index.html", "images/raw.svg"} & built.files()
    body = "![x](images/raw.svg) [y](private/b.md)"
    told = workshop.build({"a.md": a_post(body)}, **way).problems
    assert ["is ignored by git" in problem for problem in told] == [True, True]
    workshop.write({"a.md": a_post()})
    assert {"a/index.html", "images/kept.svg"} <= built.files()


def test_what_git_ignores_may_change(tmp_path: Path) -> None:
    """An edited .gitignore is seen, though no file of the content changed."""
    program("git")
    workshop = Workshop(tmp_path)
    git.ask(tmp_path, "init", "-q")
    assert left_out(workshop.build({"a.md": a_post(), "b.md": a_post("x", "slug: b\n")})) == ()
    (tmp_path / ".gitignore").write_text("b.md\n", "utf-8")
    built = workshop.build()
    assert left_out(built) == ("b.md",)
    assert "b/index.html" not in built.files()
    assert left_out(workshop.build()) == ("b.md",)
    (workshop.content / "b.md").unlink()
    assert left_out(workshop.build()) == ()
    (tmp_path / ".gitignore").unlink()
    built = workshop.build({"b.md": a_post("x", "slug: b\n")})
    assert left_out(built) == ()
    clean_build(workshop, tmp_path / "clean")
    assert snapshot(workshop.output) == snapshot(tmp_path / "clean")


def test_a_content_folder_that_is_ignored_as_a_whole_is_published(tmp_path: Path) -> None:
    """A site that lies in a folder of another repository, which ignores it, is no part of that."""
    program("git")
    git.ask(tmp_path, "init", "-q")
    (tmp_path / ".gitignore").write_text("content/\n", "utf-8")
    built = Workshop(tmp_path).build({"a.md": a_post()})
    assert left_out(built) == ()
    assert "a/index.html" in built.files()


def test_without_git_nothing_is_ignored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The build works all the same, and outside of a repository too."""
    files = {"a.md": a_post(), ".gitignore": "a.md\n"}
    workshop = Workshop(tmp_path)
    assert "a/index.html" in workshop.build(files).files()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "a/index.html" in workshop.build({"a.md": a_post("y")}).files()


@pytest.mark.parametrize("way", WAYS, ids=["directly", "through Pelican"])
def test_an_image_that_only_a_draft_shows_is_not_public(
    tmp_path: Path, way: dict[str, Any]
) -> None:
    """However it is named; one that a public post shows too is, and so is one that nothing shows."""
    names = ("text", "lead", "shared", "both lead", "idle", "poster", "intro")
    files: dict[str, str | bytes] = {f"images/{name}.svg": "<svg/>" for name in names}
    files["audio/sound.mp3"] = b"x"
    draft = (
        "![x](../images/text.svg) ![x](/images/shared.svg) ![x](/images/both%20lead.svg)\n\n"
        '<video poster="/images/poster.svg"></video> ![x](/images/intro.svg)'
    )
    fields = "draft: true\nimage: images/lead.svg\naudio: /audio/sound.mp3\n"
    files["posts/d.md"] = a_post(draft, fields.replace("images/lead", "/images/lead"))
    files["posts/a.md"] = a_post(
        "![x](../images/shared.svg)", "image: /images/both lead.svg\ncategory: News\n"
    )
    files["categories/news.md"] = "![x](/images/intro.svg)\n"
    workshop = Workshop(tmp_path)
    built = workshop.build(files, **way)
    assert built.problems == ()
    shown = {path for path in built.files() if path.endswith(".svg") and path.startswith("images/")}
    assert shown == {f"images/{name}.svg" for name in ("shared", "both lead", "idle", "intro")}
    assert "audio/sound.mp3" not in built.files()
    built = workshop.build(PREVIEW=True, **way)
    assert {"audio/sound.mp3", *(f"images/{name}.svg" for name in names)} <= built.files()


def test_an_image_comes_and_goes_with_the_posts_that_show_it(tmp_path: Path) -> None:
    """Incremental builds publish what clean ones do."""
    workshop = Workshop(tmp_path)
    draft, public = a_post("![x](/images/a.svg)", "draft: true\n"), a_post("![x](/images/a.svg)")
    steps = [
        ({"images/a.svg": "<svg/>", "a.md": a_post(), "d.md": draft}, False),
        ({"a.md": public}, True),
        ({"a.md": a_post("y")}, False),
        ({"d.md": public.replace("title: A", "title: D")}, True),
        ({"d.md": draft}, False),
        ({"d.md": a_post("z", "draft: true\n")}, True),
    ]
    for files, is_public in steps:
        built = workshop.build(files)
        assert built.problems == ()
        assert ("images/a.svg" in built.files()) is is_public
        clean_build(workshop, tmp_path / "clean")
        assert snapshot(workshop.output) == snapshot(tmp_path / "clean")
