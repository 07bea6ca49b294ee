"""Who an entry is: what its id depends on, what it does not, and that no two are the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.feeds.identity import Identity, check, feed_id, identity
from plugins.feeds.settings import FeedSettings
from plugins.post import Frozen, Post, Term
from tests.plugins.examples import a_post
from tests.plugins.feed_examples import SETTINGS

POST = a_post("a-post", lines=Frozen({"uid": 4, "aliases": 5, "title": 2}))
ID = "tag:example.org,2026-05-19:/a-post"


def test_the_id_is_made_of_authority_day_and_address() -> None:
    """A tag URI (RFC 4151), the same in every format."""
    assert identity(POST, SETTINGS) == Identity(ID, ID)


@pytest.mark.parametrize(
    "later",
    [
        {"title": "Another title"},
        {"tags": (Term("x", "x"),), "category": Term("y", "y")},
        {"modified": datetime(2026, 8, 1, tzinfo=UTC)},
        {"source": "posts/elsewhere.md"},
        {"date": datetime(2026, 5, 19, 23, 59, tzinfo=UTC)},
        {"status": "hidden"},
        {"template": "wide"},
        {"slug": "new", "url": "/new/", "aliases": ("/a-post/",)},
        {"slug": "new", "url": "/new/", "aliases": ("/a-post", "/in-between/")},
        {"slug": "new", "url": "/new/", "aliases": ("/a-post/index.html",)},
    ],
)
def test_later_edits_do_not_change_the_id(later: dict[str, object]) -> None:
    """Not a title, a tag, a time of day, a file name, nor a move that leaves an alias."""
    assert identity(replace(POST, **later), SETTINGS).id == ID  # type: ignore[arg-type]  # a field each


def test_the_day_is_the_one_the_writer_wrote() -> None:
    """A post of New Year's morning in Auckland keeps its day, whatever it was elsewhere."""
    morning = datetime(2026, 1, 1, 6, tzinfo=timezone(timedelta(hours=13)))
    assert identity(replace(POST, date=morning), SETTINGS).id.startswith(
        "tag:example.org,2026-01-01:"
    )


@pytest.mark.parametrize("source", ["git", "file time"])
def test_a_day_nobody_wrote_is_not_in_the_id(source: str) -> None:
    """The history of a clone and the time of a file differ from machine to machine."""
    post = replace(POST, date_source=source)  # type: ignore[arg-type]  # one of the literals
    settings = replace(SETTINGS, authority_date="2026-01")
    other = replace(post, date=datetime(2020, 1, 1, tzinfo=UTC))
    assert identity(post, settings) == identity(other, settings)
    assert identity(post, settings).id == "tag:example.org,2026-01:/a-post"


@pytest.mark.parametrize(
    ("uid", "expected"),
    [
        ("urn:uuid:1b2c", Identity("urn:uuid:1b2c", "urn:uuid:1b2c")),
        (" https://old.example.com/?p=12 ", Identity(*["https://old.example.com/?p=12"] * 2)),
        ("5b7ada40", Identity("tag:example.org,2026-01-01:uid:5b7ada40", "5b7ada40")),
        ("my post", Identity("tag:example.org,2026-01-01:uid:my%20post", "my post")),
        ("", Identity(ID, ID)),
        ("\x00 ", Identity(ID, ID)),
    ],
)
def test_a_uid_is_repeated_letter_by_letter(uid: str, expected: Identity) -> None:
    """RSS and JSON Feed repeat it as it is; Atom, which needs an IRI, gets one made of it."""
    assert identity(replace(POST, uid=uid), SETTINGS) == expected


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("/", "/"),
        ("/caf\u00e9/", "/caf%C3%A9"),
        ("/caf%c3%a9/", "/caf%C3%A9"),
        ("/%7Eann/", "/~ann"),
        ("/a%2Fb/", "/a%2Fb"),
        ("/2026/05/a.html", "/2026/05/a.html"),
        ("/what?/", "/what%3F"),
    ],
)
def test_an_address_has_one_spelling(url: str, path: str) -> None:
    """However it is encoded, so that an alias need only lead to the same place."""
    assert identity(replace(POST, url=url), SETTINGS).id == f"tag:example.org,2026-05-19:{path}"


def test_feeds_have_ids_that_outlive_their_host() -> None:
    """Made of the authority and the path, not of the address."""
    assert feed_id("feeds/tag/e-mail", SETTINGS) == "tag:example.org,2026-01-01:/feeds/tag/e-mail"


def test_a_uid_used_twice_is_a_problem_that_names_both_files() -> None:
    """With the line of each."""
    first = replace(POST, uid="x")
    second = replace(a_post("b-post", lines=Frozen({"uid": 7})), uid="x")
    (problem,) = check([second, first], SETTINGS)
    assert str(problem).startswith("posts/b-post.md:7: uid: ")
    assert "posts/a-post.md:4" in problem.message


def test_an_alias_that_takes_the_id_of_another_post_is_a_problem() -> None:
    """Two posts of one day that were both once at one address."""
    moved = a_post("moved", aliases=("/a-post/",), lines=Frozen({"aliases": 3}))
    (problem,) = check([moved, POST], SETTINGS)
    assert str(problem).startswith("posts/moved.md:3: aliases: ")


def test_a_uid_that_is_the_id_of_another_post_is_a_problem() -> None:
    """Also where one was written and the other made."""
    (problem,) = check([POST, replace(a_post("b-post"), uid=ID)], SETTINGS)
    assert problem.path == "posts/b-post.md"


_paths = st.text(st.sampled_from("aé/%2.~?# "), max_size=4).map(lambda path: f"/{path}/")
_days = st.dates(datetime(2026, 1, 1).date(), datetime(2026, 1, 3).date())  # noqa: DTZ001 - only its day
_uids = st.none() | st.sampled_from(
    ["", "a", " a ", "a%20b", "a b", "urn:a", "tag:example.org,2026-01-01:/a", "tag:example.org,2026-01-01:uid:a"]
)  # fmt: skip


@st.composite
def _posts(draw: st.DrawFn) -> list[Post]:
    """Posts that have as much in common as posts can."""
    number = draw(st.integers(2, 6))
    return [
        a_post(
            f"p{index}",
            url=draw(_paths),
            date=datetime.combine(draw(_days), datetime.min.time(), UTC),
            date_source=draw(st.sampled_from(["front matter", "git"])),
            aliases=tuple(draw(st.lists(_paths, max_size=1))),
            uid=draw(_uids),
        )
        for index in range(number)
    ]


@given(_posts())
def test_no_two_posts_share_an_id_unless_a_problem_says_so(posts: list[Post]) -> None:
    """Either all ids and guids are different, or the build stops and names the posts."""
    named = {problem.path for problem in check(posts, SETTINGS)}
    accepted = [identity(post, SETTINGS) for post in posts if post.source not in named]
    for names in ([one.id for one in accepted], [one.guid for one in accepted]):
        assert len(set(names)) == len(names)
    if not named:
        assert len(accepted) == len(posts)


@given(_posts())
def test_no_problem_is_made_up(posts: list[Post]) -> None:
    """Posts with addresses and uids of their own have no problem."""
    apart = [
        replace(post, url=f"/{number}/", aliases=(), uid=None) for number, post in enumerate(posts)
    ]
    assert list(check(apart, SETTINGS)) == []


def test_the_authority_is_all_that_is_ours_in_the_id() -> None:
    """Another publisher of the same post has another id."""
    other = FeedSettings(authority="editor@example.com", authority_date="2025")
    assert identity(POST, other).id == "tag:editor@example.com,2026-05-19:/a-post"
