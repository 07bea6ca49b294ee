"""Everything that can be wrong with the content as a whole, found together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from pathlib import Path
from typing import Any

from plugins.canonical import alternates
from plugins.canonical import policy as canonical
from plugins.catalogue.facts import facts_from
from plugins.engine.paths import check_paths, unaccounted
from plugins.engine.places import left_out
from plugins.engine.statics import check_statics
from plugins.errors import Problem
from plugins.feeds.plugin import check_feeds, sizes
from plugins.feeds.settings import FeedSettings
from plugins.post import Post
from plugins.posts.ledger import ledger_of
from plugins.series.model import Series

Settings = MutableMapping[str, Any]


def check_site(
    posts: Sequence[Post],
    statics: Mapping[str, str],
    series: Sequence[Series],
    moved: Iterable[Problem],
    settings: Settings,
) -> None:
    """Enter everything that is wrong in the ledger.

    ``moved`` are the problems of aliases. Ids in feeds are made of addresses, so where two posts
    want one address only that is told.
    """
    ledger, pages = ledger_of(settings), settings["PAGES"]
    content = Path(settings["PATH"])
    clashes = (*moved, *check_paths(posts, statics, series, pages.editions, pages.moved))
    mine = {post.source for post in posts}
    accounted = {
        *mine,
        *statics,
        *ledger.held,
        *ledger.used,
        *ledger.failed,
        *ledger.beside,
        *ledger.aside,
    }
    hidden = frozenset(path.rstrip("/") for path in ledger.aside if path.endswith("/"))
    found = (
        *canonical.check(posts, settings["CANONICAL"]),
        *alternates.check(posts),
        *clashes,
        *(() if clashes else _feed_problems(posts, statics, settings)),
        *check_statics(content, statics),
        *unaccounted(content, settings["IGNORE_FILES"], hidden | left_out(settings), accounted),
    )
    ledger.spotless = not found
    ledger.problem(*found)


def _feed_problems(
    posts: Sequence[Post], statics: Mapping[str, str], settings: Settings
) -> tuple[Problem, ...]:
    """What would stop the feeds later, told now with everything else."""
    feeds: FeedSettings | None = settings.get("FEEDS")
    if not feeds:
        return ()
    size_of = sizes(statics.items(), Path(settings["PATH"]))
    blog = [post for post in posts if post.kind == "post"]
    return check_feeds(blog, facts_from(settings), feeds, size_of=size_of)
