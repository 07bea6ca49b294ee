"""Series as pages show them."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from plugins.post import Post
from plugins.series.arrange import Arrangement
from plugins.series.views import (
    box_view,
    latest_first,
    series_view,
    signpost_views,
    summary_view,
)
from plugins.views import (
    DateView,
    FeedView,
    HeadView,
    ImageView,
    LinkView,
    PartView,
    SeriesBoxView,
    SeriesPartView,
    SeriesSummaryView,
    SeriesView,
)
from tests.plugins.series_examples import NOW, a_file, ahead, arranged, clean, part, plan

DUE = NOW + timedelta(days=9)
ONE = part("one", number=1)
TWO = part("two", number=2, day=7)
FILES = [a_file(summary="About it.", planned=(plan(3, "Three", date=DUE),))]


def href(path: str) -> str:
    """The links of a site below a folder."""
    return f"/blog{path}"


def show_date(moment: datetime, lang: str) -> DateView:
    """A date that shows what it was made from."""
    return DateView(moment.isoformat(), f"{lang} {moment:%d %m}")


def day(moment: datetime) -> DateView:
    """The date as an English page shows it."""
    return show_date(moment, "en")


def describe(post: Post) -> tuple[str, int]:
    """A summary and a reading time."""
    return f"About {post.slug}", len(post.slug)


def box(found: Arrangement, post: Post) -> SeriesBoxView | None:
    """The box on the page of a post."""
    return box_view(found.places[post.source], href, show_date)


def test_the_box_shows_all_parts_and_the_way_on() -> None:
    """Part 2 of 3: the current part is marked, the planned one has its date and no URL."""
    one = PartView("1", "One", "published", "/blog/one/", day(ONE.date))
    two = PartView("2", "Two", "current", "/blog/two/", day(TWO.date))
    three = PartView("3", "Three", "planned", None, day(DUE))
    assert box(clean([ONE, TWO], files=FILES), TWO) == SeriesBoxView(
        title="Attention",
        url="/blog/series/attention/",
        number="2",
        total=3,
        parts=(one, two, three),
        previous=one,
        next=three,
    )


def test_a_draft_is_marked_in_a_preview() -> None:
    """In a preview a draft's part says that it is one, and so does the link to it."""
    draft = part("two", number=2, status="draft")
    shown = box(arranged([ONE, draft]), ONE)
    assert shown
    assert shown.next
    assert [one.state for one in shown.parts] == ["current", "preview"]
    assert (shown.next.state, shown.next.url) == ("preview", "/blog/two/")


def test_numbers_are_shown_as_written() -> None:
    """Whole numbers have no decimals, others keep theirs, and none is invented."""
    posts = [part("a", number=1.0), part("b", number=2.5), part("c")]
    found = arranged(posts)
    numbers = [shown.number for post in posts if (shown := box(found, post))]
    assert numbers == ["1", "2.5", ""]


def test_a_post_without_a_series_has_no_box_but_its_marker() -> None:
    """A marker that belongs to no series is shown by itself, as a link or as planned."""
    letter = part("letter", None, markers=[ahead(3)])
    third = part("third", None, title="Part 3")
    alone = arranged([letter]).places[letter.source]
    assert box_view(alone, href, show_date) is None
    [planned] = signpost_views(alone, href, show_date)
    assert (planned.direction, planned.part) == ("next", PartView("3", "", "planned"))
    [linked] = signpost_views(arranged([letter, third]).places[letter.source], href, show_date)
    assert linked.part == PartView("3", "Part 3", "published", "/blog/third/", day(third.date))


def test_a_marker_that_the_box_covers_is_not_shown_twice() -> None:
    """The next link of the box is the marker's link."""
    one = part("one", number=1, markers=[ahead(2)])
    found = clean([one, TWO])
    assert signpost_views(found.places[one.source], href, show_date) == ()


def test_the_page_of_a_series() -> None:
    """Intro, parts with what their cards say, progress, where to begin, and the feed."""
    series = clean([ONE, TWO], files=FILES).series[0]
    head, feed = HeadView("Attention"), FeedView("Attention", "/blog/f", "application/atom+xml")
    image = ImageView("/blog/i.jpg", "Rings")
    view = series_view(
        series, head, Markup("<p>Hi</p>"), href, show_date, describe, image=image, feeds=(feed,)
    )
    assert view == SeriesView(
        head=head,
        lang="en",
        title="Attention",
        html=Markup("<p>Hi</p>"),
        published=2,
        total=3,
        parts=(
            SeriesPartView(
                PartView("1", "One", "published", "/blog/one/", day(ONE.date)), "About one", 3
            ),
            SeriesPartView(
                PartView("2", "Two", "published", "/blog/two/", day(TWO.date)), "About two", 3
            ),
            SeriesPartView(PartView("3", "Three", "planned", None, day(DUE))),
        ),
        first=LinkView("One", "/blog/one/"),
        image=image,
        feeds=(feed,),
    )


def test_a_series_in_the_list() -> None:
    """The list says how far a series has come, when it went on, and where to begin."""
    series = clean([ONE, TWO], files=FILES).series[0]
    assert summary_view(series, href, show_date) == SeriesSummaryView(
        title="Attention",
        url="/blog/series/attention/",
        summary="About it.",
        published=2,
        total=3,
        first=LinkView("One", "/blog/one/"),
        latest=day(TWO.date),
    )


def test_an_announced_series_has_no_beginning_yet() -> None:
    """A series of planned parts only has no first part, no date and nothing published."""
    view = summary_view(arranged([], files=FILES).series[0], href, show_date)
    assert (view.published, view.total, view.first, view.latest) == (0, 3, None, None)


def test_previews_are_not_progress() -> None:
    """A draft in a preview does not count as published."""
    series = arranged([ONE, part("two", number=2, status="draft")]).series[0]
    assert (summary_view(series, href, show_date).published, len(series.shown)) == (1, 2)


def test_the_series_continued_last_comes_first() -> None:
    """Series by their newest part, those not begun at the end by name."""
    posts = [part("a", "Old", 1, day=1), part("b", "New", 1, day=9), part("c", "Old", 2, day=3)]
    files = [a_file(name, name.upper(), planned=(plan(1, "x"),)) for name in ("zeta", "beta")]
    found = arranged(posts, files=files).series
    assert [one.title for one in latest_first(found)] == ["New", "Old", "BETA", "ZETA"]
    assert latest_first(found[::-1]) == latest_first(found)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


@given(st.lists(st.tuples(st.integers(1, 5), TEXT, st.booleans()), max_size=6))
def test_no_view_knows_of_a_draft(parts: list[tuple[int, str, bool]]) -> None:
    """Every view made of a production build is the same whether or not the drafts exist."""
    posts = [
        part(
            f"p{index}",
            number=number,
            title=f"{text} {index}",
            status="draft" if draft else "published",
            markers=[ahead(number + 1)],
        )
        for index, (number, text, draft) in enumerate(parts)
    ]
    public = [post for post in posts if not post.preview]
    held = [post for post in posts if post.preview]
    assert _all_views(arranged(public, held)) == _all_views(arranged(public))


def _all_views(found: Arrangement) -> list[object]:
    """Every view that series have a part in."""
    return [
        *(box_view(place, href, show_date) for place in found.places.values()),
        *(signpost_views(place, href, show_date) for place in found.places.values()),
        *(
            series_view(one, HeadView(one.title), Markup(), href, show_date, describe)
            for one in found.series
        ),
        *(summary_view(one, href, show_date) for one in found.series),
    ]
