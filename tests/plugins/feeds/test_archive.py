"""Archive pages: never changed by new posts, and with the feed itself nothing is missing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from plugins.catalogue.catalogue import Entry, newest_first
from plugins.feeds.archive import archive_pages, archive_stem
from tests.plugins.feed_examples import entry, on

START = datetime(2023, 12, 1, tzinfo=UTC)


def _entries(days: list[int]) -> tuple[Entry, ...]:
    dated = [
        entry(f"p{number}", date=START + timedelta(days=day)) for number, day in enumerate(days)
    ]
    return newest_first(dated)


def _names(entries: tuple[Entry, ...]) -> list[str]:
    return [one.post.slug for one in entries]


def test_entries_are_put_into_pages_year_by_year_oldest_first() -> None:
    """A page is complete when it is full, or when a later year has begun."""
    dated = [("a", 2023), ("b", 2024), ("c", 2024), ("d", 2024), ("e", 2025)]
    entries = newest_first(
        entry(slug, date=on(day, year=year)) for day, (slug, year) in enumerate(dated, start=1)
    )
    pages = archive_pages(entries, 2)
    assert [(page.name, _names(page.entries)) for page in pages] == [
        ("2023-1", ["a"]),
        ("2024-1", ["c", "b"]),
        ("2024-2", ["d"]),
    ]


def test_one_page_alone_is_not_worth_having() -> None:
    """Its entries fit into the feed, and it would lead nowhere."""
    assert archive_pages(_entries([1, 2, 3]), 2) == ()
    assert len(archive_pages(_entries([1, 2, 3, 4]), 2)) == 2
    assert archive_pages(_entries([1, 2, 3, 4]), 0) == ()


@given(st.lists(st.integers(0, 900), max_size=40), st.integers(1, 6))
def test_the_feed_and_its_archive_hold_every_entry(days: list[int], size: int) -> None:
    """Each entry is in one page or among the newest that fit into a feed twice as long."""
    entries = _entries(days)
    archived = [name for page in archive_pages(entries, size) for name in _names(page.entries)]
    assert len(set(archived)) == len(archived)
    window = set(_names(entries[: size * 2]))
    assert set(archived) | window == set(_names(entries))
    assert all(len(page.entries) <= size for page in archive_pages(entries, size))


@given(st.lists(st.integers(0, 900), max_size=40), st.lists(st.integers(0, 400), max_size=20))
def test_new_posts_change_no_page(days: list[int], later: list[int]) -> None:
    """Whatever is published after the newest post, every page stays as it was."""
    newest = max(days, default=0)
    before = archive_pages(_entries(days), 3)
    after = archive_pages(_entries([*days, *(newest + 1 + day for day in later)]), 3)
    assert after[: len(before)] == before


@given(st.lists(st.integers(0, 900), min_size=8, max_size=40), st.data())
def test_a_deleted_post_touches_only_the_pages_of_its_year(
    days: list[int], data: st.DataObject
) -> None:
    """Those of other years stay as they were."""
    entries = _entries(days)
    gone = data.draw(st.sampled_from(entries))
    rest = tuple(one for one in entries if one is not gone)
    before = {page.name: page for page in archive_pages(entries, 2)}
    after = {page.name: page for page in archive_pages(rest, 2)}
    if len(after) > 1 and gone.post.date.year != entries[0].post.date.year:
        kept = {name for name in before if not name.startswith(str(gone.post.date.year))}
        assert {name: after[name] for name in kept} == {name: before[name] for name in kept}


def test_pages_lie_below_the_archive_folder() -> None:
    """At a path that says which feed's they are."""
    assert archive_stem("feeds/all", "2026-1") == "feeds/archive/all/2026-1"
    assert archive_stem("feeds/tag/e-mail", "2026-1") == "feeds/archive/tag/e-mail/2026-1"
