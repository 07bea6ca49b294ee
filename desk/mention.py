"""``python -m desk mention``: tell the sites that new and changed posts link to, after publishing.

What was told is remembered in a file below ``.parley``; without one, the site as it was published
before (``--against``) says what is new. docs/webmentions.md says who is told, and who never is.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from desk.mentions.memory import Memory, Remembered, Told, load, save
from desk.mentions.plan import Plan, Task, plan
from desk.mentions.posts import posts, site_of
from desk.mentions.telling import Line, not_online, remember, tell_all
from desk.published import add_published
from dialogue.fetch.fetcher import fetch
from dialogue.webmention.sending import Outcome

_DAYS = 30


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    add_published(parser, ".parley/mentioned.json")
    parser.add_argument(
        "--since",
        type=_date,
        default=f"{datetime.now(UTC) - timedelta(days=_DAYS):%Y-%m-%d}",
        metavar="DATE",
        help=f"the first time, tell of posts from this day on; default: the last {_DAYS} days",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="print who would be told, and ask nobody anything"
    )
    parser.add_argument(
        "--verbose", action="store_true", help="name the pages that take no webmentions, too"
    )


def run(options: argparse.Namespace) -> int:
    """Tell them; 1 if somebody could not be told, or not yet."""
    now = datetime.now(UTC)
    memory = _published(options.against) if options.against else load(options.state)
    todo = plan(posts(options.output), memory, options.since, now)
    if options.dry_run:
        for task in todo.tasks:
            print("\n".join(f"{task.source}: would tell {target}" for target in task.targets))
        return 0
    waiting, ready = _sorted(todo, site_of(options.output))
    lines = tell_all(ready, fetch, now)
    save(options.state, remember({**(memory or {}), **todo.known}, lines, now))
    _print(lines, options.verbose, [] if memory is not None else list(todo.known))
    for task, why in waiting:
        print(f"{task.source}: not told of: {why}; publish first, then run this again")
    failed = any(line.report.outcome in (Outcome.FAILED, Outcome.LATER) for line in lines)
    return 1 if failed or waiting else 0


def _sorted(todo: Plan, site: str) -> tuple[list[tuple[Task, str]], list[Task]]:
    """The tasks that have to wait until the site is online as it was built, and the others."""
    why = {task.source: not_online(task, site, fetch) for task in todo.tasks}
    waiting = [(task, why[task.source]) for task in todo.tasks if why[task.source]]
    return waiting, [task for task in todo.tasks if not why[task.source]]


def _published(folder: Path) -> Memory:
    """The posts of the site as it was, all of their links taken for told."""
    return {
        post.url: Remembered(post.digest, {link: Told(Outcome.TOLD) for link in post.links})
        for post in posts(folder)
    }


def _print(lines: Sequence[Line], verbose: bool, taken_as_known: Sequence[str]) -> None:
    for line in lines:
        outcome, about = line.report.outcome, line.report.about
        if outcome is not Outcome.NOWHERE or verbose:
            said = {Outcome.LATER: "not told yet", Outcome.FAILED: "not told"}.get(outcome, outcome)
            print(f"{line.task.source}: {line.target} {said}: {about}")
    counts = Counter(line.report.outcome for line in lines)
    if taken_as_known:
        print(
            f"{len(taken_as_known)} older posts are taken as known; --since tells of them as well."
        )
    print(
        f"{len({line.task.source for line in lines})} posts: {counts[Outcome.TOLD]} sites told, "
        f"{counts[Outcome.NOWHERE]} take no webmentions, {counts[Outcome.LATER]} later, "
        f"{counts[Outcome.FAILED]} failed."
    )


def _date(text: str) -> str:
    try:
        return f"{datetime.strptime(text, '%Y-%m-%d').replace(tzinfo=UTC):%Y-%m-%d}"
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write it as 2026-05-19") from error
