"""What is to be told: new posts, changed ones, and those that are gone (W3C Webmention, 3.1.4, 3.1.5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from desk.mentions.memory import Memory, Remembered
from desk.mentions.posts import Post
from dialogue.webmention.sending import Outcome

MOST_TRIES = 5


@dataclass(frozen=True, slots=True)
class Task:
    """Pages that are to be told about one post; ``post`` is None where the post is gone."""

    source: str
    targets: tuple[str, ...]
    post: Post | None


@dataclass(frozen=True, slots=True)
class Plan:
    """Tasks in the order of their sources; posts that are taken as known, without being told of."""

    tasks: tuple[Task, ...]
    known: Mapping[str, Remembered] = field(hash=False)


def plan(posts: Iterable[Post], memory: Memory | None, since: str, now: datetime) -> Plan:
    """Compare ``posts`` with what is remembered.

    Where nothing is, posts older than ``since`` (YYYY-MM-DD) are taken as known: a blog that begins
    to send webmentions does not announce its archive.
    """
    before = memory or {}
    tasks: list[Task] = []
    known: dict[str, Remembered] = {}
    seen: set[str] = set()
    for post in posts:
        seen.add(post.url)
        last = before.get(post.url)
        if last is None and memory is None and post.published < since:
            known[post.url] = Remembered(post.digest)
        elif targets := _targets(post, last, now):
            tasks.append(Task(post.url, targets, post))
        else:
            known[post.url] = Remembered(post.digest, last.targets if last else {})
    gone = (Task(url, _told(before[url], now), None) for url in sorted(before.keys() - seen))
    return Plan((*tasks, *(task for task in gone if task.targets)), known)


def _targets(post: Post, last: Remembered | None, now: datetime) -> tuple[str, ...]:
    """Whom to tell: all links of what is new; of what has changed also those it had before."""
    if last is None:
        return post.links
    if last.digest != post.digest:
        return tuple(dict.fromkeys((*post.links, *_told(last, now))))
    again = (url for url, told in last.targets.items() if told.is_due(now, MOST_TRIES))
    return tuple(again)


def _told(last: Remembered, now: datetime) -> tuple[str, ...]:
    """Those who know of the post, or soon may."""
    return tuple(
        url
        for url, told in last.targets.items()
        if told.outcome is Outcome.TOLD or told.is_due(now, MOST_TRIES)
    )
