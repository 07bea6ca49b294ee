"""Replies in the order in which people read them: answers below what they answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from thread.model import SPOKEN, Reply


@dataclass(frozen=True, slots=True)
class Node:
    """A reply, the answers shown nested below it, and the reply it answers, if that is shown."""

    reply: Reply
    answers: tuple[Node, ...]
    parent: Reply | None


def arrange(replies: Iterable[Reply], depth: int) -> tuple[Node, ...]:
    """What is said, oldest first, nested up to ``depth`` levels below the first.

    Answers that lie deeper follow on the last level, in the order in which they would be read. A
    reply whose parent is not there, is only a like, or is itself an answer to it stands first level.
    An erased reply is left out unless answers hang on it.
    """
    spoken = {reply.id: reply for reply in sorted(replies, key=_age) if reply.kind in SPOKEN}
    parents = _parents(spoken)
    below: dict[str | None, list[Reply]] = defaultdict(list)
    for reply in spoken.values():
        below[parents[reply.id]].append(reply)
    return _nested(spoken, parents, _kept(spoken, parents, below), depth)


def _age(reply: Reply) -> tuple[object, str]:
    return reply.date, reply.id


def _parents(spoken: Mapping[str, Reply]) -> dict[str, str | None]:
    """The parent of each reply: one that is there, and that does not hang on the reply itself."""
    parents: dict[str, str | None] = {}
    for name, reply in spoken.items():
        parent = reply.parent if reply.parent in spoken else None
        step = parent
        while step is not None and step != name:
            step = parents.get(step)
        parents[name] = parent if step is None else None
    return parents


def _kept(
    spoken: Mapping[str, Reply],
    parents: Mapping[str, str | None],
    below: Mapping[str | None, list[Reply]],
) -> dict[str | None, list[Reply]]:
    """``below`` without the erased replies on which nothing hangs that is shown."""
    living: set[str] = set()
    for name, reply in spoken.items():
        step: str | None = None if reply.erased else name
        while step is not None and step not in living:
            living.add(step)
            step = parents[step]
    return {
        name: [reply for reply in answers if reply.id in living] for name, answers in below.items()
    }


def _nested(
    spoken: Mapping[str, Reply],
    parents: Mapping[str, str | None],
    below: Mapping[str | None, list[Reply]],
    depth: int,
) -> tuple[Node, ...]:
    """The tree, made without recursion: a thread may be as deep as it has replies."""
    levels: dict[str | None, list[str]] = defaultdict(list)
    order: list[str] = []
    first = reversed(below.get(None, ()))
    stack: list[tuple[str, str | None, int]] = [(one.id, None, 0) for one in first]
    while stack:
        name, holder, level = stack.pop()
        order.append(name)
        levels[holder].append(name)
        inner, further = (name, level + 1) if level < depth else (holder, level)
        stack.extend((one.id, inner, further) for one in reversed(below.get(name, ())))
    made: dict[str, Node] = {}
    for name in reversed(order):
        parent = parents[name]
        answers = tuple(made[one] for one in levels.get(name, ()))
        made[name] = Node(spoken[name], answers, spoken[parent] if parent else None)
    return tuple(made[name] for name in levels[None])
