"""The page that helps people subscribe."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from plugins.feeds.index import index_feeds
from plugins.feeds.subscribe import subscribe_view
from plugins.post import SeriesClaim
from plugins.urls import Urls
from plugins.views import HeadView
from tests.plugins.feed_examples import FACTS, MARA, SETTINGS, catalogue, entry, term

SITE = catalogue(
    [
        entry("one", category=term("News"), tags=(term("e-mail"),), authors=(MARA,)),
        entry("two", series=SeriesClaim("Attention", 1)),
    ]
)
HEAD = HeadView("Subscribe")


def test_every_feed_is_listed_by_topic_series_and_author() -> None:
    """By name, in each format; the site's own stands apart."""
    view = subscribe_view(index_feeds(SITE, FACTS, SETTINGS), FACTS, HEAD)
    assert view.feed.url == "/feeds/all.rss.xml"
    assert view.opml == "/feeds/feeds.opml"
    assert [(group.heading, [name for name, _ in group.feeds]) for group in view.groups] == [
        ("Topics", ["News"]),
        ("Series", ["Attention"]),
        ("Authors", ["Mara Lindqvist"]),
        ("Tags", ["e-mail"]),
    ]
    _, feeds = view.groups[0].feeds[0]
    assert [feed.url.partition(".")[2] for feed in feeds] == ["rss.xml", "atom.xml", "json"]


def test_readers_are_given_the_absolute_address() -> None:
    """The services in a parameter, the reader of the device as the scheme wants it."""
    facts = replace(FACTS, urls=Urls("https://example.org/blog"))
    view = subscribe_view(index_feeds(SITE, facts, SETTINGS), facts, HEAD)
    url = "https://example.org/blog/feeds/all.rss.xml"
    by_name = {reader.name: reader.url for reader in view.readers}
    assert by_name["A reader on this device"] == "feed://example.org/blog/feeds/all.rss.xml"
    assert by_name["Feedly"].endswith("/https%3A%2F%2Fexample.org%2Fblog%2Ffeeds%2Fall.rss.xml")
    assert parse_qs(urlsplit(by_name["Inoreader"]).query) == {"add_feed": [url]}
    assert len(by_name) > 4
