"""Feeds that every reader accepts and that never announce an old post again.

:func:`render_feeds` makes every feed of a site, in three formats, from the frozen catalogue. The
same catalogue gives the same bytes. The modules beside it each know one thing: ``subjects`` what
there are feeds of, ``identity`` who an entry is, ``content`` what of a text may be in a feed,
``entries`` entries as values, ``archive`` the pages of the past, ``rss_atom`` and ``json_feed`` the
formats.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from plugins.canonical.addresses import absolute
from plugins.catalogue.catalogue import Catalogue
from plugins.catalogue.facts import Facts
from plugins.digests import digest
from plugins.errors import Problem, SettingsError, SiteError
from plugins.feeds.documents import Document, documents
from plugins.feeds.entries import EntryMaker, check_dates
from plugins.feeds.formats import FORMATS, OPML_PATH
from plugins.feeds.identity import check as check_identities
from plugins.feeds.index import FeedIndex, index_feeds
from plugins.feeds.media import SizeOf, type_of
from plugins.feeds.media import check as check_media
from plugins.feeds.opml import opml
from plugins.feeds.rendering import Kitchen, render_document, render_documents
from plugins.feeds.settings import FeedSettings, astray
from plugins.feeds.subjects import subjects
from plugins.post import Post
from plugins.steps import Site, Task
from plugins.urls import decoded

__all__ = ["FeedSettings", "check_feeds", "each_feed", "register", "render_feeds", "tasks"]


def render_feeds(
    catalogue: Catalogue,
    facts: Facts,
    settings: FeedSettings,
    *,
    size_of: SizeOf | None = None,
) -> Mapping[str, bytes]:
    """Every feed and archive page, and the list of them, by path below the output.

    ``size_of`` tells the length of the site's own audio and video files. Raises :class:`SiteError` with what :func:`check_feeds` finds.
    """
    posts = [entry.post for entry in catalogue.entries]
    if problems := check_feeds(posts, facts, settings, size_of=size_of):
        raise SiteError(problems)
    return dict(each_feed(catalogue, facts, settings, size_of=size_of))


def each_feed(
    catalogue: Catalogue,
    facts: Facts,
    settings: FeedSettings,
    *,
    size_of: SizeOf | None = None,
) -> Iterator[tuple[str, bytes]]:
    """Yield what :func:`render_feeds` returns, one file after the other, without its checks.

    All feeds of a large site together need not fit into memory.
    """
    maker = EntryMaker(facts, settings, size_of or _unknown)
    yield from _everywhere(settings, render_documents(_plan(catalogue, facts, settings), maker))
    yield from _lists(index_feeds(catalogue, facts, settings), facts)


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


def tasks(site: Site) -> Iterator[Task]:
    """One task for each feed and each page of an archive, and one for the lists of them.

    Documents of one time follow each other, so that what they share need not be kept for long.
    """
    settings: FeedSettings = site.settings["FEEDS"]
    content = Path(site.settings["PATH"])
    size_of = sizes(site.catalogue.statics, content)
    plan = _plan(site.catalogue, site.facts, settings)
    there = {f"/{one.stem}{form.ending}" for one in plan for form in FORMATS}
    if problems := tuple(astray(settings, there)):
        raise SettingsError(problems)
    kitchen = Kitchen(plan, EntryMaker(site.facts, settings, size_of))
    wholes = {entry.post.source: entry.whole for entry in site.catalogue.entries}
    played = _played(site.catalogue, size_of)
    for one in sorted(plan, key=_time):
        about = replace(one, subject=replace(one.subject, entries=()), entries=())
        sources = tuple(entry.post.source for entry in one.entries)
        inputs = digest(about, played, [wholes[source] for source in sources], settings.moved)
        make = partial(_made, one, kitchen, settings)
        yield Task(f"feeds: {one.stem}", inputs, make, texts=sources)
    index = index_feeds(site.catalogue, site.facts, settings)
    yield Task("feeds: lists", digest(index.feeds), partial(_lists, index, site.facts), texts=())


def _made(
    document: Document, kitchen: Kitchen, settings: FeedSettings
) -> Iterator[tuple[str, bytes]]:
    return _everywhere(settings, render_document(document, kitchen))


def _everywhere(
    settings: FeedSettings, files: Iterable[tuple[str, bytes]]
) -> Iterator[tuple[str, bytes]]:
    """The files, each also where subscribers of an earlier site ask for it.

    A reader follows no page that leads on, and not every host sends redirects. Only a folder has to be
    redirected, as no host takes a feed for its index.
    """
    for path, data in files:
        yield path, data
        yield from (
            (old.lstrip("/"), data)
            for old, new in settings.moved.items()
            if new == f"/{path}" and not old.endswith("/")
        )


def _plan(catalogue: Catalogue, facts: Facts, settings: FeedSettings) -> tuple[Document, ...]:
    about = subjects(catalogue, facts, settings)
    return tuple(document for subject in about for document in documents(subject, settings))


def _time(document: Document) -> tuple[datetime, str]:
    """When the oldest entry is from, so that documents with the same entries are neighbours."""
    dates = [entry.post.date for entry in document.entries]
    return min(dates, default=datetime.min.replace(tzinfo=UTC)), document.stem


def _played(catalogue: Catalogue, size_of: SizeOf) -> tuple[tuple[str, int | None], ...]:
    """The site's sound and film with their lengths, which enclosures state."""
    urls = (url for _, url in catalogue.statics)
    return tuple(
        (url, size_of(decoded(url))) for url in urls if type_of(url).startswith(("audio", "video"))
    )


def _lists(index: FeedIndex, facts: Facts) -> Iterator[tuple[str, bytes]]:
    yield OPML_PATH.lstrip("/"), opml(index, facts)


def sizes(statics: Iterable[tuple[str, str]], content: Path) -> SizeOf:
    """The length of the site's files by path; ``statics`` pairs source paths with their URLs."""
    files = {decoded(url): content / source for source, url in statics}
    return partial(_size, files)


def _size(files: Mapping[str, Path], path: str) -> int | None:
    return files[path].stat().st_size if path in files else None


def _unknown(path: str) -> int | None:  # noqa: ARG001 - knows no file
    return None


def register() -> None:
    """Connect to Pelican, where there is nothing to connect: the build asks for ``tasks``."""
