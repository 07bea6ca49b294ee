"""The order of replies, whatever a database or another site says about who answers whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.thread.examples import REPLY, reply, threads
from thread.model import SPOKEN, Reply, Thread
from thread.tree import Node, arrange


def said(nodes: tuple[Node, ...]) -> list[object]:
    """Names with what is nested below them: ["a", ["b"]]."""
    found: list[object] = []
    for node in nodes:
        found.append(node.reply.id)
        if node.answers:
            found.append(said(node.answers))
    return found


def walk(nodes: tuple[Node, ...], depth: int = 0) -> Iterator[tuple[int, Node]]:
    """Every node with its level."""
    for node in nodes:
        yield depth, node
        yield from walk(node.answers, depth + 1)


def later(name: str, minutes: int, parent: str | None = None, **changes: object) -> Reply:
    """A reply so many minutes after the first."""
    return reply(name, date=REPLY.date + timedelta(minutes=minutes), parent=parent, **changes)


def test_answers_lie_below_what_they_answer_oldest_first() -> None:
    """In whatever order they come."""
    found = [later("d", 9), later("c", 5, "a"), later("b", 3, "a"), later("a", 1)]
    assert said(arrange(found, depth=4)) == ["a", ["b", "c"], "d"]


def test_deep_answers_follow_on_the_last_level_in_reading_order() -> None:
    """And still know whom they answer."""
    found = [
        later("a", 0), later("b", 1, "a"), later("c", 2, "b"), later("d", 3, "c"), later("e", 9, "a"),
    ]  # fmt: skip
    nodes = arrange(found, depth=1)
    assert said(nodes) == ["a", ["b", "c", "d", "e"]]
    deepest = next(node for _, node in walk(nodes) if node.reply.id == "d")
    assert deepest.parent is not None
    assert deepest.parent.id == "c"


def test_parents_that_cannot_be_leave_a_reply_on_the_first_level() -> None:
    """One that is missing, that is only a like, that is the reply itself, or its own answer."""
    found = [
        later("a", 0, "gone"),
        later("b", 1, "l"),
        later("l", 2, kind="like"),
        later("c", 3, "c"),
        later("d", 4, "e"),
        later("e", 5, "d"),
    ]
    assert said(arrange(found, depth=4)) == ["a", "b", "c", "e", ["d"]]


def test_erased_replies_keep_their_place_only_while_something_hangs_on_it() -> None:
    """Also over several removed ones in a row."""
    gone = [later("a", 0, erased=True), later("b", 1, "a", erased=True)]
    assert arrange(gone, depth=4) == ()
    assert said(arrange([*gone, later("c", 2, "b")], depth=4)) == ["a", ["b", ["c"]]]


def test_a_thread_may_be_deeper_than_python_can_call() -> None:
    """Each of 3,000 replies answers the one before."""
    chain = [later(f"r{n}", n, f"r{n - 1}") for n in range(3000)]
    assert sum(1 for _ in walk(arrange(chain, depth=4))) == 3000


@given(threads(), st.integers(0, 6))
def test_every_living_reply_is_shown_once(found: Thread, depth: int) -> None:
    """Nothing is lost, nothing doubled, nothing nested too deep."""
    shown = list(walk(arrange(found.replies, depth)))
    names = [node.reply.id for _, node in shown]
    assert len(names) == len(set(names))
    assert max((level for level, _ in shown), default=0) <= depth
    living = {one.id for one in found.replies if one.kind in SPOKEN and not one.erased}
    assert living <= set(names)
