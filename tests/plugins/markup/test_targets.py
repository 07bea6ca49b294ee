"""What a reference in a file leads to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.markup.targets import resolve

INDEX = {
    "posts/a.md": "/a/",
    "posts/b/index.md": "/b/",
    "posts/b/chart.png": "/b/chart.png",
    "images/x y.png": "/images/x%20y.png",
    "about.md": "/about/",
    "/": "/",
    "/a/": "/a/",
    "/b/": "/b/",
    "/about/": "/about/",
    "/feeds/all.rss.xml": "/feeds/all.rss.xml",
    "{category}Practice": "/category/practice/",
}


@pytest.mark.parametrize(
    ("target", "source", "url"),
    [
        ("a.md", "posts/c.md", "/a/"),
        ("./a.md#part", "posts/c.md", "/a/#part"),
        ("../a.md?x=1#y", "posts/b/index.md", "/a/?x=1#y"),
        ("a", "posts/c.md", "/a/"),
        ("b/", "posts/a.md", "/b/"),
        ("b/index.md", "posts/a.md", "/b/"),
        ("../b/", "posts/a.md", "/b/"),
        ("chart.png", "posts/b/index.md", "/b/chart.png"),
        ("../images/x%20y.png", "posts/a.md", "/images/x%20y.png"),
        ("/images/x y.png", "posts/a.md", "/images/x%20y.png"),
        ("{filename}a.md", "posts/c.md", "/a/"),
        ("{filename}/posts/a.md", "about.md", "/a/"),
        ("{static}/images/x y.png", "about.md", "/images/x%20y.png"),
        ("{attach}chart.png", "posts/b/index.md", "/b/chart.png"),
        ("|filename|a.md#p", "posts/c.md", "/a/#p"),
        ("/a", "about.md", "/a/"),
        ("/a/", "about.md", "/a/"),
        ("/a/index.html", "about.md", "/a/"),
        ("/a.html", "about.md", "/a/"),
        ("/", "about.md", "/"),
        ("/index.html", "about.md", "/"),
        ("/posts/a.md", "about.md", "/a/"),
        ("/feeds/all.rss.xml", "about.md", "/feeds/all.rss.xml"),
        ("{category}Practice", "about.md", "/category/practice/"),
    ],
)
def test_a_reference_leads_somewhere(target: str, source: str, url: str) -> None:
    """Files, folders, URLs and Pelican's prefixes are understood; query and fragment stay."""
    assert resolve(target, source, INDEX) == url


@pytest.mark.parametrize(
    ("target", "source"),
    [
        ("none.md", "posts/a.md"),
        ("../../a.md", "posts/a.md"),
        ("../../../etc/passwd", "posts/a.md"),
        ("/../about.md", "posts/a.md"),
        ("%2e%2e/%2e%2e/about.md", "posts/a.md"),
        ("..\\about.md", "posts/a.md"),
        ("a.md%00", "posts/c.md"),
        ("{filename}/a/", "about.md"),
        ("{tag}none", "about.md"),
        ("", "posts/a.md"),
        ("#part", "posts/a.md"),
        ("A.md", "posts/c.md"),
    ],
)
def test_a_reference_leads_nowhere(target: str, source: str) -> None:
    """What does not exist, leaves the content folder or is empty has no URL."""
    assert resolve(target, source, INDEX) is None


@given(st.text(alphabet="ab./%2e{}|filenam#?\\ ", max_size=30))
def test_only_what_is_in_the_index_is_ever_returned(target: str) -> None:
    """No spelling makes up a URL: the path returned is one of the index's."""
    url = resolve(target, "posts/b/index.md", INDEX)
    assert url is None or any(url.startswith(known) for known in INDEX.values())
