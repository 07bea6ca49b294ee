"""``python -m desk ping``: tell the WebSub hub which feeds have changed, after publishing.

Hub and address are those in the feeds themselves. What has changed is known from the published
site (``--against``), or from what was told last time (a file of digests below ``.parley``).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from desk.errors import DeskError
from desk.feed_diff import feed_files
from desk.feed_reading import read_feed
from desk.published import add_published
from dialogue.fetch.errors import FetchError
from dialogue.fetch.fetcher import Response, fetch

Post = Callable[[str, Sequence[tuple[str, str]]], Response]
Digests = Mapping[str, str]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    add_published(parser, ".parley/pinged.json")
    parser.add_argument(
        "--dry-run", action="store_true", help="print what would be told, and tell nothing"
    )


def run(options: argparse.Namespace) -> int:
    """Tell the hub; 1 if it did not take every notice."""
    now = digests(options.output)
    before = digests(options.against) if options.against else _remembered(options.state)
    changed = [path for path, digest in now.items() if before.get(path) != digest]
    topics = {path: _topic(options.output / path) for path in changed}
    if not changed:
        print("No feed has changed; the hub was told nothing.")
        return 0
    if options.dry_run:
        print("\n".join(f"would tell {hub} that {url} has changed" for url, hub in topics.values()))
        return 0
    failures = tell(topics.values(), _post)
    done = {path: now[path] for path in now if topics.get(path, ("",))[0] not in failures}
    _remember(options.state, {**before, **done})
    for url, reason in failures.items():
        print(f"{url}: {reason}")
    print(f"{len(changed) - len(failures)} of {len(changed)} changed feeds told to the hub.")
    return 1 if failures else 0


def tell(topics: Iterable[tuple[str, str]], post: Post) -> dict[str, str]:
    """Tell each hub that a topic has changed; the topics it was not told of, and why.

    The notice is what hubs took before WebSub and take since: WebSub leaves it to them. Some look
    for ``hub.url``, others for ``hub.topic``.
    """
    failures: dict[str, str] = {}
    for url, hub in topics:
        form = (("hub.mode", "publish"), ("hub.url", url), ("hub.topic", url))
        try:
            answer = post(hub, form)
        except FetchError as error:
            failures[url] = str(error)
            continue
        if not answer.ok:
            failures[url] = f"the hub {hub} answered with status {answer.status}"
    return failures


def digests(folder: Path) -> dict[str, str]:
    """The digest of each feed in the folder of a site, by its path below it."""
    if not (folder / "feeds").is_dir():
        raise DeskError(f"there are no feeds in {folder}; build the site first")
    return {path: sha256((folder / path).read_bytes()).hexdigest() for path in feed_files(folder)}


def _topic(path: Path) -> tuple[str, str]:
    """The address a feed gives itself, and its hub."""
    feed = read_feed(path.read_bytes(), str(path))
    if not feed.hub or not feed.address:
        hint = "set FEEDS.hub in pelicanconf.py and build the site again"
        raise DeskError(f"{path} names no hub; {hint}")
    return feed.address, feed.hub


def _post(hub: str, form: Sequence[tuple[str, str]]) -> Response:
    return fetch(hub, form=form)


def _remembered(state: Path) -> Digests:
    try:
        found: Any = json.loads(state.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise DeskError(
            f"{state} cannot be read; delete it to tell the hub of all feeds"
        ) from error
    return (
        {str(path): str(digest) for path, digest in found.items()}
        if isinstance(found, dict)
        else {}
    )


def _remember(state: Path, told: Digests) -> None:
    state.parent.mkdir(parents=True, exist_ok=True)
    beside = state.with_suffix(".new")
    beside.write_text(json.dumps(told, indent=1, sort_keys=True), encoding="utf-8")
    beside.replace(state)
