"""Order and groups of posts."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from plugins.catalogue.catalogue import group, newest_first
from plugins.post import Term
from tests.plugins.examples import an_entry

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


def no_intro(kind: str, slug: str) -> str:
    """No category has an intro."""
    return f"{kind}:{slug}"


@given(st.lists(st.integers(0, 5), max_size=12), st.randoms())
def test_the_order_is_total(days: list[int], random: object) -> None:
    """The newest comes first, whatever order the files were read in."""
    entries = [
        an_entry(f"p{number}", date=MOMENT + timedelta(days=day)) for number, day in enumerate(days)
    ]
    expected = newest_first(entries)
    random.shuffle(entries)  # type: ignore[attr-defined]
    assert newest_first(entries) == expected
    dates = [entry.post.date for entry in expected]
    assert dates == sorted(dates, reverse=True)


def test_posts_are_grouped_by_slug_and_named_as_most_spell_it() -> None:
    """Two spellings of one tag are one tag, and a post is in a group once."""
    tags = [(Term("SEO", "seo"),), (Term("Seo", "seo"),), (Term("SEO", "seo"), Term("Seo", "seo"))]
    entries = [an_entry(f"p{number}", tags=some) for number, some in enumerate(tags)]
    [found] = group("tag", entries, lambda post: post.tags, no_intro)
    assert found.term == Term("SEO", "seo")
    assert found.entries == tuple(entries)
    assert found.url == "/tag/seo/"
    assert found.intro == "tag:seo"


def test_groups_are_in_order_of_their_slugs() -> None:
    """The order of groups does not depend on which post came first."""
    entries = [an_entry("a", tags=(Term("Z", "z"), Term("A", "a")))]
    groups = group("tag", entries, lambda post: post.tags, no_intro)
    assert [one.term.slug for one in groups] == ["a", "z"]
