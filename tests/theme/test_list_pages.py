"""Pages that list posts, and the few that lead elsewhere: what they show and when they are empty."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plugins.views import (
    AliasView,
    ArchiveView,
    CardView,
    HeadView,
    HomeView,
    NotFoundView,
    PagerView,
    SeriesIndexView,
    SeriesView,
    SubscribeView,
    TermPageView,
    YearView,
)
from tests.theme import pages, samples
from tests.theme.pages import find, texts, values

HEAD = HeadView("Title")
CARD = samples.full(CardView)
CARDS = (CARD, replace(CARD, title="Second", image=None, summary="", mark=None))


def test_home_features_the_newest_post_on_its_first_page_only() -> None:
    """The first card of page 1 is featured and its image loads at once; other images wait."""
    first = pages.read("home.html", HomeView(HEAD, (CARD, CARD), PagerView(1, 2)))
    assert texts(first, ".featured h2") == ["title text"]
    assert values(first, "article img", "loading") == [None, "lazy"]
    second = pages.read("home.html", HomeView(HEAD, (CARD, CARD), PagerView(2, 2)))
    assert texts(second, ".featured") == []
    assert values(second, "article img", "loading") == ["lazy", "lazy"]


def test_card_shows_what_it_has() -> None:
    """A card without image, summary or mark leaves no empty element behind."""
    document = pages.read("home.html", HomeView(HEAD, CARDS, PagerView(1, 1)))
    assert texts(document, "article h2") == ["title text", "Second"]
    for selector in (".entry-image", ".entry-summary", ".mark-label"):
        assert len(find(document, f"article {selector}")) == 1, selector


def test_pager_links_both_ways() -> None:
    """The pager says where one is and marks its links as previous and next; one page has none."""
    pager = PagerView(2, 3, "/", "/page/3/")
    document = pages.read("home.html", HomeView(HEAD, CARDS, pager))
    assert texts(document, ".pager") == ["Newer posts Page 2 of 3 Older posts"]
    rels = [(e.attrs["rel"], e.attrs["href"]) for e in find(document, ".pager a")]
    assert rels == [("prev", "/"), ("next", "/page/3/")]
    alone = pages.read("home.html", HomeView(HEAD, CARDS, PagerView(1, 1)))
    assert texts(alone, ".pager") == []


@pytest.mark.parametrize(
    ("template", "view", "says"),
    [
        ("home.html", HomeView, "The first post is being written"),
        ("term.html", TermPageView, "Nothing here yet"),
        ("archive.html", ArchiveView, "No post has been published so far."),
        ("series_index.html", SeriesIndexView, "No series yet"),
        ("series.html", SeriesView, "The first part is being written."),
    ],
)
def test_empty_page_says_so(template: str, view: type, says: str) -> None:
    """A page with nothing to list tells its reader, and a full one does not."""
    assert says in pages.words(find(pages.read(template, samples.empty(view)), "main")[0])
    assert texts(pages.read(template, samples.full(view)), ".empty") == []


@pytest.mark.parametrize(("count", "said"), [(0, "0 posts"), (1, "1 post"), (2, "2 posts")])
def test_term_page_counts(count: int, said: str) -> None:
    """The number of posts is given with the right noun."""
    view = replace(samples.full(TermPageView), count=count)
    assert texts(pages.read("term.html", view), ".byline > p") == [said]


def test_archive_is_grouped_by_year() -> None:
    """Every year is a heading over its posts, and can be jumped to when there are several."""
    view = ArchiveView(HEAD, 3, (YearView(2026, CARDS), YearView(2025, (CARD,))), (), (), ())
    document = pages.read("archive.html", view)
    assert texts(document, ".year h2") == ["2026", "2025"]
    assert [len(find(year, "li")) for year in find(document, ".year")] == [2, 1]
    jumps = values(document, ".entrances a", "href")
    assert jumps == [f"#{name}" for name in values(document, ".year h2", "id")]


def test_series_page_shows_progress_in_words_and_as_a_bar() -> None:
    """Progress is text first; the bar repeats it. The first part is offered to begin with."""
    view = replace(samples.full(SeriesView), published=3, total=4)
    document = pages.read("series.html", view)
    assert texts(document, ".progress span") == ["3 of 4 parts published"]
    [bar] = find(document, "progress")
    assert (bar.attrs["value"], bar.attrs["max"]) == ("3", "4")
    assert texts(document, ".begin a") == ["Begin with “text text”"]


def test_alias_sends_readers_on() -> None:
    """The page at an old address refreshes at once, links, and is never indexed."""
    document = pages.read("alias.html", AliasView(HeadView("Moved"), "A post", "/a?b=c&d"))
    [refresh] = find(document, 'meta[http-equiv="refresh"]')
    assert refresh.attrs["content"] == "0; url=/a?b=c&d"
    assert values(document, "a", "href") == ["/a?b=c&d"]
    assert values(document, 'meta[name="robots"]', "content") == ["noindex"]


def test_not_found_leads_back() -> None:
    """The 404 page links the front page and the newest posts."""
    document = pages.read("not_found.html", NotFoundView(HEAD, CARDS))
    links = values(document, "main a", "href")
    assert links == [samples.site().home, CARD.url, CARD.url]


def test_subscribe_lists_every_feed_with_its_format() -> None:
    """Each feed is linked once, by a short name that only its title, unseen, makes unique."""
    view = samples.full(SubscribeView)
    feeds = [feed for group in view.groups for _, links in group.feeds for feed in links]
    view = replace(view, feed=replace(view.feed, type="application/atom+xml", url="/all"))
    document = pages.read("subscribe.html", view)
    assert len(find(document, ".feed-table .feeds a")) == len(feeds)
    assert values(document, "a.button", "href") == ["/all"]


def test_feed_formats_have_names() -> None:
    """A feed's media type becomes the name readers know."""
    types = ("application/rss+xml", "application/atom+xml", "application/feed+json", "text/html")
    feeds = tuple(replace(samples.site().feeds[0], type=kind) for kind in types)
    site = replace(samples.site(), feeds=feeds)
    document = pages.read("not_found.html", NotFoundView(HEAD, ()), site)
    named = [text.split(":")[0] for text in texts(document, ".site-footer .feeds a")]
    assert named == ["RSS", "Atom", "JSON", "Feed"]


def test_menu_marks_the_page_one_is_on() -> None:
    """A current link of the menu has aria-current; without one nothing has."""
    document = pages.read("not_found.html", NotFoundView(HEAD, ()))
    assert len(find(document, ".menu a[aria-current=page]")) == 2
    site = replace(samples.site(), menu=(replace(samples.site().menu[0], current=False),))
    document = pages.read("not_found.html", NotFoundView(HEAD, ()), site)
    assert find(document, ".menu a[aria-current]") == []
