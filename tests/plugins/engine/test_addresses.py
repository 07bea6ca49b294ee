"""Sites whose posts are at the addresses of an old blog."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.catalogue.settings import PageSettings
from plugins.checks.settings import CheckSettings
from plugins.posts.patterns import PostSettings
from tests.plugins.building import Workshop

KINDS = ("category", "author")
QUICK = PageSettings(search=False, share_images=False)


def a_post(title: str, body: str = "Words.", more: str = "") -> str:
    """A post of March 2019."""
    return f"---\ntitle: {title}\ndate: 2019-03-07\n{more}---\n{body}\n"


def test_posts_are_where_the_pattern_says(tmp_path: Path) -> None:
    """Below a list of ours, without a slash; links, feeds and the sitemap have the same address."""
    built = Workshop(tmp_path).build(
        {"a.md": a_post("A", "[b](b.md)"), "b.md": a_post("B")},
        PAGES=QUICK,
        POSTS=PostSettings("/archive/{year}/{name}"),
    )
    assert built.problems == ()
    assert {"archive/2019/a.html", "archive/2019/b.html"} <= built.files()
    assert 'href="/archive/2019/b"' in built.page("archive/2019/a.html")
    for page in ("/", "/sitemap.xml", "/feeds/all.json"):
        assert "/archive/2019/a" in built.page(page)


def test_only_the_very_addresses_of_lists_are_taken(tmp_path: Path) -> None:
    """A post at one of them, or at the second page of one, is an error; below them it is not."""
    workshop = Workshop(tmp_path)
    tags = "tags: [x]\n"
    files = {
        "ok.md": a_post("A", more=f"permalink: /tag/x/y/\n{tags}"),
        "year.md": a_post("B", more=f"permalink: /archive/2019/\n{tags}"),
        "two.md": a_post("C", more=f"permalink: /tag/x/page/1/\n{tags}"),
    }
    pages = PageSettings(search=False, share_images=False, per_page=2)
    hold = CheckSettings({"*": "hold"})
    built = workshop.build(files, PAGES=pages)
    assert [line.partition(": the site")[0] for line in built.problems] == ["year.md:4: permalink"]
    built = workshop.build(PAGES=pages, CHECKS=hold)
    assert built.report is not None
    assert built.report.held == ("year.md",)
    more = {f"{name}.md": a_post(name, more=tags) for name in ("three", "four", "five")}
    built = workshop.build(more, PAGES=pages, CHECKS=hold)
    assert built.report is not None
    assert built.report.held == ("two.md", "year.md")
    assert {"tag/x/y/index.html", "tag/x/page/1/index.html"} <= built.files()


def test_lists_can_be_moved(tmp_path: Path) -> None:
    """Every link to them, the sitemap, the feeds and the way to a post name the new address."""
    pages = PageSettings(
        search=False,
        share_images=False,
        moved={"archive": "/all/", "tag": "/topics/", "category": "/about/what/", "author": "/by/"},
    )
    more = "tags: [growth]\ncategory: News\nauthor: Ann\npermalink: {}\n"
    body = "[tag](/topics/growth/) [list]({tag}growth) [year](/all/2019/)"
    workshop = Workshop(tmp_path)
    built = workshop.build(
        {
            "a.md": a_post("A", body, more.format("/archive/")),
            "b.md": a_post("B", more=more.format("/tag/growth/")),
            "tags/growth.md": "---\ntitle: Growth\n---\nAn intro.\n",
            "authors/ann.md": "---\ntitle: Ann\n---\nA bio.\n",
        },
        PAGES=pages,
    )
    assert built.problems == ()
    assert built.report is not None
    assert built.report.notices == ()
    assert {"all/index.html", "all/2019/index.html", "topics/growth/index.html"} <= built.files()
    assert {"about/what/news/index.html", "by/ann/index.html", "topics/index.html"} <= built.files()
    assert "Words." not in built.page("/topics/growth/").partition("<main")[0]
    assert "An intro." in built.page("/topics/growth/")
    old = ("/archive/2019/", *(f"{before}/{kind}/" for before in ('"', ".com") for kind in KINDS))
    for name in sorted(built.files()):
        if name.endswith((".html", ".xml", ".json", ".txt", ".opml")):
            text = built.page(name)
            assert [one for one in old if one in text] == [], name
    taken = workshop.build({"c.md": a_post("C", more="permalink: /topics/growth/\n")}, PAGES=pages)
    assert [line.partition(":")[0] for line in taken.problems] == ["c.md"]


@pytest.mark.parametrize(
    "moved", [{"feeds": "/f/"}, {"tag": "topics"}, {"tag": "/x/", "author": "/x/"}]
)
def test_a_list_cannot_be_moved_just_anywhere(moved: dict[str, str]) -> None:
    """Nor can one that there is not."""
    with pytest.raises(ValueError, match="moved: "):
        PageSettings(moved=moved)


def test_an_address_with_the_path_of_the_site_is_one_of_the_site(tmp_path: Path) -> None:
    """As a reader copies it from the browser."""
    files = {
        "one.md": a_post("One", "[2](/blog/two/#part)"),
        "two.md": a_post("Two", "## Part\n\nx"),
    }
    built = Workshop(tmp_path).build(files, PAGES=QUICK, SITEURL="https://c.example/blog")
    assert built.problems == ()
    assert 'href="/blog/two/#part"' in built.page("/one/")


def test_pelicans_settings_of_addresses_are_followed(tmp_path: Path) -> None:
    """Of posts and pages, and of files that are moved."""
    built = Workshop(tmp_path).build(
        {"a.md": a_post("A"), "pages/p.md": a_post("P"), "extra/CNAME": "c.example\n"},
        PAGES=QUICK,
        ARTICLE_URL="{date:%Y}/{slug}.html",
        ARTICLE_SAVE_AS="{date:%Y}/{slug}.html",
        PAGE_URL="{slug}",
        PAGE_SAVE_AS="{slug}.html",
        EXTRA_PATH_METADATA={"extra/CNAME": {"path": "CNAME"}},
    )
    assert built.problems == ()
    assert {"2019/a.html", "p.html", "CNAME"} <= built.files()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEFAULT_METADATA", {"status": "draft"}),
        ("PATH_METADATA", "(?P<slug>.*)"),
        ("ARTICLE_SAVE_AS", "posts/{slug}.html"),
        ("ARTICLE_URL", "{nothing}/"),
        ("ARTICLE_LANG_URL", "{lang}/{slug}/"),
        ("TAG_URL", "topics/{slug}/"),
        ("DEFAULT_PAGINATION", 5),
        ("PAGINATION_PATTERNS", [(1, "{url}", "{save_as}")]),
        ("MONTH_ARCHIVE_SAVE_AS", "{date:%Y}/{date:%m}/index.html"),
        ("EXTRA_PATH_METADATA", {"a.txt": {"path": "../a.txt"}}),
        ("EXTRA_PATH_METADATA", {"a.md": {"status": "draft"}}),
        ("LINK_CHECKS", "anything"),
    ],
)
def test_what_is_not_followed_is_refused_by_name(tmp_path: Path, name: str, value: object) -> None:
    """Never ignored."""
    built = Workshop(tmp_path).build({"a.md": a_post("A")}, PAGES=QUICK, **{name: value})
    assert [line for line in built.problems if line.startswith(f"pelicanconf.py:1: {name}: ")]
