"""Entries and channels as values."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from plugins.catalogue.catalogue import Entry
from plugins.feeds.content import stand_alone
from plugins.feeds.entries import (
    Author,
    EntryMaker,
    FeedEntry,
    channel,
    check_dates,
    for_feeds,
)
from plugins.feeds.settings import FeedSettings
from plugins.feeds.subjects import subjects
from plugins.post import Frozen, Original, Person
from plugins.urls import Urls
from plugins.views import ImageView
from tests.plugins.examples import a_post
from tests.plugins.feed_examples import FACTS, SETTINGS, catalogue, entry, on, term

SIZES: dict[str, int] = {}


def _made(one: Entry, settings: FeedSettings = SETTINGS, *, lasting: bool = False) -> FeedEntry:
    maker = EntryMaker(FACTS, settings, SIZES.get)
    content = stand_alone(one.html, one.policy.own_url)
    return maker.make(one, content, lasting=lasting)


def test_an_entry_says_what_the_post_says() -> None:
    """Title, dates, people, topics, summary and text, with absolute addresses."""
    mara = Person("Mara  Lindqvist", "mara", "https://mara.example/")
    made = _made(
        entry(
            "hello",
            '<p><a href="/x/">x</a></p>',
            title="Hello\n <world>",
            authors=(mara, Person("Tobias", "tobias"), Person("Eve", "eve", "javascript:x")),
            category=term("News"),
            tags=(term("e-mail"), term("News")),
            modified=on(20),
        )
    )
    assert made.title == "Hello <world>"
    assert made.url == "https://blog.example.com/hello/"
    assert made.html == '<p><a href="https://blog.example.com/x/">x</a></p>'
    assert made.summary == "About hello."
    assert made.labels == ("News", "e-mail")
    assert made.authors == (
        Author("Mara Lindqvist", "https://mara.example/"),
        Author("Tobias", "https://blog.example.com/author/tobias/"),
        Author("Eve", "https://blog.example.com/author/eve/"),
    )
    assert (made.published, made.updated) == (on(19), on(20))


def test_updated_comes_from_the_writer_only() -> None:
    """Without a date of change it is the date of publication, and never before it."""
    assert _made(entry(date=on(19))).updated == on(19)
    assert _made(entry(date=on(19), modified=on(1))).updated == on(19)


def test_a_republished_post_links_here_and_names_its_source() -> None:
    """The link is ours; the source is a link of its own and a visible line at the end."""
    made = _made(entry(original=Original("https://example.net/x", "Net")))
    assert made.url == "https://blog.example.com/a-post/"
    assert made.via == "https://example.net/x"
    assert made.html.endswith('<a href="https://example.net/x">View original post</a></p>')


def test_the_lead_image_opens_the_text_unless_it_is_in_it() -> None:
    """Readers that show no media elements show it there."""
    image = ImageView("/images/a.png", "A")
    assert _made(entry(image=image)).html.startswith("<figure>")
    within = _made(entry("b", '<p>x</p><img src="/images/a.png" alt="A">', image=image))
    assert "<figure>" not in within.html
    assert within.image is not None


def test_a_feed_of_summaries_has_the_summary_and_the_lines() -> None:
    """Not the text, but where it came from all the same."""
    settings = replace(SETTINGS, content="summary")
    made = _made(entry(original=Original("https://example.net/x"), summary="A & B."), settings)
    assert not made.full
    assert made.html.startswith("<p>A &amp; B.</p>")
    assert "View original post" in made.html
    assert "Text." not in made.html


@pytest.mark.parametrize("html", ["", "<script>x</script>", " \n"])
def test_an_entry_is_never_empty(html: str) -> None:
    """A post whose body has nothing for a feed has its summary there, or its title."""
    assert _made(entry("a", html)).html == "<p>About a.</p>"
    untold = replace(entry("a", html, title="Title"), summary="")
    assert _made(untold).html == "<p>Title</p>"


def test_a_title_of_nothing_printable_is_the_slug() -> None:
    """Readers list entries by their title."""
    assert _made(entry("a-post", title="\x00\ud800")).title == "a-post"


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (datetime(2026, 5, 1, 0, 0, tzinfo=ZoneInfo("Europe/London")), "2026-05-01T00:00:00+01:00"),
        (datetime(2026, 5, 1, tzinfo=timezone(timedelta(hours=5, minutes=30))), "2026-05-01T00:00:00+05:30"),
        (datetime(2026, 5, 1, tzinfo=timezone(timedelta(hours=5, minutes=45))), "2026-04-30T18:15:00+00:00"),
        (datetime(1890, 5, 1, tzinfo=ZoneInfo("Europe/Berlin")), "1890-04-30T23:06:32+00:00"),
        (datetime(1961, 4, 12, 6, 7, 0, 5, UTC), "1961-04-12T06:07:00+00:00"),
    ],
)  # fmt: skip
def test_dates_are_written_so_that_every_reader_understands_them(
    moment: datetime, written: str
) -> None:
    """In the writer's own zone, unless its offset is one that readers do not know."""
    assert for_feeds(moment).isoformat() == written
    assert for_feeds(moment) == moment.replace(microsecond=0)


@pytest.mark.parametrize(
    ("moment", "message"),
    [
        (datetime(2026, 5, 1), "has no time zone"),  # noqa: DTZ001 - the fault
        (datetime(1, 1, 1, tzinfo=UTC), "a date of the year 1"),
        (datetime(999, 12, 31, tzinfo=UTC), "a date of the year 999"),
        (datetime(9999, 12, 31, tzinfo=UTC), "a date of the year 9999"),
    ],
)
def test_dates_no_feed_can_carry_are_problems(moment: datetime, message: str) -> None:
    """With file, line and field; a date before 1970 is not one of them."""
    post = a_post(date=moment, modified=on(1, year=1962), lines=Frozen({"date": 3}))
    (problem,) = check_dates([post])
    assert (problem.path, problem.line, problem.field) == ("posts/a-post.md", 3, "date")
    assert message in problem.message


def test_a_channel_says_whose_feed_it_is() -> None:
    """By the settings; the site's name stands for an author nobody named."""
    facts = replace(FACTS, name="A  B", urls=Urls("https://example.org/blog"))
    site = subjects(catalogue([entry()]), facts, SETTINGS)[0]
    plain = channel(site, facts, SETTINGS)
    assert plain.author == Author("A B", "https://example.org/blog/")
    assert plain.id == "tag:example.org,2026-01-01:/feeds/all"
    assert plain.page == "https://example.org/blog/"
    full = replace(
        SETTINGS, author="Ann", email="a@example.org", icon="/i.png", hub="https://hub.example/"
    )
    told = channel(site, facts, full)
    assert (told.author.name, told.email) == ("Ann", "a@example.org")
    assert (told.icon, told.hub) == ("https://example.org/blog/i.png", "https://hub.example/")
