"""Which feed documents are to be written, and what is in each: the plan, before any text is made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plugins.catalogue.catalogue import Entry
from plugins.feeds.archive import archive_pages, archive_stem
from plugins.feeds.extensions import FeedLink
from plugins.feeds.formats import Format
from plugins.feeds.settings import FeedSettings
from plugins.feeds.subjects import Subject
from plugins.urls import Urls


@dataclass(frozen=True, slots=True)
class Document:
    """A feed, or a page of its archive: ``stem`` is its path without the ending of the format.

    ``previous`` and ``next`` are the stems of the archive pages before and after it; a feed has the
    newest page before it.
    """

    subject: Subject
    stem: str
    entries: tuple[Entry, ...]
    archive: bool = False
    previous: str | None = None
    next: str | None = None

    def url(self, form: Format, urls: Urls) -> str:
        """The absolute URL of the document in one format."""
        return urls.absolute(f"/{self.stem}{form.ending}")

    def links(self, form: Format, urls: Urls) -> tuple[FeedLink, ...]:
        """The links to other documents of the same feed, in the same format (RFC 5005)."""
        current = self.subject.stem if self.archive else None
        related = (
            ("prev-archive", self.previous),
            ("next-archive", self.next),
            ("current", current),
        )
        return tuple(
            FeedLink(rel, urls.absolute(f"/{stem}{form.ending}"), form.type)
            for rel, stem in related
            if stem
        )


def documents(subject: Subject, settings: FeedSettings) -> Iterator[Document]:
    """The feed of a subject, then the pages of its archive."""
    size = settings.archive_size if subject.kind in settings.archived else 0
    pages = archive_pages(subject.entries, size)
    stems = [archive_stem(subject.stem, page.name) for page in pages]
    newest = stems[-1] if stems else None
    yield Document(subject, subject.stem, _window(subject, settings), previous=newest)
    around = zip(pages, stems, [None, *stems], [*stems[1:], None], strict=False)
    for page, stem, previous, following in around:
        yield Document(subject, stem, page.entries, True, previous, following)


def _window(subject: Subject, settings: FeedSettings) -> tuple[Entry, ...]:
    """The newest entries; those of a series in the order of reading, if the settings say so."""
    newest = subject.entries[: settings.limit]
    if not (settings.series_oldest_first and subject.reading_order):
        return newest
    rank = {source: number for number, source in enumerate(subject.reading_order)}
    return tuple(sorted(newest, key=lambda entry: rank[entry.post.source]))
