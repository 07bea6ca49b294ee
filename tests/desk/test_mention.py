"""``python -m desk mention``: who is told of a post, when, and who never is (W3C 3.1)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.errors import DeskError
from tests.desk.mentions.blog import Blog, blog_at, link
from tests.dialogue.web import Answer


@pytest.fixture
def blog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Blog]:
    """A blog, nothing of which was ever told of."""
    with blog_at(tmp_path, monkeypatch) as found:
        yield found


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_any_success_is_one(blog: Blog, status: int) -> None:
    """Source and target are posted to the endpoint, its query kept; and only once."""
    target = blog.target("/page", status)
    blog.write("one", link(target, target))
    blog.publish()
    assert blog.tell() == 0
    (asked,) = [request for request in blog.server.requests if request.method == "POST"]
    assert asked.path == "/endpoint?for=you"
    assert asked.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert blog.told() == [("one", "/page")]
    assert blog.tell() == 0
    assert blog.told() == []


def test_where_to_watch_it_is_said(blog: Blog, capsys: pytest.CaptureFixture[str]) -> None:
    """A receiver may name a page with what became of it."""
    url = blog.write("one", link(blog.target("/page")))
    blog.others["/endpoint?for=you"] = Answer(201, {"Location": "https://there.example/status/1"})
    blog.publish()
    blog.tell()
    told = capsys.readouterr().out
    assert f"{url}: {blog.server.url}/page told: answered 201, see https://there.example/st" in told
    assert "1 posts: 1 sites told, 0 take no webmentions, 0 later, 0 failed." in told


def test_a_changed_post_is_told_of_again_and_its_new_links_too(blog: Blog) -> None:
    """Update test 1: to those it linked to before, and to the new ones."""
    first, second = blog.target("/step/1"), blog.target("/step/2")
    blog.write("one", link(first))
    blog.publish()
    blog.tell()
    assert blog.told() == [("one", "/step/1")]
    blog.write("one", link(first, second))
    blog.publish()
    assert blog.tell() == 0
    assert blog.told() == [("one", "/step/1"), ("one", "/step/2")]


def test_a_page_that_is_no_longer_linked_is_told_once_more(blog: Blog) -> None:
    """Update test 2: so that it can take the mention away; afterwards it is left in peace."""
    first, second = blog.target("/step/1"), blog.target("/update")
    blog.write("one", link(first, second))
    blog.publish()
    blog.tell()
    blog.told()
    for body, expected in (
        (link(second), [("one", "/step/1"), ("one", "/update")]),
        (link(second) + "more", [("one", "/update")]),
    ):
        blog.write("one", body)
        blog.publish()
        assert blog.tell() == 0
        assert blog.told() == expected


def test_the_endpoint_is_looked_for_each_time(blog: Blog) -> None:
    """A page may have moved it."""
    target = blog.target("/page")
    blog.write("one", link(target))
    blog.publish()
    blog.tell()
    blog.others["/page"] = Answer(200, {"Link": "</new>; rel=webmention"})
    blog.others["/new"] = Answer(202)
    blog.write("one", link(target) + "more")
    blog.publish()
    blog.server.requests.clear()
    blog.tell()
    assert [each.path for each in blog.server.requests if each.method == "POST"] == ["/new"]


def test_a_post_that_is_gone_is_told_of_once_more(blog: Blog) -> None:
    """Delete test 1: its targets find it gone. Not before it is, and not twice."""
    blog.write("one", link(blog.target("/page")))
    blog.write("two", "no links")
    blog.publish()
    blog.tell()
    blog.told()
    blog.remove("one")
    assert blog.tell() == 1
    assert blog.told() == []
    blog.publish()
    assert blog.tell() == 0
    assert blog.told() == [("one", "/page")]
    assert blog.tell() == 0
    assert blog.told() == []


def test_nobody_is_told_of_what_is_not_online(
    blog: Blog, capsys: pytest.CaptureFixture[str]
) -> None:
    """Receivers would find nothing, or the version before; once it is there they are told."""
    target = blog.target("/page")
    blog.write("old", "no links")
    blog.publish()
    url = blog.write("one", link(target))
    assert blog.tell() == 1
    assert f"{url}: not told of: it answers with status 404; publish first" in (
        capsys.readouterr().out
    )
    blog.publish()
    assert blog.tell() == 0
    assert blog.told() == [("one", "/page")]
    blog.write("one", link(target, f"{target}#more"))
    assert blog.tell() == 1
    assert "another version of it is online" in capsys.readouterr().out
    assert blog.told() == []


def test_who_is_never_told(blog: Blog) -> None:
    """Ourselves; of posts that were published elsewhere first, or that nobody shall find; of pages.

    Nor what is around a post: the menu, and the replies below it.
    """
    target = blog.target("/page")
    own = link(f"{blog.url}two/", "/blog/three/", "#note", "mailto:a@b.example")
    blog.write("own", own)
    blog.write("hidden", link(target), head='<meta name="robots" content="noindex, follow">')
    original = '<link rel="canonical" href="https://essays.example/first">'
    blog.write("repost", link(target))
    file = blog.folder / "repost/index.html"
    file.write_text(
        file.read_text().replace(f'<link rel="canonical" href="{blog.url}repost/">', original)
    )
    (blog.folder / "about").mkdir()
    (blog.folder / "about/index.html").write_text(f'<div class="e-content">{link(target)}</div>')
    blog.publish()
    assert blog.tell() == 0
    assert [asked for asked in blog.server.requests if "blog" not in asked.path] == []


def test_an_archive_is_not_announced(blog: Blog, capsys: pytest.CaptureFixture[str]) -> None:
    """The first time only new posts are told of; an old one is once it changes."""
    blog.write("old", link(blog.target("/page")), date="2025-12-31")
    blog.write("new", link(blog.target("/other")))
    blog.publish()
    assert blog.tell() == 0
    assert blog.told() == [("new", "/other")]
    assert "1 older posts are taken as known" in capsys.readouterr().out
    blog.write("old", link(blog.target("/page")) + "changed", date="2025-12-31")
    blog.publish()
    blog.tell()
    assert blog.told() == [("old", "/page")]


def test_the_site_as_it_was_says_what_is_new(blog: Blog, tmp_path: Path) -> None:
    """In CI, where nothing is remembered."""
    target = blog.target("/page")
    blog.write("one", link(target))
    blog.publish()
    before = tmp_path / "before"
    blog.folder.rename(before)
    blog.folder.mkdir()
    blog.write("one", link(target))
    blog.write("two", link(target))
    blog.publish()
    assert blog.tell("--against", str(before)) == 0
    assert blog.told() == [("two", "/page")]


@pytest.mark.parametrize("retry", ["120", "Thu, 31 Dec 2099 00:00:00 GMT"])
def test_a_site_that_asks_to_wait_is_left_alone(blog: Blog, retry: str) -> None:
    """Also with its other pages, and until the time that it named."""
    blog.write("one", link(blog.target("/page"), blog.target("/other")))
    blog.others["/endpoint?for=you"] = Answer(429, {"Retry-After": retry})
    blog.publish()
    assert blog.tell() == 1
    assert blog.told() == [("one", "/page")]
    assert blog.tell() == 0
    assert blog.told() == []


def test_what_may_end_better_is_tried_again_but_not_for_ever(blog: Blog) -> None:
    """Five times; what is refused is not tried again until the post changes."""
    blog.write("one", link(blog.target("/page", 503)))
    blog.publish()
    assert [blog.tell() for _ in range(6)] == [1, 1, 1, 1, 1, 0]
    assert blog.told() == [("one", "/page")] * 5
    blog.write("two", link(blog.target("/page", 400)))
    blog.publish()
    assert [blog.tell() for _ in range(2)] == [1, 0]
    assert blog.told() == [("two", "/page")]


def test_what_takes_no_webmentions_is_no_failure(
    blog: Blog, capsys: pytest.CaptureFixture[str]
) -> None:
    """And named only if asked for."""
    blog.others["/plain"] = Answer(200, {"Content-Type": "text/html"}, b"hello")
    blog.write("one", link(f"{blog.server.url}/plain"))
    blog.publish()
    assert blog.tell("--verbose") == 0
    told = capsys.readouterr().out
    assert f"{blog.server.url}/plain nowhere: takes no webmentions" in told
    assert "1 take no webmentions" in told


@pytest.mark.parametrize("place", ["http://127.0.0.1/x", "http://localhost/x", "http://10.0.0.1/x"])
def test_an_endpoint_in_our_own_network_is_not_posted_to(
    blog: Blog, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """A page could make us send requests to what listens there."""
    blog.others["/page"] = Answer(200, {"Link": f"<{place}>; rel=webmention"})
    blog.write("one", link(f"{blog.server.url}/page"))
    blog.publish()
    assert blog.tell() == 1
    assert blog.told() == []


def test_a_dry_run_asks_nobody(blog: Blog, capsys: pytest.CaptureFixture[str]) -> None:
    """And remembers nothing."""
    target = blog.target("/page")
    url = blog.write("one", link(target))
    blog.publish()
    assert blog.tell("--dry-run") == 0
    assert f"{url}: would tell {target}" in capsys.readouterr().out
    assert blog.server.requests == []
    assert not blog.state.exists()


def test_what_cannot_work_is_said(blog: Blog) -> None:
    """No site, no posts, a memory that cannot be read."""
    with pytest.raises(DeskError, match="build the site first"):
        blog.tell()
    blog.publish()
    with pytest.raises(DeskError, match="h-entry"):
        blog.tell()
    (blog.folder / "index.html").write_text("")
    with pytest.raises(DeskError, match="names no canonical"):
        blog.tell()
    blog.state.parent.mkdir()
    for text in ("{", "[]", '{"format": "other", "posts": {}}'):
        blog.state.write_text(text)
        with pytest.raises(DeskError, match="begin anew"):
            blog.tell()
