"""Comments of WordPress, Disqus and Isso keep their threads, dates and names, and find their posts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue.database import Database
from dialogue.importing import disqus, wordpress
from dialogue.importing.bring import bring
from dialogue.importing.found import Found, Refused
from dialogue.importing.threads import in_order
from dialogue.replies.model import State
from dialogue.replies.store import Store
from dialogue.services import Unpublished
from tests.dialogue.sites import POSTS

HEAD = '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>'


def comment(key: int, parent: int = 0, **given: str) -> str:
    """A comment of WordPress."""
    said = {
        "id": str(key),
        "author": f"Reader {key}",
        "date": f"2019-05-01 {key:02}:00:00",
        "date_gmt": f"2019-05-01 {key:02}:00:00",
        "content": f"Words {key}",
        "approved": "1",
        "type": "comment",
        "parent": str(parent),
        **given,
    }
    rows = "".join(
        f"<wp:comment_{name}>{value}</wp:comment_{name}>" for name, value in said.items()
    )
    return f"<wp:comment>{rows}</wp:comment>"


def found(
    folder: Path,
    *comments: str,
    link: str = "https://old.example/tea/",
    name: str = "tea",
    base: str = "",
) -> list[Found | Refused]:
    """What is read of an export with one post."""
    head = f"<wp:base_blog_url>{base}</wp:base_blog_url>" if base else ""
    post = f"<link>{link}</link><wp:post_name>{name}</wp:post_name>"
    path = folder / "wxr.xml"
    path.write_text(f"{HEAD}{head}<item>{post}{''.join(comments)}</item></channel></rss>", "utf-8")
    return list(wordpress.read(path, ZoneInfo("Europe/Rome")))


@pytest.mark.parametrize("state", ["spam", "trash", "0", "post-trashed"])
def test_answers_keep_their_place_below_what_is_not_shown(
    tmp_path: Path, database: Database, state: str
) -> None:
    """Below spam, what was deleted and what waits stands an empty place, and the thread below it."""
    store = Store(database, Unpublished())
    comments = [
        comment(1),
        comment(2, 1, approved=state),
        comment(3, 2, approved=state),
        comment(4, 3),
        comment(5, 4),
    ]
    brought = bring(store, POSTS, found(tmp_path, *comments), "wordpress")
    assert brought.found == 5
    shown = store.approved("tea")
    assert [(one.author, one.erased) for one in shown] == [
        ("Reader 1", False), ("", True), ("", True), ("Reader 4", False), ("Reader 5", False),
    ]  # fmt: skip
    assert [one.parent for one in shown] == [None, *(one.id for one in shown[:-1])]
    again = bring(store, POSTS, found(tmp_path, *comments), "wordpress")
    assert (again.fresh, store.approved("tea")) == (0, shown)


def test_empty_places_are_made_for_answers_only(tmp_path: Path, database: Database) -> None:
    """Spam that nobody answered leaves nothing behind."""
    store = Store(database, Unpublished())
    bring(store, POSTS, found(tmp_path, comment(1), comment(2, 1, approved="spam")), "wordpress")
    assert [one.author for one in store.approved("tea")] == ["Reader 1"]
    assert State.ERASED not in store.counts()


def test_an_answer_may_be_older_than_what_it_answers(tmp_path: Path, database: Database) -> None:
    """Clocks were wrong, or a date was edited: the thread stays."""
    store = Store(database, Unpublished())
    bring(store, POSTS, found(tmp_path, comment(9), comment(3, 9)), "wordpress")
    by_name = {one.author: one for one in store.approved("tea")}
    assert by_name["Reader 3"].parent == by_name["Reader 9"].id


def test_a_deep_thread_stands_as_deep_as_it_may(tmp_path: Path, database: Database) -> None:
    """What would be too deep stays below the deepest place, and not below the post."""
    store = replace(Store(database, Unpublished()), deepest=2)
    bring(store, POSTS, found(tmp_path, *(comment(n, n - 1) for n in range(1, 6))), "wordpress")
    ids = {one.id: one.author for one in store.approved("tea")}
    parents = [ids.get(one.parent or "") for one in store.approved("tea")]
    assert parents == [None, "Reader 1", "Reader 2", "Reader 2", "Reader 2"]


def test_names_are_decoded(tmp_path: Path) -> None:
    """WordPress keeps them with references."""
    (one,) = found(tmp_path, comment(1, author="<![CDATA[Tom &amp; Ann O&#039;Hara]]>"))
    assert isinstance(one, Found)
    assert one.author == "Tom & Ann O'Hara"


def test_control_characters_are_dropped(tmp_path: Path) -> None:
    """What was pasted into a comment does not make the whole export unreadable."""
    (one,) = found(tmp_path, comment(1, content="a\x0b\x1fb"))
    assert isinstance(one, Found)
    assert one.text == "ab"


def test_a_date_of_zeros_is_read_in_the_zone_of_the_site(tmp_path: Path) -> None:
    """Noon in Rome is ten in UTC in May."""
    zero = comment(1, date_gmt="0000-00-00 00:00:00", date="2019-05-01 12:00:00")
    (one,) = found(tmp_path, zero)
    assert one.date == datetime(2019, 5, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("link", "base"),
    [
        ("https://old.example/tea/", ""),
        ("https://old.example/tea", "https://old.example"),
        ("https://old.example/blog/tea/", "https://old.example/blog"),
        ("https://old.example/blog/?p=12", "https://old.example/blog"),
        ("https://old.example/?p=12", "https://old.example"),
        ("https://old.example/green/", "https://old.example"),
        ("https://old.example/oldest/", "https://old.example"),
    ],
)
def test_a_comment_on_any_old_address_finds_its_post(
    tmp_path: Path, database: Database, link: str, base: str
) -> None:
    """With and without the path of the blog, by a number, and by every address the post ever had."""
    tea = replace(POSTS[0], id="oldest", aliases=("/green/",))
    store = Store(database, Unpublished())
    brought = bring(
        store, [tea, *POSTS[1:]], found(tmp_path, comment(1), link=link, base=base), "wordpress"
    )
    assert (brought.fresh, brought.lost) == (1, {})


def test_disqus_threads_stay_below_what_was_deleted(tmp_path: Path, database: Database) -> None:
    """The same for its exports."""

    def post(key: int, parent: int, deleted: str = "false") -> str:
        above = f'<parent dsq:id="{parent}"/>' if parent else ""
        return (
            f'<post dsq:id="{key}"><message>Words</message><createdAt>2019-05-01T0{key}:00:00Z</createdAt>'
            f"<isDeleted>{deleted}</isDeleted><isSpam>false</isSpam><author><name>R{key}</name></author>"
            f'<thread dsq:id="10"/>{above}</post>'
        )

    path = tmp_path / "disqus.xml"
    path.write_text(
        '<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">'
        '<thread dsq:id="10"><link>https://old.example/tea/</link></thread>'
        f"{post(1, 0)}{post(2, 1, 'true')}{post(3, 2)}</disqus>"
    )
    store = Store(database, Unpublished())
    bring(store, POSTS, disqus.read(path), "disqus")
    assert [(one.author, one.erased) for one in store.approved("tea")] == [
        ("R1", False),
        ("", True),
        ("R3", False),
    ]


def test_circles_and_strangers_end(tmp_path: Path, database: Database) -> None:
    """Two that answer each other, one that answers itself, and one that answers nobody: all are kept."""
    store = Store(database, Unpublished())
    comments = [comment(1, 2), comment(2, 1), comment(3, 3), comment(4, 99)]
    comments += [comment(5, 6, approved="spam"), comment(6, 5, approved="spam"), comment(7, 5)]
    brought = bring(store, POSTS, found(tmp_path, *comments), "wordpress")
    assert (brought.fresh, brought.found) == (5, 7)


_NUMBERS = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 3)),
    max_size=12,
    unique_by=lambda one: one[0],
)


@given(_NUMBERS)
def test_none_stands_before_what_it_answers(rows: list[tuple[int, int, int]]) -> None:
    """Whatever the dates; each is there once, and only a circle has to be opened somewhere."""
    start = datetime(2019, 5, 1, tzinfo=UTC)
    made = [
        Found(
            str(key), str(parent), "/tea/", "", "", "", start + timedelta(days=day), "x", "x", True
        )
        for key, parent, day in rows
    ]
    ordered = [one.key for one in in_order(made)]
    assert sorted(ordered) == sorted(one.key for one in made)
    parents = {one.key: one.parent for one in made}
    for place, key in enumerate(ordered):
        above, chain = parents[key], {key}
        while above in parents and above not in chain:
            chain.add(above)
            above = parents[above]
        if above not in chain and parents[key] in parents:
            assert ordered.index(parents[key]) < place
