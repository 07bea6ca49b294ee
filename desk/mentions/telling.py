"""Carry out a plan politely: only what is online is told of, one page of a host after the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from desk.mentions.memory import Memory, Remembered, Told
from desk.mentions.plan import Task
from desk.mentions.posts import read
from dialogue import urls
from dialogue.fetch.errors import FetchError
from dialogue.webmention.sending import Fetch, Outcome, Report, tell

_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Line:
    """What telling one page about one post came to."""

    task: Task
    target: str
    report: Report


def not_online(task: Task, site: str, fetch: Fetch) -> str:
    """Why receivers would not see on the site what ``task`` tells them; empty if they do."""
    try:
        answer = fetch(task.source, headers={"Accept": "text/html"})
    except FetchError as error:
        return str(error)
    if task.post is None:
        return "it is still online" if answer.ok and urls.same(answer.url, task.source) else ""
    if not answer.ok:
        return f"it answers with status {answer.status}"
    online = read(answer.body, task.source, site)
    same = online is not None and set(online.links) == set(task.post.links)
    return "" if same else "another version of it is online"


def tell_all(tasks: Iterable[Task], fetch: Fetch, now: datetime) -> list[Line]:
    """Tell everybody who is to be told; hosts at once, the pages of each in turn."""
    by_host: dict[str, list[tuple[Task, str]]] = defaultdict(list)
    for task in tasks:
        for target in task.targets:
            by_host[urls.host(target)].append((task, target))
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        told = pool.map(lambda pairs: _tell_host(pairs, fetch, now), by_host.values())
        return [line for lines in told for line in lines]


def _tell_host(pairs: Sequence[tuple[Task, str]], fetch: Fetch, now: datetime) -> Sequence[Line]:
    """Tell the pages of one host, until it asks to be left alone."""
    lines: list[Line] = []
    wait = 0
    for task, target in pairs:
        if wait:
            report = Report(Outcome.LATER, "its site asked to wait", wait)
        else:
            report = tell(task.source, target, fetch, now)
            wait = report.wait
        lines.append(Line(task, target, report))
    return lines


def remember(memory: Memory, lines: Iterable[Line], now: datetime) -> Memory:
    """``memory`` with what was told: posts as they are now, those that are gone no more."""
    kept = dict(memory)
    by_source: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_source[line.task.source].append(line)
    for source, told in by_source.items():
        last = kept.pop(source, Remembered(""))
        new = {line.target: _told(line, last, now) for line in told}
        post = told[0].task.post
        wanted = () if post is None else post.links
        targets = {
            url: each
            for url, each in {**last.targets, **new}.items()
            if url in wanted or each.outcome is Outcome.LATER
        }
        if post is not None:
            kept[source] = Remembered(post.digest, targets)
        elif targets:
            kept[source] = replace(last, targets=targets)
    return kept


def _told(line: Line, last: Remembered, now: datetime) -> Told:
    before = last.targets.get(line.target)
    tries = before.tries + 1 if before and before.outcome is Outcome.LATER else 1
    after = now + timedelta(seconds=line.report.wait)
    return Told(line.report.outcome, tries, after.isoformat() if line.report.wait else "")
