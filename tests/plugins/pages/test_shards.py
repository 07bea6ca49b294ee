"""How posts are spread over the parts of the search index."""

from __future__ import annotations

import pytest

from plugins.catalogue.catalogue import Catalogue
from plugins.pages import shards
from plugins.pages.shards import search_shards, shard_count
from tests.plugins.examples import an_entry


@pytest.mark.parametrize(
    ("posts", "count"),
    [(0, 1), (500, 1), (501, 2), (1000, 2), (1001, 4), (3000, 8), (16_000, 32), (100_000, 32)],
)
def test_the_number_of_shards_follows_the_size_alone(posts: int, count: int) -> None:
    """A power of two with at most 500 posts in each, and never more than 32."""
    assert shard_count(posts) == count


def test_posts_are_spread_evenly_and_each_is_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first part lies beside the engine, the others in folders by number."""
    monkeypatch.setattr(shards, "POSTS", 100)
    catalogue = Catalogue(
        entries=tuple(an_entry(f"post-{number}", "") for number in range(800)), pages=()
    )
    found = search_shards(catalogue)
    assert list(found) == ["", *(f"{number}/" for number in range(1, 8))]
    assert sorted(one.post.slug for part in found.values() for one in part) == sorted(
        one.post.slug for one in catalogue.entries
    )
    assert all(60 < len(part) < 140 for part in found.values())


def test_a_shard_without_posts_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine lies beside the first one that has any."""
    monkeypatch.setattr(shards, "POSTS", 1)
    catalogue = Catalogue(
        entries=tuple(an_entry(f"post-{number}", "") for number in range(3)), pages=()
    )
    found = search_shards(catalogue)
    assert next(iter(found)) == ""
    assert all(found.values())
    assert search_shards(Catalogue((an_entry("a", "", status="draft"),), ())) == {}
