"""Pages that list posts, and the few that lead elsewhere: what they show and when they are empty."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plugins.views import (
    AliasView,
    ArchiveView,
    ArchiveYearView,
    CardView,
    CountedLinkView,
    DateView,
    EntranceView,
    FeedGroupView,
    HeadView,
    HomeView,
    LinkView,
    MonthView,
    NotFoundView,
    PagerView,
    PartView,
    RunningSeriesView,
    SeriesIndexView,
    SeriesView,
    SubscribeView,
    TermIndexView,
    TermPageView,
    YearView,
)
from tests.theme import pages, samples
from tests.theme.pages import find, texts, values

HEAD = HeadView("Title")
CARD = samples.full(CardView)
CARDS = (CARD, replace(CARD, title="Second", image=None, summary="", mark=None))


def test_home_features_one_post_on_its_first_page_only() -> None:
    """The featured post stands first and its image loads at once; other images wait."""
    first = pages.read("home.html", HomeView(HEAD, (CARD, CARD), PagerView(0, None, "/page/1/"), featured=CARD))
    assert texts(first, ".featured h2") == ["title text"]
    assert values(first, "article img", "loading") == [None, "lazy", "lazy"]
    second = pages.read("home.html", HomeView(HEAD, (CARD, CARD), PagerView(1, "/")))
    assert texts(second, ".featured") == []
    assert values(second, "article img", "loading") == ["lazy", "lazy"]


def test_home_shows_the_running_series_and_what_is_next() -> None:
    """The series and its latest part are links; the next part is announced, or not mentioned."""
    latest = PartView("3", "Three", "published", "/three/")
    following = PartView("4", "Four", "planned", None, DateView("2026-12-08", "8 December 2026"))
    series = RunningSeriesView("Attention", "/series/attention/", 4, latest, following)
    view = HomeView(HEAD, (), PagerView(), featured=CARD, series=series)
    document = pages.read("home.html", view)
    assert texts(document, ".running h2, .running div p") == [
        "Attention",
        "Part 3 of 4: Three",
        "Part 4 is planned for 8 December 2026: Four",
    ]
    assert values(document, ".running a", "href") == ["/series/attention/", "/three/"]
    unnumbered = replace(series, latest=replace(latest, number=""), next=None)
    document = pages.read("home.html", replace(view, series=unnumbered))
    assert texts(document, ".running div p") == ["The latest part: Three"]
    assert texts(pages.read("home.html", replace(view, series=None)), ".running") == []


def test_card_shows_what_it_has() -> None:
    """A card without image, summary or mark leaves no empty element behind."""
    document = pages.read("home.html", HomeView(HEAD, CARDS, PagerView()))
    assert texts(document, "article h2") == ["title text", "Second"]
    for selector in (".entry-image", ".entry-summary", ".mark-label"):
        assert len(find(document, f"article {selector}")) == 1, selector


def test_pager_links_both_ways() -> None:
    """The pager says where one is and marks its links as previous and next; one page has none."""
    pager = PagerView(2, "/", "/page/1/")
    document = pages.read("home.html", HomeView(HEAD, CARDS, pager))
    assert texts(document, ".pager") == ["Newer posts Page 2 Older posts"]
    rels = [(e.attrs["rel"], e.attrs["href"]) for e in find(document, ".pager a")]
    assert rels == [("prev", "/"), ("next", "/page/1/")]
    alone = pages.read("home.html", HomeView(HEAD, CARDS, PagerView()))
    assert texts(alone, ".pager") == []


@pytest.mark.parametrize(
    ("template", "view", "says"),
    [
        ("home.html", HomeView, "The first post is being written"),
        ("term.html", TermPageView, "Nothing here yet"),
        ("archive.html", ArchiveView, "No post has been published so far."),
        ("term_index.html", TermIndexView, "No post has a topic so far."),
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
    """Every year is a heading over its posts; one that is not shown in full links the rest."""
    titles = samples.full(ArchiveYearView).months[0].titles
    years = (YearView(2026, "/archive/2026/", 9, titles), YearView(2025, "/archive/2025/", 2, titles))
    index = (CountedLinkView("2026", "/a/", 9), CountedLinkView("2025", "/b/", 2))
    document = pages.read("archive.html", ArchiveView(HEAD, 11, index, years))
    assert texts(document, ".year h2") == ["2026", "2025"]
    assert [len(find(year, "li")) for year in find(document, ".year")] == [2, 2]
    assert texts(document, ".more") == ["All 9 posts of 2026"]
    assert texts(document, ".entrances li") == ["2026 9", "2025 2"]
    assert values(document, ".entrances a", "href") == ["/a/", "/b/"]
    alone = pages.read("archive.html", ArchiveView(HEAD, 9, index[:1], years[:1]))
    assert texts(alone, ".entrances li") == []


def test_archive_offers_all_terms_where_it_names_some() -> None:
    """The heading of a kind leads to all of them, and so does a last link if some are left out."""
    terms = (CountedLinkView("email", "/tag/email/", 3),)
    whole = EntranceView("tag", "/tag/", 1, terms)
    for way, said in ((whole, ["email 3"]), (replace(whole, count=7), ["email 3", "All 7"])):
        document = pages.read("archive.html", ArchiveView(HEAD, 3, (), (), (way,)))
        assert texts(document, ".entrances li") == said
        assert values(document, ".entrances h2 a", "href") == ["/tag/"]


def test_year_is_grouped_by_month() -> None:
    """Each month heads its posts, and the year one is on is marked among all years."""
    view = samples.full(ArchiveYearView)
    months = (MonthView("May", view.months[0].titles), MonthView("April", view.months[0].titles[:1]))
    here = LinkView("2026", "/archive/2026/", current=True)
    other = LinkView("2025", "/archive/2025/")
    page = replace(view, year=2026, months=months, index=(here, other))
    document = pages.read("archive_year.html", page)
    assert texts(document, "h1, .year h2") == ["2026", "May", "April"]
    assert [len(find(month, "li")) for month in find(document, ".year")] == [2, 1]
    assert texts(document, ".entrances [aria-current=page]") == ["2026"]


@pytest.mark.parametrize(
    ("kind", "heading", "count"),
    [("category", "Topics", "2 topics"), ("tag", "Tags", "2 tags"), ("author", "Authors", "2 authors")],
)
def test_terms_are_listed_with_their_counts(kind: str, heading: str, count: str) -> None:
    """All terms of a kind are links with a number, and the term's page leads back to them."""
    terms = (CountedLinkView("a", "/a/", 3), CountedLinkView("b", "/b/", 1))
    view = TermIndexView(HEAD, kind, 2, terms, PagerView())  # type: ignore[arg-type]
    document = pages.read("term_index.html", view)
    assert texts(document, "h1, .byline, .register li") == [heading, count, "a 3", "b 1"]
    term = replace(samples.full(TermPageView), index=f"/{kind}/")
    assert values(pages.read("term.html", term), ".kicker a", "href")[0] == f"/{kind}/"


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


def test_subscribe_leads_on_where_there_are_too_many_feeds() -> None:
    """A group that is not listed says how many there are, and links the page with all of them."""
    group = FeedGroupView("Tags", (), 900, "/tag/")
    view = replace(samples.full(SubscribeView), groups=(group,))
    document = pages.read("subscribe.html", view)
    said = ["Each of them has feeds of its own: see all 900."]
    assert texts(document, ".feed-group p") == said
    assert values(document, ".feed-group a", "href") == ["/tag/"]


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
