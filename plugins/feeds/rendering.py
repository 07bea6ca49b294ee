"""The making of all feed documents: every text is prepared once, however many feeds it is in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar

from plugins.catalogue.catalogue import Entry
from plugins.feeds import json_feed, rss_atom
from plugins.feeds.content import Content, stand_alone
from plugins.feeds.documents import Document
from plugins.feeds.entries import EntryMaker, FeedEntry, channel
from plugins.feeds.formats import ATOM, JSON, RSS
from plugins.feeds.json_feed import Item, json_item
from plugins.feeds.rss_atom import Envelope, SharedEntry, xml_entry

Key = TypeVar("Key")
Value = TypeVar("Value")


class Pantry(Generic[Key, Value]):
    """Values made when first asked for and dropped when asked for the last time.

    ``uses`` says how often each key will be asked for, so memory holds what is still needed only,
    and of that the ``most`` values that were asked for last.
    """

    def __init__(self, uses: Iterable[Key], most: int = 2_000) -> None:
        self._left = Counter(uses)
        self._most = most
        self._made: dict[Key, Value] = {}

    def take(self, key: Key, make: Callable[[], Value]) -> Value:
        """The value of ``key``, made by ``make`` if it is not there."""
        value = self._made.pop(key) if key in self._made else make()
        self._left[key] -= 1
        if self._left[key] > 0:
            self._made[key] = value
            if len(self._made) > self._most:
                del self._made[next(iter(self._made))]
        return value


@dataclass(frozen=True, slots=True)
class _Use:
    """One of the forms an entry takes: in a feed or for good, in the feed's language or not."""

    source: str
    lasting: bool
    lang: str


@dataclass(frozen=True, slots=True)
class _Prepared:
    """An entry in each format."""

    value: FeedEntry
    xml: SharedEntry
    item: Item | None


class Kitchen:
    """Prepares entries, each form of each only once."""

    def __init__(self, plan: Iterable[Document], maker: EntryMaker) -> None:
        uses = [_use(entry, document) for document in plan for entry in document.entries]
        self._prepared: Pantry[_Use, _Prepared] = Pantry(uses)
        self._bodies: Pantry[str, Content] = Pantry(use.source for use in dict.fromkeys(uses))
        self.maker = maker

    def entries(self, document: Document) -> list[_Prepared]:
        """The entries of ``document``, in its order."""
        return [self._entry(entry, document) for entry in document.entries]

    def _entry(self, entry: Entry, document: Document) -> _Prepared:
        return self._prepared.take(_use(entry, document), lambda: self._prepare(entry, document))

    def _prepare(self, entry: Entry, document: Document) -> _Prepared:
        source, url = entry.post.source, entry.policy.item_link
        content = self._bodies.take(source, lambda: stand_alone(entry.html, url))
        value = self.maker.make(entry, content, lasting=document.archive)
        lang = document.subject.lang
        item = None if document.archive else json_item(value, lang)
        return _Prepared(value, xml_entry(value, lang), item)


def render_documents(plan: Iterable[Document], maker: EntryMaker) -> Iterator[tuple[str, bytes]]:
    """Yield every document in its formats with its path below the output folder.

    Archive pages are in RSS and Atom only: JSON Feed has no history.
    """
    every = tuple(plan)
    kitchen = Kitchen(every, maker)
    for document in every:
        yield from render_document(document, kitchen)


def render_document(document: Document, kitchen: Kitchen) -> Iterator[tuple[str, bytes]]:
    """Yield one document of the plan that ``kitchen`` was made for, in its formats."""
    yield from _formats(document, kitchen.entries(document), kitchen.maker)


def _formats(
    document: Document, entries: list[_Prepared], maker: EntryMaker
) -> Iterator[tuple[str, bytes]]:
    urls = maker.facts.urls
    about = channel(document.subject, maker.facts, maker.settings)
    updated = max(
        (entry.value.updated for entry in entries),
        default=_beginning(maker.settings.authority_date),
    )
    for form in (RSS, ATOM):
        url, links = document.url(form, urls), document.links(form, urls)
        envelope = Envelope(url, updated, links, document.archive)
        xml = rss_atom.render(form, about, envelope, (entry.xml for entry in entries))
        yield f"{document.stem}{form.ending}", xml
    if not document.archive:
        items = (entry.item for entry in entries if entry.item is not None)
        yield (
            f"{document.stem}{JSON.ending}",
            json_feed.render(about, document.url(JSON, urls), items),
        )


def _use(entry: Entry, document: Document) -> _Use:
    return _Use(entry.post.source, document.archive, document.subject.lang)


def _beginning(date: str) -> datetime:
    """When a feed without entries changed last: the first moment of ``date`` (YYYY[-MM[-DD]])."""
    return datetime.fromisoformat(f"{date}-01-01"[:10]).replace(tzinfo=UTC)
