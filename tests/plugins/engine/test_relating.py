"""Related posts in a build: the same from any number of processes, and known posts are not read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from plugins.build.pool import WorkerPool
from plugins.catalogue.catalogue import Entry
from plugins.engine.relating import BATCH, Relating
from plugins.fastbuild.store import Store
from plugins.pages.related import relate
from tests.plugins.pages.test_related import SUBJECTS, blog, entry


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty cache."""
    with Store(tmp_path / "cache.sqlite", "1") as opened:
        yield opened


def sources(found: object) -> dict[str, list[str]]:
    """The sources of what was found."""
    assert isinstance(found, dict)
    return {source: [one.post.source for one in others] for source, others in found.items()}


class _ReadAgainError(Exception):
    pass


class _Unread:
    """An entry as it was, whose text must not be asked for."""

    def __init__(self, one: Entry) -> None:
        self.post, self.place, self.whole = one.post, one.place, one.whole

    @property
    def written(self) -> str:
        raise _ReadAgainError(self.post.source)


def unread(one: Entry) -> Entry:
    """The same entry without its text."""
    return cast(Entry, _Unread(one))


@pytest.mark.parametrize("workers", [1, 2])
def test_any_number_of_processes_finds_the_same(store: Store, workers: int) -> None:
    """What is found is what one process finds that keeps nothing."""
    entries = blog(BATCH)
    assert len(entries) > 2 * BATCH
    assert sources(Relating(store, WorkerPool(workers))(entries)) == sources(relate(entries))


def test_what_a_post_is_about_is_kept(store: Store) -> None:
    """The texts of posts that are as they were are not asked for again."""
    entries = [*blog(), entry("new", "kettle leaves")]
    Relating(store, WorkerPool(1))(entries)
    known = [unread(one) for one in entries]
    assert sources(Relating(store, WorkerPool(1))(known)) == sources(relate(entries))


def test_a_post_with_another_text_is_read_again(store: Store) -> None:
    """The others are not; what is kept follows the text."""
    entries = blog()
    Relating(store, WorkerPool(1))(entries)
    changed = replace(entries[0], html=f"<p>{SUBJECTS['bees']}</p>")
    found = Relating(store, WorkerPool(1))([changed, *map(unread, entries[1:])])
    assert sources(found) == sources(relate([changed, *entries[1:]]))
    assert sources(found)[changed.post.source] == [
        "posts/bees-0.md",
        "posts/bees-1.md",
        "posts/bees-2.md",
    ]
    with pytest.raises(_ReadAgainError):
        Relating(store, WorkerPool(1))(list(map(unread, entries)))


def test_posts_that_are_gone_are_forgotten(store: Store) -> None:
    """The cache does not grow with every post there ever was."""
    Relating(store, WorkerPool(1))(blog())
    Relating(store, WorkerPool(1))(blog()[1:])
    assert blog()[0].post.source not in dict(store.all("terms"))
    assert len(dict(store.all("terms"))) == len(blog()) - 1
