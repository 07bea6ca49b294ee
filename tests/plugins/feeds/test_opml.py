"""The list of all feeds."""

from __future__ import annotations

from urllib.parse import unquote

from lxml import etree

from plugins.feeds.index import index_feeds
from plugins.feeds.opml import opml
from plugins.post import SeriesClaim
from tests.plugins.feed_examples import FACTS, MARA, SETTINGS, catalogue, entry, feeds, term

POSTS = [
    entry("one", category=term("News"), tags=(term("a & <b>"),), authors=(MARA,)),
    entry("two", series=SeriesClaim("Attention", 1), authors=(MARA,)),
]


def test_every_feed_is_listed_once_below_its_kind() -> None:
    """The site's own above all, each with its file and its page."""
    root = etree.fromstring(opml(index_feeds(catalogue(POSTS), FACTS, SETTINGS), FACTS))
    body = root.find("body")
    assert root.tag == "opml"
    assert root.get("version") == "2.0"
    assert body is not None
    assert [outline.get("text") for outline in body] == [
        "Parley", "Topics", "Series", "Authors", "Tags",
    ]  # fmt: skip
    leaves = [outline for outline in body.iter("outline") if not len(outline)]
    assert {outline.get("type") for outline in leaves} == {"rss"}
    assert [outline.get("xmlUrl") for outline in leaves][:2] == [
        "https://blog.example.com/feeds/all.rss.xml",
        "https://blog.example.com/feeds/category/news.rss.xml",
    ]
    assert leaves[1].get("htmlUrl") == "https://blog.example.com/category/news/"
    assert leaves[-1].get("text") == "a & <b> · Parley"


def test_every_feed_in_the_list_is_written() -> None:
    """No reader that imports it finds a dead address."""
    files = feeds(POSTS)
    root = etree.fromstring(files["feeds/feeds.opml"])
    listed = [outline.get("xmlUrl") for outline in root.iter("outline") if outline.get("xmlUrl")]
    assert len(listed) == 5
    assert {unquote(url).partition("example.com/")[2] for url in listed if url} <= files.keys()
