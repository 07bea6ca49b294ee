"""Which files posts name."""

from __future__ import annotations

from plugins.post import Frozen, Picture
from plugins.posts.uses import addresses_in, used, uses_of
from tests.plugins.examples import a_post

FILES = {
    "images/a#b.png": "/images/a%23b.png",
    "posts/trip/c.png": "/trip/c.png",
    "d.mp3": "/d.mp3",
}


def test_a_file_is_found_however_it_is_named() -> None:
    """By its path, its address or its own name, from the file that names it."""
    for address in ("../images/a%23b.png", "/images/a%23b.png", "../images/a#b.png"):
        assert used([("posts/x.md", [address])], FILES) == {"images/a#b.png"}
    assert used([("posts/trip/index.md", ["c.png"])], FILES) == {"posts/trip/c.png"}
    assert used([("x.md", ["/trip/c.png?x=1#y"])], FILES) == {"posts/trip/c.png"}
    assert used([("x.md", ["c.png", "#c.png", ""])], FILES) == set()
    assert used([("x.md", ["d.mp3"])], {}) == set()


def test_fields_name_files_too() -> None:
    """The lead image, sound and film, in every form that front matter has."""
    extra = Frozen({"audio": "d.mp3", "video": ["e.mp4"], "enclosure": {"url": "f.mp3"}})
    post = a_post("x", image=Picture("a.png"), extra=extra)
    assert uses_of(post, ["t.png"]) == (post.source, ("t.png", "a.png", "d.mp3", "e.mp4", "f.mp3"))


def test_only_addresses_of_this_site_count() -> None:
    """Of images, links and choices alike."""
    html = '<img src="a.png" srcset="b.png 2x"><a href="https://e.org/c.png"><a href="d.pdf">'
    assert list(addresses_in(html)) == ["a.png", "b.png", "d.pdf"]
