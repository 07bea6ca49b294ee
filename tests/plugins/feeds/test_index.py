"""Which feeds pages link to."""

from __future__ import annotations

from dataclasses import replace

from plugins.feeds.index import index_feeds
from plugins.feeds.plugin import render_feeds
from plugins.post import SeriesClaim
from plugins.urls import Urls
from plugins.views import FeedView
from tests.plugins.feed_examples import FACTS, MARA, SETTINGS, catalogue, entry, term

SITE = catalogue(
    [
        entry(
            "one",
            category=term("News"),
            tags=(term("e-mail"), term("odds & ends")),
            authors=(MARA,),
            series=SeriesClaim("Attention", 1),
        ),
        entry("zwei", lang="de", series=SeriesClaim("Attention", 1)),
    ]
)
INDEX = index_feeds(SITE, FACTS, SETTINGS)


def test_a_feed_has_a_link_for_each_format() -> None:
    """RSS first, each with its media type and a title that tells it from the others."""
    assert INDEX.of("tag", "e-mail") == (
        FeedView("e-mail · Parley (RSS)", "/feeds/tag/e-mail.rss.xml", "application/rss+xml"),
        FeedView("e-mail · Parley (Atom)", "/feeds/tag/e-mail.atom.xml", "application/atom+xml"),
        FeedView("e-mail · Parley (JSON Feed)", "/feeds/tag/e-mail.json", "application/feed+json"),
    )


def test_the_site_has_its_own_feeds_and_there_are_no_others() -> None:
    """What does not exist has no link."""
    assert [view.url for view in INDEX.site] == [
        "/feeds/all.rss.xml",
        "/feeds/all.atom.xml",
        "/feeds/all.json",
    ]
    assert INDEX.of("tag", "nothing") == ()


def test_a_post_names_every_feed_it_is_in() -> None:
    """The site's in each format, and one of each other."""
    (post,) = [one for one in SITE.entries if one.post.slug == "one"]
    assert [view.url for view in INDEX.concerning(post)[3:]] == [
        "/feeds/language/en.rss.xml",
        "/feeds/series/attention.rss.xml",
        "/feeds/category/news.rss.xml",
        "/feeds/author/mara-lindqvist.rss.xml",
        "/feeds/tag/e-mail.rss.xml",
        "/feeds/tag/odds-&-ends.rss.xml",
    ]


def test_series_of_one_name_are_told_apart_by_language() -> None:
    """Without one, that of the site is meant."""
    assert INDEX.of("series", "attention", "de")[0].url == "/feeds/de/series/attention.rss.xml"
    assert INDEX.of("series", "attention")[0].url == "/feeds/series/attention.rss.xml"


def test_every_link_leads_to_a_feed_that_is_written() -> None:
    """The index and the files are made from the same list."""
    files = render_feeds(SITE, FACTS, SETTINGS)
    assert {view.url.lstrip("/") for view in INDEX.all()} <= files.keys()


def test_links_know_where_the_site_lives() -> None:
    """A site below a path links there."""
    facts = replace(FACTS, urls=Urls("https://example.org/blog"))
    assert index_feeds(SITE, facts, SETTINGS).site[0].url == "/blog/feeds/all.rss.xml"
