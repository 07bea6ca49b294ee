"""The page that helps people subscribe: popular readers one click away, and every feed there is."""

from __future__ import annotations

from itertools import groupby
from urllib.parse import quote

from plugins.catalogue.facts import Facts
from plugins.feeds.formats import OPML_PATH
from plugins.feeds.index import FeedIndex, IndexedFeed
from plugins.feeds.opml import feeds_heading
from plugins.feeds.settings import Kind
from plugins.kinds import address
from plugins.views import FeedGroupView, HeadView, ReaderView, SubscribeView
from wording import Wording

SUBSCRIBE_PATH = address("subscribe")

# So many of one kind are listed; more would make a page that is long to load and to read.
MOST = 35
# The kinds that have a page which lists them all.
_INDEXED = frozenset({"category", "tag", "author", "series"})

# Name, and the address that subscribes to the feed whose encoded URL is put in.
_READERS = (
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
        readers=_readers(f"{facts.urls.site.removesuffix(facts.urls.base)}{feed.url}", facts.words),
        groups=_groups(index, facts),
        opml=facts.urls.href(OPML_PATH),
    )


def _readers(url: str, words: Wording) -> tuple[ReaderView, ...]:
    """Whatever reader the computer or phone has, and the services.

    ``feed:`` is the readers' scheme by convention, in the place of the address's own: ``feed:https:``,
    which some take as well, is no valid URL in a link. The services take the address as a parameter.
    """
    own = ReaderView(words.gettext("A reader on this device"), f"feed://{url.partition('://')[2]}")
    services = (ReaderView(name, form.format(quote(url, safe=""))) for name, form in _READERS)
    return (own, *services)


def _groups(index: FeedIndex, facts: Facts) -> tuple[FeedGroupView, ...]:
    """Every feed but the site's own, by kind."""
    by_kind = groupby(index.feeds[1:], key=lambda feed: feed.kind)
    return tuple(_group(kind, tuple(feeds), facts) for kind, feeds in by_kind)


def _group(kind: Kind, feeds: tuple[IndexedFeed, ...], facts: Facts) -> FeedGroupView:
    """The feeds of one kind; only the page that leads to them where they are too many."""
    heading = feeds_heading(kind, facts.words)
    if len(feeds) > MOST and kind in _INDEXED:
        return FeedGroupView(heading, (), len(feeds), facts.urls.href(facts.urls.at(f"/{kind}/")))
    rows = tuple((feed.name, feed.views) for feed in feeds)
    return FeedGroupView(heading, rows, len(feeds))
