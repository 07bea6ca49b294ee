"""``python -m desk webmentions``: get what webmention.io has taken for the site, before a build.

For sites without a service of their own. The replies go into the folder that the build reads, one
file for each post. What webmention.io has no more is not shown any more either; what else is in the
folder stays. The token for the account is in the environment, not in a file that is published.
"""

from __future__ import annotations

import argparse
import json
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import urlencode

from desk.errors import DeskError
from desk.mentions import jf2
from desk.mentions.jf2 import Pulled
from dialogue.errors import DialogueError
from dialogue.fetch.errors import FetchError
from dialogue.fetch.fetcher import fetch
from dialogue.targets import Targets
from thread import files
from thread.errors import FileError
from thread.model import Reply, Thread
from thread.ways.registry import reply_way
from thread.ways.replies import WebmentionIo

TOKEN = "WEBMENTION_IO_TOKEN"  # noqa: S105 - the name of a variable, not what is in it
_API = "https://webmention.io/api/mentions.jf2"
_PAGE, _MOST_PAGES = 100, 1_000
_OURS = "wm-"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument(
        "--output",
        type=Path,
        default=Path("output"),
        metavar="FOLDER",
        help="the built site, which says what posts there are; default: output",
    )
    parser.add_argument(
        "--folder",
        type=Path,
        default=Path(".parley/replies"),
        metavar="FOLDER",
        help="the replies that the build reads; default: .parley/replies",
    )
    parser.add_argument("--domain", help="the domain there; default: what REPLIES says")


def run(options: argparse.Namespace) -> int:
    """Get them all, and write those that changed."""
    targets = Targets(options.output)
    try:
        domain = options.domain or _domain(targets)
        pulled = list(_pull(domain))
        threads = _by_post(pulled, targets)
        changed = _write(options.folder, threads)
    except (DialogueError, FileError) as error:
        raise DeskError(str(error)) from error
    shown = sum(map(len, threads.values()))
    left = len(pulled) - shown
    elsewhere = f" {left} are of pages that are no posts here." if left else ""
    print(f"{shown} webmentions of {len(threads)} posts; {changed} files changed.{elsewhere}")
    return 0


def _domain(targets: Targets) -> str:
    way = reply_way(targets.site)
    if not isinstance(way, WebmentionIo):
        hint = 'set REPLIES.way = WebmentionIo("your.domain") and build, or name --domain'
        raise DeskError(f"the site does not take its webmentions from webmention.io; {hint}")
    return way.domain


def _pull(domain: str) -> Iterator[Pulled]:
    """All pages of the list, oldest first, so that what comes meanwhile moves none of them."""
    token = os.environ.get(TOKEN, "")
    if not token:
        raise DeskError(f"{TOKEN} is not set; webmention.io shows the token in its settings")
    for page in range(_MOST_PAGES):
        query = {"domain": domain, "per-page": _PAGE, "page": page, "sort-dir": "up"}
        document = _get(f"{_API}?{urlencode({**query, 'token': token})}")
        try:
            yield from jf2.read(document)
        except ValueError as error:
            raise DeskError(f"what {_API} answers {error}") from error
        if len(document["children"]) < _PAGE:
            return
    raise DeskError(f"{_API} has no last page; try again later")


def _get(url: str) -> dict[str, list[object]]:
    """The document at ``url``, which has a secret in it that no message may tell."""
    try:
        answer = fetch(url, headers={"Accept": "application/json"})
    except FetchError as error:
        reason = str(error).replace(url, _API)
        raise DeskError(reason) from None
    if not answer.ok:
        hint = f"; check {TOKEN} and the domain" if answer.status in (400, 401, 403, 404) else ""
        raise DeskError(f"{_API} answers with status {answer.status}{hint}")
    try:
        found = json.loads(answer.body)
    except ValueError as error:
        raise DeskError(f"what {_API} answers is no JSON") from error
    return found if isinstance(found, dict) else {}


def _by_post(pulled: Iterable[Pulled], targets: Targets) -> Mapping[str, list[Reply]]:
    found: dict[str, dict[str, Reply]] = defaultdict(dict)
    for each in pulled:
        if (post := targets.at(each.target)) is not None:
            found[post.id][each.reply.id] = each.reply
    return {post: list(replies.values()) for post, replies in found.items()}


def _write(folder: Path, threads: Mapping[str, list[Reply]]) -> int:
    """Write the threads that changed, and count them."""
    before = files.read_all(folder)
    changed = 0
    for post in sorted({*threads, *before}):
        last = before.get(post, Thread(post, 0, ()))
        others = [reply for reply in last.replies if not reply.id.startswith(_OURS)]
        replies = tuple(sorted((*others, *threads.get(post, ())), key=lambda one: one.id))
        if replies != tuple(sorted(last.replies, key=lambda one: one.id)):
            files.write(folder, Thread(post, last.version + 1, replies))
            changed += 1
    return changed
