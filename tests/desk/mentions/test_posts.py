"""Which posts a real build has, and where they lead."""

from __future__ import annotations

from pathlib import Path

from desk.mentions.posts import posts
from tests.plugins.building import Built, Workshop

POST = "---\ntitle: One\ndate: 2026-05-01\n---\nSee [this](https://a.example/x) and [us](two.md).\n"
TWO = "---\ntitle: Two\ndate: 2026-05-02\n---\nSee <https://b.example/> and [that](https://a.example/x#y).\n"
REPOST = (
    "---\ntitle: Three\ndate: 2026-05-03\noriginal: https://c.example/first\n---\n"
    "See [this](https://a.example/x).\n"
)
DRAFT = "---\ntitle: Four\ndate: 2026-05-03\ndraft: true\n---\nSee [this](https://a.example/x).\n"


def test_the_posts_of_a_real_site(tmp_path: Path) -> None:
    """Their links to other sites, in order; no draft, and no post whose original is elsewhere."""
    files = {"one.md": POST, "two.md": TWO, "three.md": REPOST, "four.md": DRAFT}
    built = Workshop(tmp_path).build(files)
    assert built.problems == ()
    found = {post.url: post for post in posts(built.output)}
    assert {url: post.links for url, post in found.items()} == {
        "https://blog.example.com/one/": ("https://a.example/x",),
        "https://blog.example.com/two/": ("https://b.example/", "https://a.example/x#y"),
    }
    assert found["https://blog.example.com/one/"].published == "2026-05-01"


def test_only_the_content_changes_a_post(tmp_path: Path) -> None:
    """A new post beside it, or a tag, is no reason to tell anybody again; other words are."""
    workshop = Workshop(tmp_path)
    before = _digests(workshop.build({"two.md": TWO}))
    tagged = TWO.replace("---\nSee", "tags: [a]\n---\nSee")
    assert before.items() < _digests(workshop.build({"two.md": tagged, "one.md": POST})).items()
    for changed in (TWO.replace("See", "Look at"), TWO.replace("x#y", "x#z")):
        after = _digests(workshop.build({"two.md": changed}))
        assert before.keys() <= after.keys()
        assert before.items().isdisjoint(after.items())


def _digests(built: Built) -> dict[str, str]:
    assert built.problems == ()
    return {post.url: post.digest for post in posts(built.output)}
