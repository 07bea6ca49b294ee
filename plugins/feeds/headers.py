"""What a host should send with feeds: their types, open to readers in browsers, and their hub."""

from __future__ import annotations

from collections.abc import Iterator

from plugins.catalogue.facts import Facts
from plugins.feeds.formats import FORMATS, OPML_PATH, OPML_TYPE
from plugins.feeds.index import FeedIndex
from plugins.feeds.settings import FeedSettings
from plugins.hosting.rules import Rule


def feed_rules(index: FeedIndex, facts: Facts, settings: FeedSettings) -> tuple[Rule, ...]:
    """The rules for feeds; hosts limit their number.

    A hub (WebSub) is named together with the address it knows the feed by, one rule for each of the
    site's own feeds; the others name theirs in the document.
    """
    return (*_types(facts), *(_hubs(index, facts, settings.hub) if settings.hub else ()))


def _types(facts: Facts) -> Iterator[Rule]:
    patterns = [(f"/feeds/*{form.ending}", form.type) for form in FORMATS]
    for pattern, kind in [*patterns, (OPML_PATH, OPML_TYPE)]:
        headers = (
            ("Content-Type", f"{kind}; charset=utf-8"),
            ("Access-Control-Allow-Origin", "*"),
        )
        yield Rule(facts.urls.href(pattern), headers)


def _hubs(index: FeedIndex, facts: Facts, hub: str) -> Iterator[Rule]:
    site = facts.urls.site.removesuffix(facts.urls.base)
    for view in index.site:
        links = f'<{hub}>; rel="hub", <{site}{view.url}>; rel="self"'
        yield Rule(view.url, (("Link", links),))
