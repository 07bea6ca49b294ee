"""The page that helps people subscribe: popular readers one click away, and every feed there is."""

from __future__ import annotations

from itertools import groupby
from urllib.parse import quote

from plugins.catalogue.facts import Facts
from plugins.feeds.formats import OPML_PATH
from plugins.feeds.index import FeedIndex, IndexedFeed
from plugins.feeds.opml import HEADINGS
from plugins.feeds.settings import Kind
from plugins.urls import Urls
from plugins.views import FeedGroupView, HeadView, ReaderView, SubscribeView

SUBSCRIBE_PATH = "/subscribe/"

# So many of one kind are listed; more would make a page that is long to load and to read.
MOST = 35
# The kinds that have a page which lists them all.
_INDEXED = frozenset({"category", "tag", "author", "series"})

# Name, and the address that subscribes to the feed whose encoded URL is put in. The first opens
# whatever reader the computer or phone has: the scheme is theirs by convention.
_READERS = (
    ("A reader on this device", "feed:{}"),
    ("Feedly", "https://feedly.com/i/subscription/feed/{}"),
    ("Inoreader", "https://www.inoreader.com/?add_feed={}"),
    ("NewsBlur", "https://www.newsblur.com/?url={}"),
    ("Feedbin", "https://feedbin.com/?subscribe={}"),
    ("The Old Reader", "https://theoldreader.com/feeds/subscribe?url={}"),
)


def subscribe_view(index: FeedIndex, facts: Facts, head: HeadView) -> SubscribeView:
    """The page below :data:`SUBSCRIBE_PATH`."""
    feed = index.site[0]
    return SubscribeView(
        head=head,
        feed=feed,
        readers=_readers(f"{facts.urls.site.removesuffix(facts.urls.base)}{feed.url}"),
        groups=_groups(index, facts.urls),
        opml=facts.urls.href(OPML_PATH),
    )


def _readers(url: str) -> tuple[ReaderView, ...]:
    """``feed:`` stands before the whole address; the services take it as a parameter."""
    return tuple(
        ReaderView(name, form.format(url if form.startswith("feed:") else quote(url, safe="")))
        for name, form in _READERS
    )


def _groups(index: FeedIndex, urls: Urls) -> tuple[FeedGroupView, ...]:
    """Every feed but the site's own, by kind."""
    by_kind = groupby(index.feeds[1:], key=lambda feed: feed.kind)
    return tuple(_group(kind, tuple(feeds), urls) for kind, feeds in by_kind)


def _group(kind: Kind, feeds: tuple[IndexedFeed, ...], urls: Urls) -> FeedGroupView:
    """The feeds of one kind; only the page that leads to them where they are too many."""
    if len(feeds) > MOST and kind in _INDEXED:
        return FeedGroupView(HEADINGS[kind], (), len(feeds), urls.href(f"/{kind}/"))
    rows = tuple((feed.name, feed.views) for feed in feeds)
    return FeedGroupView(HEADINGS[kind], rows, len(feeds))
