"""What feeds ask of hosts, read as the hosts that know ``_headers`` read it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

from plugins.catalogue.facts import Facts
from plugins.feeds.headers import feed_rules
from plugins.feeds.index import index_feeds
from plugins.feeds.settings import FeedSettings
from plugins.hosting.rules import headers_file
from plugins.urls import Urls
from tests.plugins.feed_examples import FACTS, SETTINGS, catalogue, entry, feeds, term

POSTS = [entry("one", category=term("News"))]


def _served(
    path: str, settings: FeedSettings = SETTINGS, facts: Facts = FACTS
) -> dict[str, list[str]]:
    """The headers a host adds to ``path``."""
    index = index_feeds(catalogue(POSTS), facts, settings)
    text = headers_file(feed_rules(index, facts, settings)).decode()
    found: dict[str, list[str]] = defaultdict(list)
    matches = False
    for line in text.splitlines():
        if line.startswith("/"):
            pattern = ".*".join(map(re.escape, line.split("*")))
            matches = bool(re.fullmatch(pattern, path))
        elif matches and not line.startswith("#"):
            name, _, value = line.strip().partition(": ")
            found[name].append(value)
    return found


def test_every_feed_has_its_type() -> None:
    """And only one, archive pages and the list of feeds included."""
    kinds = {
        "rss.xml": "application/rss+xml",
        "atom.xml": "application/atom+xml",
        "json": "application/feed+json",
        "opml": "text/x-opml",
    }
    paths = [f"/{path}" for path in feeds(POSTS)]
    paths.append("/feeds/archive/all/2026-1.atom.xml")
    for path in paths:
        expected = next(kind for ending, kind in kinds.items() if path.endswith(ending))
        assert _served(path)["Content-Type"] == [f"{expected}; charset=utf-8"]
    assert _served("/index.html") == {}


def test_the_hub_is_named_with_the_address_it_knows_the_feed_by() -> None:
    """For the site's own feeds; without a hub there is no link."""
    settings = replace(SETTINGS, hub="https://hub.example/")
    assert _served("/feeds/all.json", settings)["Link"] == [
        '<https://hub.example/>; rel="hub", <https://blog.example.com/feeds/all.json>; rel="self"'
    ]
    assert "Link" not in _served("/feeds/all.json")


def test_a_site_below_a_path_has_its_rules_there() -> None:
    """Hosts match the whole path."""
    facts = replace(FACTS, urls=Urls("https://example.org/blog"))
    settings = replace(SETTINGS, hub="https://hub.example/")
    served = _served("/blog/feeds/all.rss.xml", settings, facts)
    assert served["Content-Type"] == ["application/rss+xml; charset=utf-8"]
    assert "<https://example.org/blog/feeds/all.rss.xml>" in served["Link"][0]
    assert _served("/feeds/all.rss.xml", settings, facts) == {}
