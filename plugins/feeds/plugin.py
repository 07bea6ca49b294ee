"""Feeds that every reader accepts and that never announce an old post again.

:func:`render_feeds` makes every feed of a site, in three formats, from the frozen catalogue. The
same catalogue gives the same bytes. The modules beside it each know one thing: ``subjects`` what
there are feeds of, ``identity`` who an entry is, ``content`` what of a text may be in a feed,
``entries`` entries as values, ``archive`` the pages of the past, ``rss_atom`` and ``json_feed`` the
formats.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from pelican import signals
from pelican.generators import ArticlesGenerator

from plugins.canonical.addresses import absolute
from plugins.catalogue.catalogue import Catalogue
from plugins.catalogue.facts import Facts, facts_from
from plugins.errors import Problem, SiteError
from plugins.feeds.documents import documents
from plugins.feeds.entries import EntryMaker, Replies, check_dates
from plugins.feeds.formats import OPML_PATH
from plugins.feeds.headers import HEADERS_PATH, headers
from plugins.feeds.identity import check as check_identities
from plugins.feeds.index import index_feeds
from plugins.feeds.media import SizeOf
from plugins.feeds.media import check as check_media
from plugins.feeds.opml import opml
from plugins.feeds.rendering import render_documents
from plugins.feeds.settings import FeedSettings
from plugins.feeds.subjects import subjects
from plugins.post import Post

__all__ = ["FeedSettings", "check_feeds", "each_feed", "register", "render_feeds", "write_feeds"]


def render_feeds(
    catalogue: Catalogue,
    facts: Facts,
    settings: FeedSettings,
    *,
    size_of: SizeOf | None = None,
    replies: Mapping[str, Replies] | None = None,
) -> Mapping[str, bytes]:
    """Every feed and archive page, the list of them and ``_headers``, by path below the output.

    ``size_of`` tells the length of the site's own audio and video files; ``replies`` where those
    of a post are, by its source. Raises :class:`SiteError` with what :func:`check_feeds` finds.
    """
    posts = [entry.post for entry in catalogue.entries]
    if problems := check_feeds(posts, facts, settings, size_of=size_of):
        raise SiteError(problems)
    return dict(each_feed(catalogue, facts, settings, size_of=size_of, replies=replies))


def each_feed(
    catalogue: Catalogue,
    facts: Facts,
    settings: FeedSettings,
    *,
    size_of: SizeOf | None = None,
    replies: Mapping[str, Replies] | None = None,
) -> Iterator[tuple[str, bytes]]:
    """Yield what :func:`render_feeds` returns, one file after the other, without its checks.

    All feeds of a large site together need not fit into memory.
    """
    plan = (
        document
        for subject in subjects(catalogue, facts, settings)
        for document in documents(subject, settings)
    )
    maker = EntryMaker(facts, settings, size_of or _unknown)
    yield from render_documents(plan, maker, replies or {})
    index = index_feeds(catalogue, facts, settings)
    yield OPML_PATH.lstrip("/"), opml(index, facts)
    yield HEADERS_PATH, headers(index, facts, settings)


def check_feeds(
    posts: Sequence[Post],
    facts: Facts,
    settings: FeedSettings,
    *,
    size_of: SizeOf | None = None,
) -> tuple[Problem, ...]:
    """What keeps posts out of feeds: an id that is taken, an impossible date, a missing file."""
    files = (
        problem
        for post in posts
        for problem in check_media(post, absolute(facts.urls.site, post.url), facts.urls, size_of)
    )
    return (*check_dates(posts), *check_identities(posts, settings), *files)


def write_feeds(generator: ArticlesGenerator, writer: object) -> None:  # noqa: ARG001 - Pelican's signature
    """Write all feeds when Pelican has written the posts."""
    catalogue: Catalogue = generator.context["catalogue"]
    facts, settings = facts_from(generator.settings), generator.settings["FEEDS"]
    size_of = sizes(catalogue.statics, Path(generator.settings["PATH"]))
    for path, data in each_feed(catalogue, facts, settings, size_of=size_of):
        file = Path(generator.output_path, path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def sizes(statics: Iterable[tuple[str, str]], content: Path) -> SizeOf:
    """The length of the site's files by URL path; ``statics`` pairs source paths with these."""
    files = {url: content / source for source, url in statics}
    return lambda path: files[path].stat().st_size if path in files else None


def _unknown(path: str) -> int | None:  # noqa: ARG001 - knows no file
    return None


def register() -> None:
    """Connect to Pelican."""
    signals.article_writer_finalized.connect(write_feeds)
