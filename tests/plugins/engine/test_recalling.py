"""What is in memory of the texts is used where the cache is as it was, and only there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from plugins.engine.recalling import Kept, Recalled, recall_texts, remember, renew
from plugins.engine.texts import Read, text_of
from plugins.fastbuild.clock import Span
from plugins.fastbuild.frozen import dumps
from plugins.fastbuild.store import Store
from plugins.post import Body
from tests.plugins.examples import a_post


def read(words: int) -> Read:
    """A text of so many words."""
    return Read(text_of(a_post(), Body("<p>Text.</p>", words=words)), lambda: "<p>Text.</p>")


def kept(one: Read) -> Kept:
    """It as it is kept."""
    return Kept(b"digest", Span(), None, dumps(one.text))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A cache with one reading."""
    with Store(tmp_path / "cache.sqlite", "1") as made:
        made.put("readings", [("a.md", dumps(kept(read(1))))])
        renew(made)
        made.commit()
        yield made


def in_memory(store: Store) -> Recalled:
    """What a process remembers of a build with this cache; the text is another, to tell them apart."""
    known = recall_texts(store, None)
    return remember(known.state, known.kept, {"a.md": read(2)})


def words(recalled: Recalled) -> int:
    """Those of the text that is taken."""
    return recalled.text("a.md", recalled.kept["a.md"]).words


def test_texts_come_from_the_cache_of_a_process_that_has_none(store: Store) -> None:
    """As in every new one."""
    assert words(recall_texts(store, None)) == 1


def test_texts_in_memory_are_not_read_again(store: Store) -> None:
    """Nor is their pickle kept beside them."""
    memory = in_memory(store)
    assert recall_texts(store, memory) is memory
    assert memory.kept["a.md"].text == b""
    assert words(memory) == 2


def test_a_cache_that_changed_is_read_again(store: Store) -> None:
    """Another process may have read other texts into it since."""
    memory = in_memory(store)
    renew(store)
    assert words(recall_texts(store, memory)) == 1


def test_a_cache_that_is_new_knows_nothing(store: Store, tmp_path: Path) -> None:
    """What is in memory has its HTML in a cache that is gone."""
    memory = in_memory(store)
    with Store(tmp_path / "other.sqlite", "1") as new:
        assert recall_texts(new, memory).kept == {}
        assert recall_texts(new, Recalled(b"", memory.kept, memory.texts)).kept == {}
