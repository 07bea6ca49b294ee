"""Paths of posts: what they become, and that none leaves the site."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.frontmatter.values import Fault
from plugins.posts.permalinks import Address, address, expand, own_path

SITE = "https://blog.example.com"


@pytest.mark.parametrize(
    ("path", "url", "save_as"),
    [
        ("/a/", "/a/", "a/index.html"),
        ("a", "/a/", "a/index.html"),
        ("//a//b", "/a/b/", "a/b/index.html"),
        ("/a/b.html", "/a/b.html", "a/b.html"),
        ("/a.HTM", "/a.HTM", "a.HTM"),
        ("/a/index.html", "/a/", "a/index.html"),
        ("/v1.2/", "/v1.2/", "v1.2/index.html"),
        ("/cafe\u0301/", "/café/", "café/index.html"),
        ("/a b/", "/a b/", "a b/index.html"),
    ],
)
def test_a_path_is_a_url_and_a_file(path: str, url: str, save_as: str) -> None:
    """What ends in .html is that file, anything else a folder."""
    assert address(path) == Address(url, save_as)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "/index.html",
        "/theme/",
        "/THEME/a/",
        "/theme/a.html",
        "/dialogue",
        "/..",
        "/a/../b",
        "/./a",
        "/.git/",
        "/a./",
        "/a /b",
        "/a/b.xml",
        "/a.JPG",
        "/a:b/",
        "/a<b/",
        "/a|b/",
        "/a%2fb/",
        "/{slug}/",
        "/a\x00/",
        "/a\\b/",
        "/a\ud800/",
        "/" + "é" * 101,
        "/" + "a/" * 501,
    ],
    ids=ascii,
)
def test_a_path_that_is_no_page_of_ours_is_refused(path: str) -> None:
    """No path reaches out of the site, hides a file, or takes the place of what the site makes."""
    with pytest.raises(Fault):
        address(path)


@given(st.text(max_size=40))
def test_no_path_leaves_the_output_folder(path: str) -> None:
    """Whatever the path: a fault, or a plain relative file."""
    try:
        found = address(path)
    except Fault:
        return
    file = PurePosixPath(found.save_as)
    assert not file.is_absolute()
    assert not {"..", ".", ""} & set(file.parts)
    assert found.url.startswith("/")
    assert not found.url.startswith("//")
    assert address(found.url) == found


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("/a/", "/a/"),
        ("a", "/a"),
        ("/caf%C3%A9/", "/café/"),
        ("https://blog.example.com/a/", "/a/"),
        ("http://www.Blog.example.com/a", "/a"),
        ("//blog.example.com/a", "/a"),
        ("https://blog.example.com", "/"),
        ("/:year/:title/", "/:year/:title/"),
    ],
)
def test_a_url_of_ours_is_its_path(written: str, path: str) -> None:
    """Old front matter may give whole URLs, in any usual spelling."""
    assert own_path(written, SITE) == path


@pytest.mark.parametrize(
    "written",
    [
        "https://other.example/a",
        "//other.example/a",
        "mailto:a@example.com",
        "C:/a",
        "a\\b",
        "/a?b",
        "/a#b",
        "/{{ a }}/",
        "/%2f/",
        "/%5C/",
        "/%ff/",
        "https://blog.example.com:x/",
        "//[",
    ],
)
def test_what_is_no_path_of_ours_is_refused(written: str) -> None:
    """Other sites, queries, fragments, templates and tricks with encoding are faults."""
    with pytest.raises(Fault):
        own_path(written, SITE)


def test_placeholders() -> None:
    """Known ones are replaced, also within a word; unknown ones are named."""
    assert expand("/:year-:month/:title.html", {"year": "2024", "month": "03", "title": "a"}) == (
        "/2024-03/a.html"
    )
    with pytest.raises(Fault, match='":season" stands for nothing'):
        expand("/:season/", {"year": "2024"})
