"""Patterns of addresses, in the words of the tools that people come from."""

from __future__ import annotations

from datetime import datetime

import pytest

from plugins.errors import SettingsError, SiteError
from plugins.frontmatter.document import parse
from plugins.post import DateSource
from plugins.posts.patterns import PostSettings
from plugins.posts.validation import PostRules, make_post
from tests.plugins.documents import NOW, RULES, Committed, post_of, with_fields


def at(pattern: str, path: str = "posts/2019-03-07-My.First_Talk.md", fields: str = "") -> str:
    """The address of a post and its file."""
    post = with_fields(f"tags: [a]\n{fields}", path, addresses=PostSettings(pattern))
    return f"{post.url} {post.save_as}"


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("/{year}/{month}/{slug}/", "/2019/03/myfirst_talk/ 2019/03/myfirst_talk/index.html"),
        ("/:year/:month/:day/:title/", "/2019/03/07/myfirst_talk/ "),
        ("/:i_month/:i_day/:short_year/:slug.html", "/3/7/19/myfirst_talk.html "),
        (
            "/{date:%Y}/{date:%m}/{slug}.html",
            "/2019/03/myfirst_talk.html 2019/03/myfirst_talk.html",
        ),
        ("{date:%Y/%m}/{slug}/", "/2019/03/myfirst_talk/ "),
        ("/blog/{slug}", "/blog/myfirst_talk blog/myfirst_talk.html"),
        ("/{slug}/index.html", "/myfirst_talk/ myfirst_talk/index.html"),
        ("/p/{name}/", "/p/My.First_Talk/ p/My.First_Talk/index.html"),
        ("/p/{name}", "/p/My.First_Talk p/My.First_Talk.html"),
        ("/:section/:contentbasename/", "/posts/2019-03-07-My.First_Talk/ "),
        ("/{category}/{author}/{slug}/", "/news/ann/myfirst_talk/ "),
        ("/{lang}/{slug}/", "/en/myfirst_talk/ "),
        ("/archive/{year}/{slug}/", "/archive/2019/myfirst_talk/ "),
        ("date", "/news/2019/03/07/myfirst_talk.html "),
    ],
)
def test_a_pattern_gives_the_address(pattern: str, found: str) -> None:
    """With a slash at its end, without, or as a file; capitals and dots of file names stay."""
    assert f"{at(pattern, fields='category: News' + chr(10) + 'author: Ann')} ".startswith(found)


def test_what_a_post_lacks_is_left_out() -> None:
    """No category: no empty step in the path."""
    assert at("/{category}/{slug}/").startswith("/myfirst_talk/ ")


def test_folders_kinds_and_languages_have_patterns_of_their_own() -> None:
    """The deepest folder decides; a pattern that names no language is put below it."""
    addresses = PostSettings(
        "/{year}/{slug}/",
        pages="/{slug}.html",
        folders={"news": "/n/{slug}/", "news/old": "/old/{slug}"},
        languages={"de": "/deutsch/{slug}/"},
    )

    def url(path: str, fields: str = "date: 2020-01-01") -> str:
        return with_fields(fields, path, addresses=addresses).url

    assert url("a.md") == "/2020/a/"
    assert url("pages/about.md") == "/about.html"
    assert url("news/a.md") == "/n/a/"
    assert url("news/old/a.md") == "/old/a"
    assert url("a.md", "date: 2020-01-01\nlang: de") == "/deutsch/a/"
    assert url("a.md", "date: 2020-01-01\nlang: fr") == "/fr/2020/a/"
    assert url("a.md", "permalink: /x/") == "/x/"


def test_a_date_that_is_a_guess_is_in_no_address() -> None:
    """The day of a file is another one in the next clone, so the writer is asked for it."""

    class Guessed(Committed):
        def first_seen(self, source: str) -> tuple[datetime, DateSource]:
            """Of no use."""
            assert source
            return NOW, "file time"

    rules = PostRules(**{**RULES, "addresses": PostSettings("/{year}/{slug}/")})
    with pytest.raises(SiteError, match="has its date in it; write date: 2024-03-01"):
        make_post(parse(b"Text.", "a.md"), title="A", markers=(), history=Guessed(), rules=rules)


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("/{yaer}/{slug}/", "'{yaer}' in '/{yaer}/{slug}/' stands for nothing"),
        ("/{date:%B}/{slug}/", "stands for nothing"),
        ("/{year}/", "gives every post the same address"),
        ("/posts/", "gives every post the same address"),
        ("/../{slug}/", "is no path"),
        ("/{slug}/?x", "is no path"),
    ],
)
def test_a_pattern_that_cannot_work_stops_the_build(pattern: str, told: str) -> None:
    """Named as the setting that it is."""
    with pytest.raises(SettingsError, match=r"POSTS\.address") as raised:
        PostSettings(pattern)
    assert told in str(raised.value)


def test_the_own_address_is_no_alias() -> None:
    """Editors write it all the same; the others stay, as they are written."""
    post = post_of(
        "---\ntitle: A\naliases: [/a/, '/Old,Path/x.y/', /Post.aspx, /a.b, /old-page]\n---\nx\n",
        "a.md",
    )
    assert post.aliases == ("/Old,Path/x.y/", "/Post.aspx", "/a.b", "/old-page/")
