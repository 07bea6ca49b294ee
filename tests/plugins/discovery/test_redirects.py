"""Old addresses lead to the new ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.canonical.policy import CanonicalSettings, decide
from plugins.discovery.facts import SiteFacts
from plugins.discovery.redirects import Redirect, alias_view, plan, redirects_file
from plugins.errors import Problem
from plugins.post import Frozen, Original, Post
from tests.plugins.examples import SITE, a_post

BLOG = CanonicalSettings("https://example.org/blog")
LINES = Frozen({"aliases": 5, "slug": 3})


def moved(*aliases: str, slug: str = "new", source: str | None = None) -> Post:
    """A post with aliases on line 5."""
    where = source or f"posts/{slug}.md"
    return a_post(slug, aliases=aliases, lines=LINES, source=where)


def planned(*posts: Post) -> list[Redirect]:
    """The redirects of posts that have no problems."""
    redirects, problems = plan(posts, {})
    assert problems == ()
    return list(redirects)


def problem(*posts: Post, **taken: str) -> Problem:
    """The only problem of the posts' aliases."""
    _, problems = plan(posts, taken)
    assert len(problems) == 1
    return problems[0]


@pytest.mark.parametrize(
    ("alias", "path", "save_as"),
    [
        ("/old/", "/old/", "old/index.html"),
        ("/old", "/old", "old/index.html"),
        ("/2013/05/old.html", "/2013/05/old.html", "2013/05/old.html"),
        ("/old.html/", "/old.html/", "old.html/index.html"),
        ("/old.php", "/old.php", "old.php/index.html"),
        ("/v1.2", "/v1.2", "v1.2/index.html"),
        ("/café au lait/", "/caf%C3%A9%20au%20lait/", "café au lait/index.html"),
        ("/caf%c3%a9/", "/caf%C3%A9/", "café/index.html"),
    ],
)
def test_a_page_is_left_where_a_web_server_looks(alias: str, path: str, save_as: str) -> None:
    """The file is the one that is served at the address; the path is encoded."""
    (redirect,) = planned(moved(alias))
    assert (redirect.path, redirect.save_as) == (path, save_as)


@pytest.mark.parametrize("alias", ["/new/", "/new", "/new/index.html", "/n%65w/"])
def test_the_posts_own_address_is_no_redirect(alias: str) -> None:
    """A redirect from an address to itself would never end, so there is none."""
    assert planned(moved(alias)) == []


def test_addresses_that_share_a_file_share_its_page() -> None:
    """With and without slash is one page and two lines; another case of the own address no page."""
    redirects = planned(moved("/old/", "/old", "/old/", "/New/"))
    assert [(one.path, one.save_as) for one in redirects] == [
        ("/New/", None),
        ("/old", None),
        ("/old/", "old/index.html"),
    ]


@pytest.mark.parametrize(
    "alias",
    [
        *("", "old/", "//other.example/", "https://other.example/", "/?p=12", "/a#b", "/a//b/"),
        *("/../etc/", "/a/../../b/", "/./", "/%2e%2e/a/", "/a%2F..%2Fb/", "/a\\b/", "/a\nb/"),
        *("/%00/", "/%0A/", "/%ff/", "/\ud800/", f"/{'x' * 256}/", f"/{'ü' * 128}/"),
    ],
)
def test_an_impossible_alias_is_a_problem(alias: str) -> None:
    """Nothing outside the output folder and nothing a file cannot be; with file, line and advice."""
    found = problem(moved(alias))
    assert str(found).startswith("posts/new.md:5: aliases: ")
    assert "/old-page/" in found.hint
    assert str(found).isprintable()


def test_the_address_of_another_post_is_a_problem() -> None:
    """Both files are named with their lines."""
    found = problem(moved("/a/", slug="b"), a_post("a", lines=LINES))
    assert str(found).startswith("posts/b.md:5: aliases: '/a/': posts/a.md:3 has this address; ")


def test_an_alias_of_two_posts_is_a_problem() -> None:
    """The later file is blamed, the earlier one named; the earlier redirect stays."""
    posts = [moved("/old", slug="b"), moved("/old/", slug="a")]
    redirects, (found,) = plan(posts, {})
    assert str(found).startswith(
        "posts/b.md:5: aliases: '/old': posts/a.md:5 claims this address too; "
    )
    assert [one.post.source for one in redirects] == ["posts/a.md"]


@pytest.mark.parametrize(
    "alias", ["/archive/", "/Archive/", "/archive", "/feeds/all.rss.xml", "/feeds", "/e\u0301.html"]
)
def test_any_other_file_of_the_site_is_in_the_way(alias: str) -> None:
    """Lists, feeds, static files and folders that are files: compared as any file system would."""
    taken = {
        "archive/index.html": "the archive",
        "feeds/all.rss.xml": "a feed",
        "feeds/index.html": "the list of feeds",
        "\u00e9.html": "a static file",
    }
    _, (found,) = plan([moved(alias)], taken)
    assert "has this address" in found.message


def test_a_file_cannot_also_be_a_folder() -> None:
    """An alias below another page's file, or a file where others need a folder."""
    taken = {"robots.txt": "robots.txt", "a.html/index.html": "a page"}
    for alias in ("/robots.txt/", "/robots.txt/deep/", "/a.html"):
        _, (found,) = plan([moved(alias)], taken)
        assert found.message.endswith("has this address")


def test_hosts_are_told_in_their_own_syntax() -> None:
    """One rule a line, in the order of paths, with the path part of the site's address."""
    redirects = planned(moved("/z/", "/a b\u2028/"), moved("/:year/*", slug="über"))
    assert redirects_file(redirects, BLOG.site_url).splitlines() == [
        "/blog/%3Ayear/%2A /blog/%C3%BCber/ 301",
        "/blog/a%20b%E2%80%A8/ /blog/new/ 301",
        "/blog/z/ /blog/new/ 301",
    ]
    assert redirects_file([], SITE) == ""


@given(st.lists(st.text(st.characters()).map("/{}".format), max_size=4))
def test_no_alias_can_write_a_rule_of_its_own(aliases: list[str]) -> None:
    """Any text gives a problem, or a rule of exactly three words and a file inside the output."""
    redirects, _ = plan([moved(*aliases)], {})
    lines = redirects_file(redirects, SITE).splitlines()
    assert len(lines) == len(redirects)
    for line, redirect in zip(lines, redirects, strict=True):
        path, target, status = line.split(" ")
        assert (target, status) == ("/new/", "301")
        assert path.isascii()
        assert path.startswith("/")
        assert not set(path) & set(":*\t")
        parts = (redirect.save_as or "x").split("/")
        assert not {"", ".", ".."} & set(parts)


@pytest.mark.parametrize("relation", ["crosspost", "republished", "excerpt"])
def test_the_page_left_behind_agrees_with_the_post(relation: str) -> None:
    """Its canonical is the post's, it is not indexed, and its link is the one readers follow."""
    post = a_post("über", original=Original("https://other.example/", relation=relation))  # type: ignore[arg-type]
    policy = decide(post, BLOG)
    view = alias_view(
        Redirect(post, "/old/", "old/index.html"),
        policy,
        SiteFacts("Parley", BLOG.site_url, "en"),
        BLOG,
    )
    assert view.head.canonical == policy.canonical
    assert view.head.robots == "noindex"
    assert (view.title, view.url) == ("Über", "/blog/%C3%BCber/")
