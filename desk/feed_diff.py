"""What subscribers will see: ``python -m desk feed-diff AGAINST`` compares a build with the published site.

``AGAINST`` is a folder with the published site, one of its feed files, or a feed's URL. New and
changed entries are told; entries announced again and entries or feeds that vanish are told and
stop the release, unless they are allowed.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from desk.errors import DeskError
from desk.feed_changes import KINDS, Change, changes
from desk.feed_reading import FeedFormat, SeenFeed, read_feed
from dialogue.fetch.errors import FetchError
from dialogue.fetch.fetcher import fetch

ENDINGS = (".rss.xml", ".atom.xml", ".json")
_OF_FORMAT = {"rss": "feeds/all.rss.xml", "atom": "feeds/all.atom.xml", "json": "feeds/all.json"}
_HARMFUL = ("re-announced", "vanished")
# Where other generators put the feed of a site.
_ELSEWHERE = (
    "index.xml", "feed.xml", "rss.xml", "atom.xml", "feed.json", "feed/index.xml", "feed/feed.xml",
    "feed/feed.json", "rss/index.xml",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Comparison:
    """All changes, each with the feeds that show it, and the number of feeds compared."""

    changes: tuple[tuple[Change, tuple[str, ...]], ...]
    feeds: int

    def count(self, kind: str) -> int:
        """How many changes are of this kind."""
        return sum(change.kind == kind for change, _ in self.changes)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument(
        "against",
        metavar="AGAINST",
        help="the published site: its folder, a feed file of it, or the URL of a feed",
    )
    parser.add_argument(
        "--output",
        type=Path,
        default=Path("output"),
        metavar="FOLDER",
        help="the build to look at; default: output",
    )
    parser.add_argument(
        "--allow",
        action="append",
        default=[],
        metavar="WHAT",
        help="'re-announced', 'vanished', or the link, id or path of one entry or feed; repeatable",
    )


def run(options: argparse.Namespace) -> int:
    """Print what subscribers will see; 1 if some see old posts again, or lose some."""
    found = compare(options.against, options.output)
    stopping = 0
    for change, feeds in found.changes:
        allowed = _is_allowed(change, options.allow)
        stopping += change.kind in _HARMFUL and not allowed
        print(f"{change}{_where(feeds)}{' (allowed)' if allowed else ''}")
    counts = ", ".join(f"{found.count(kind)} {kind}" for kind in KINDS)
    feeds_compared = "1 feed" if found.feeds == 1 else f"{found.feeds} feeds"
    print(f"{feeds_compared} compared: {counts}.")
    if stopping:
        print(
            "Subscribers would see old posts again, or lose some. "
            "If that is meant, allow it: ALLOW=... with make, else --allow ..."
        )
    return 1 if stopping else 0


def compare(against: str, output: Path) -> Comparison:
    """Compare what is published at ``against`` with the build in ``output``."""
    if not (output / "feeds").is_dir():
        raise DeskError(f"there are no feeds in {output}; build the site first, or name --output")
    shown: dict[Change, list[str]] = defaultdict(list)
    pairs = list(_pairs(against, output))
    ids = cache(_ids)
    for path, published in pairs:
        if not (output / path).is_file():
            shown[_lost_feed(path)].append(path)
            continue
        built = _read(output / path)
        known, kept = ids(Path(against), built.format), ids(output, built.format)
        for change in changes(published, built, known=known, kept=kept):
            shown[change].append(path)
    ordered = sorted(shown.items(), key=lambda item: KINDS.index(item[0].kind))
    return Comparison(tuple((change, tuple(feeds)) for change, feeds in ordered), len(pairs))


def feed_files(folder: Path) -> Iterator[str]:
    """The feeds in the folder of a site, without archive pages, as paths below it."""
    for path in sorted((folder / "feeds").rglob("*")):
        name = path.relative_to(folder).as_posix()
        if name.endswith(ENDINGS) and not name.startswith("feeds/archive/"):
            yield name


def _pairs(against: str, output: Path) -> Iterator[tuple[str, SeenFeed]]:
    """Each published feed, with the path below ``output`` of the one that takes its place."""
    if against.startswith(("http://", "https://")):
        try:
            answer = fetch(against)
        except FetchError as error:
            raise DeskError(str(error)) from error
        if not answer.ok:
            raise DeskError(f"{against} answers with status {answer.status}")
        published = read_feed(answer.body, against)
        yield _counterpart(against, published, output), published
        return
    place = Path(against)
    if place.is_file():
        published = _read(place)
        yield _counterpart(place.as_posix(), published, output), published
        return
    yield from _in_folder(place)


def _in_folder(place: Path) -> Iterator[tuple[str, SeenFeed]]:
    if not place.is_dir():
        raise DeskError(f"there is no folder or feed {str(place)!r}")
    ours = list(feed_files(place))
    for name in ours:
        yield name, _read(place / name)
    foreign = [] if ours else [name for name in _ELSEWHERE if (place / name).is_file()]
    for name in foreign:
        published = _read(place / name)
        yield _OF_FORMAT[published.format], published
        yield name, published
    if not ours and not foreign:
        raise DeskError(f"there are no feeds in {place}; name the feed file itself")


def _counterpart(address: str, published: SeenFeed, output: Path) -> str:
    """The feed at the same path, whatever folder or host it is below; else the site's own."""
    parts = address.lstrip("/").split("/")
    for start in range(len(parts)):
        path = "/".join(parts[start:])
        if path.startswith("feeds/") and path.endswith(ENDINGS):
            return path
        if path and (output / path).is_file():
            return path
    return _OF_FORMAT[published.format]


def _ids(folder: Path, form: FeedFormat) -> frozenset[str]:
    """The ids in all feeds and archive pages of a site's folder; JSON Feed has those of RSS."""
    pages = (folder / "feeds").rglob("*.atom.xml" if form == "atom" else "*.rss.xml")
    return frozenset(entry.id for page in pages for entry in _read(page).entries)


def _read(path: Path) -> SeenFeed:
    try:
        return read_feed(path.read_bytes(), str(path))
    except OSError as error:
        raise DeskError(f"{path} cannot be read: {error.strerror}") from error


def _lost_feed(path: str) -> Change:
    words = "the feed is gone, and its subscribers get nothing any more"
    return Change("vanished", path, path, "", f"{words}; keep it, or redirect it to another feed")


def _is_allowed(change: Change, allowed: Iterable[str]) -> bool:
    names = {change.kind, change.id, change.link, change.title}
    return change.kind in _HARMFUL and any(what in names for what in allowed if what)


def _where(feeds: tuple[str, ...]) -> str:
    """In how many other feeds; the first is the site's own wherever that shows it."""
    others = len(feeds) - 1
    if not others:
        return f" [{feeds[0]}]"
    return f" [{feeds[0]} and {others} more]"
