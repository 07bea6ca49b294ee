"""What subscribers of one feed will see."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desk.feed_changes import Change, changes
from desk.feed_reading import Seen, SeenFeed

START = datetime(2026, 5, 1, 9, tzinfo=UTC)


def _seen(number: int) -> Seen:
    date = START + timedelta(days=number)
    return Seen(
        f"id:{number}",
        f"Title {number}",
        f"https://e.org/p{number}/",
        f"Text {number}.",
        date,
        date,
    )


def _feed(*entries: Seen) -> SeenFeed:
    return SeenFeed("atom", entries)


ONE, TWO, THREE = _seen(1), _seen(2), _seen(3)


def _kinds(found: tuple[Change, ...]) -> list[tuple[str, str]]:
    return [(change.kind, change.id) for change in found]


def test_nothing_is_seen_where_nothing_is_different() -> None:
    """Also on another host, and in another order."""
    moved = replace(ONE, link="http://www.example.org/p1")
    assert changes(_feed(TWO, ONE), _feed(moved, TWO)) == ()


def test_a_new_entry_is_new() -> None:
    """As it should be."""
    assert _kinds(changes(_feed(TWO, ONE), _feed(THREE, TWO, ONE))) == [("new", "id:3")]


def test_an_edit_is_told_in_words() -> None:
    """What of the entry is another."""
    (change,) = changes(
        _feed(ONE), _feed(replace(ONE, title="T", text="x", link="https://e.org/q/"))
    )
    assert str(change) == (
        "changed: “T” https://e.org/q/: another title and another address and another text"
    )


def test_an_entry_whose_id_changed_is_announced_again() -> None:
    """Found by its address, its text, or title and date; the words say how to keep the id."""
    by_link = replace(ONE, id="id:new", title="Other", text="Other", published=None)
    by_text = replace(ONE, id="id:new", link="https://e.org/q/", title="Other", published=None)
    by_title = replace(ONE, id="id:new", link="https://e.org/q/", text="Other")
    for twin in (by_link, by_text, by_title):
        (change,) = changes(_feed(ONE), _feed(twin))
        assert (change.kind, change.id) == ("re-announced", "id:new")
        assert "add 'uid: \"id:1\"'" in change.words
        assert ("aliases: [/p1/]" in change.words) == (twin is not by_link)


def test_an_entry_that_says_it_is_newer_is_announced_again() -> None:
    """By its date of publication, or as updated with nothing to show for it."""
    later = ONE.published + timedelta(days=9) if ONE.published else None
    (moved,) = changes(_feed(ONE), _feed(replace(ONE, published=later, text="New.")))
    assert moved.kind == "re-announced"
    assert "2026-05-02 09:00 to 2026-05-11 09:00" in moved.words
    (touched,) = changes(_feed(ONE), _feed(replace(ONE, updated=later)))
    assert (touched.kind, "modified" in touched.words) == ("re-announced", True)
    (edited,) = changes(_feed(ONE), _feed(replace(ONE, updated=later, text="New.")))
    assert edited.kind == "changed"


def test_an_entry_that_is_gone_has_vanished() -> None:
    """Unless newer ones have pushed it out, or it is elsewhere on the site."""
    assert _kinds(changes(_feed(TWO, ONE), _feed(TWO))) == [("vanished", "id:1")]
    assert _kinds(changes(_feed(TWO, ONE), _feed(THREE, ONE))) == [
        ("new", "id:3"),
        ("vanished", "id:2"),
    ]
    assert _kinds(changes(_feed(TWO, ONE), _feed(THREE, TWO))) == [("new", "id:3")]
    assert changes(_feed(TWO, ONE), _feed(TWO), kept={"id:1"}) == ()


def test_an_old_entry_in_another_feed_is_no_other_entry_renamed() -> None:
    """One that comes into a feed because another left it had its id before, whatever it says."""
    alike = replace(ONE, id="id:0", link="https://e.org/p0/", published=START)
    assert _kinds(changes(_feed(TWO, ONE), _feed(TWO, alike))) == [("re-announced", "id:0")]
    found = changes(_feed(TWO, ONE), _feed(TWO, alike), known={"id:0", "id:1", "id:2"})
    assert _kinds(found) == [("new", "id:0"), ("vanished", "id:1")]
    assert found[0].words == "published before, and now in this feed"


def test_a_new_post_on_an_old_subject_is_not_taken_for_an_old_one() -> None:
    """Two empty texts, or two dates alone, make no twins."""
    bare = replace(ONE, text="", title="A", link="https://e.org/a/")
    new = replace(THREE, text="", title="B", link="https://e.org/b/", published=ONE.published)
    assert _kinds(changes(_feed(bare), _feed(new)))[0] == ("new", "id:3")


@given(st.integers(1, 25), st.integers(0, 30), st.integers(1, 20))
def test_publishing_more_posts_harms_nobody(count: int, more: int, limit: int) -> None:
    """However many are published at once, old entries leave in peace and the rest is new."""
    posts = [_seen(number) for number in range(count + more)]
    before = _feed(*posts[:count][::-1][:limit])
    after = _feed(*posts[::-1][:limit])
    found = changes(before, after)
    assert {change.kind for change in found} <= {"new"}
    assert len(found) == min(more, limit)
