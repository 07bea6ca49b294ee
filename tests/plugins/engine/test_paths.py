"""No two files for one URL, and no file forgotten."""

from pathlib import Path

import pytest

from plugins.engine.paths import check_paths, unaccounted
from tests.plugins.documents import plain
from tests.plugins.examples import a_post


def lines(*posts: object, statics: dict[str, str] | None = None) -> list[str]:
    """The problems of these posts and static files, as printed."""
    return [plain(problem) for problem in check_paths(posts, statics or {}, ())]  # type: ignore[arg-type]


def test_two_posts_with_one_url_are_both_named() -> None:
    """The second one is told which file was there first."""
    first, second = a_post("same"), a_post("same", source="posts/z.md", lines={"slug": 4})
    assert lines(second, first) == [
        "posts/z.md:4: slug: posts/same.md already has this URL; "
        "give one of them another slug or permalink"
    ]


def test_urls_that_differ_in_case_only_are_one_file_on_many_disks() -> None:
    """What a Mac would overwrite is refused everywhere."""
    assert len(lines(a_post("same"), a_post("Same"))) == 1


@pytest.mark.parametrize(
    "save_as",
    [
        "archive/index.html",
        "archive/2026/index.html",
        "tag/index.html",
        "404.html",
        "sitemap.xml",
        "index.html",
    ],
)
def test_a_post_cannot_take_a_page_the_site_needs(save_as: str) -> None:
    """The archive is not overwritten by a post called archive."""
    [line] = lines(a_post("archive", save_as=save_as))
    assert line.startswith("posts/archive.md:1: slug: the site needs this URL itself; ")


def test_a_file_in_the_way_of_a_post_is_named() -> None:
    """A static file may not overwrite a post."""
    [line] = lines(a_post("a"), statics={"static/a/index.html": "/a/index.html"})
    assert line == "static/a/index.html:1: file: posts/a.md already has this URL; rename the file"


@pytest.mark.parametrize("save_as", ["a/index.html/more/index.html", "A/Index.html/more.html"])
def test_a_post_cannot_lie_below_a_file(save_as: str) -> None:
    """What one post needs as a file, another cannot have as a folder."""
    [line] = lines(a_post("a"), a_post("z", save_as=save_as, lines={"permalink": 3}))
    assert line.startswith("posts/z.md:3: permalink: posts/a.md already has this URL; ")


@pytest.mark.parametrize("url", ["/a", "/archive"])
def test_a_file_cannot_be_where_a_folder_goes(url: str) -> None:
    """A static file without an ending is told to move, whoever needs the folder."""
    [line] = lines(a_post("a"), statics={"static/x": url})
    assert line.startswith("static/x:1: file: ")
    assert line.endswith("; rename the file")


def test_different_urls_are_fine() -> None:
    """Nothing is reported where nothing is wrong."""
    assert lines(a_post("a"), a_post("b"), statics={"images/a.png": "/images/a.png"}) == []


def test_a_file_nobody_publishes_is_a_problem(tmp_path: Path) -> None:
    """Files that are accounted for or ignored are not reported, all others are."""
    ignored = [".DS_Store", "__pycache__"]
    for name in ("posts/a.md", "posts/lost.rst", ".DS_Store", "__pycache__/x.pyc", "built/on/x"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text("x")
    found = unaccounted(tmp_path, ignored, {"built/on"}, {"posts/a.md"})
    assert [plain(problem) for problem in found] == [
        "posts/lost.rst:1: file: nothing publishes this file; "
        "move it to posts/ or static/, or add its name to IGNORE_FILES"
    ]
