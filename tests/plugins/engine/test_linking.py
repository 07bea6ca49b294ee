"""References in bodies."""

import pytest

from plugins.engine.linking import LinkIndex, index_links, link_html, link_image
from plugins.post import Body, Link, Picture
from plugins.urls import Urls
from tests.plugins.examples import a_post

HERE = "posts/here.md"


def an_index(base: str = "") -> LinkIndex:
    """A site with a post, a draft, an image and a file that could not be read."""
    return index_links(
        posts=[a_post("there", aliases=("/old-there/",)), a_post("here")],
        held=[a_post("secret", status="draft")],
        beside=["posts/secret.png"],
        statics={"images/a.png": "/images/a.png"},
        extra={"/archive/": "/archive/"},
        failed={"posts/broken.md"},
        urls=Urls(f"https://blog.example.com{base}"),
        elsewhere=("/dialogue/",),
    )


@pytest.mark.parametrize(
    ("target", "url"),
    [
        ("there.md", "/there/"),
        ("there.md#part", "/there/#part"),
        ("{filename}there.md", "/there/"),
        ("../images/a.png", "/images/a.png"),
        ("/images/a.png", "/images/a.png"),
        ("/there/", "/there/"),
        ("/there", "/there/"),
        ("/old-there/", "/there/"),
        ("/archive/", "/archive/"),
        ("/dialogue/contact", "/dialogue/contact"),
        ("/feeds/all.rss.xml", "/feeds/all.rss.xml"),
        ("https://example.org/x.md", "https://example.org/x.md"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("#here", "#here"),
        ("//example.org/x", "//example.org/x"),
        ("broken.md", "broken.md"),
    ],
)
def test_a_reference_becomes_the_url_it_means(target: str, url: str) -> None:
    """However the writer says it, the reader gets a root-relative URL."""
    html, problems = link_html(f'<a href="{target}">x</a>', Body(""), HERE, an_index())
    assert html == f'<a href="{url}">x</a>'
    assert problems == ()


def test_links_lead_below_the_path_of_the_site() -> None:
    """A site that lives at /blog links there."""
    html, _ = link_html('<a href="there.md">x</a>', Body(""), HERE, an_index("/blog"))
    assert html == '<a href="/blog/there/">x</a>'


def test_a_dead_link_is_reported_once_with_its_line() -> None:
    """The line is that of the first time the target stands in the file."""
    links = (Link("gone.md", "link", 7), Link("gone.md", "link", 9))
    html = '<a href="gone.md">x</a><a href="gone.md">y</a>'
    _, problems = link_html(html, Body("", links=links), HERE, an_index())
    assert [str(problem) for problem in problems] == [
        "posts/here.md:7: link: no post, page or file is at 'gone.md'; "
        "correct the path (it is relative to posts/), or take the link out [dead-link]"
    ]


def test_a_dead_image_is_called_an_image() -> None:
    """The hint tells where the file belongs."""
    body = Body("", links=(Link("gone.png", "image", 3),))
    _, [problem] = link_html('<img src="gone.png">', body, HERE, an_index())
    assert str(problem).startswith(
        "posts/here.md:3: image: no image is at 'gone.png'; put the file"
    )


def test_a_link_to_a_draft_is_a_problem_that_says_so() -> None:
    """What is not public cannot be linked to."""
    _, [problem] = link_html('<a href="secret.md">x</a>', Body(""), HERE, an_index())
    assert problem.message == "'secret.md' is a draft, so readers would find nothing"


def test_a_picture_that_is_held_back_with_a_draft_is_not_called_missing() -> None:
    """Its writer sees the file in the folder, and is told why readers do not."""
    _, [problem] = link_image(Picture("secret.png"), HERE, 5, an_index())
    assert problem.message == "'secret.png' is the file of a draft, so readers would find nothing"


def test_the_lead_image_is_resolved_like_any_other() -> None:
    """Relative to the post, or by its URL."""
    assert link_image(Picture("../images/a.png"), HERE, 5, an_index()) == ("/images/a.png", ())
    url, [problem] = link_image(Picture("lost.png"), HERE, 5, an_index())
    assert (url, problem.line, problem.field) == ("", 5, "image")
    assert link_image(None, HERE, 1, an_index()) == ("", ())
