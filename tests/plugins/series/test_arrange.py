"""Series as a whole: parts in order, places that agree, and nothing of what is held back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.post import Frozen, Marker, Post
from plugins.series.arrange import Arrangement, Place, SeriesFile
from tests.plugins.series_examples import (
    FIRST_DAY,
    NOW,
    a_file,
    ahead,
    arranged,
    back,
    clean,
    outline,
    part,
    plan,
)
from wording import wording_for

ENGLISH = wording_for("en")
SERIES = ("Attention", "attention", "Craft", "The long view", None)
NUMBERS = st.one_of(
    st.none(), st.integers(-1, 6), st.sampled_from([0.5, 2.0, 2.5, float("nan"), float("inf")])
)
MARKERS = st.builds(
    Marker, st.sampled_from(["next", "previous"]), st.integers(1, 6), st.none(), st.just(9)
)


@st.composite
def posts(draw: st.DrawFn) -> list[Post]:
    """Any posts: in series or not, numbered or not, of every status, two languages, any date."""

    def one(index: int) -> Post:
        said = draw(st.sampled_from(["", ", part 1", ", part 2", " (Part III)", ", part 4 of 5"]))
        return part(
            f"post-{index}-x",
            draw(st.sampled_from(SERIES)),
            draw(NUMBERS),
            title=f"{draw(st.sampled_from(['Craft', f'Title {index}']))}{said}",
            day=draw(st.integers(0, 3)),
            markers=draw(st.lists(MARKERS, max_size=2)),
            status=draw(st.sampled_from(["published"] * 5 + ["draft", "scheduled", "hidden"])),
            lang=draw(st.sampled_from(["en", "en", "de"])),
        )

    return [one(index) for index in range(draw(st.integers(0, 7)))]


PLANS = st.builds(
    plan,
    st.one_of(st.none(), st.integers(1, 6)),
    st.sampled_from(["Announced", "More of it"]),
    date=st.one_of(st.none(), st.just(FIRST_DAY), st.just(NOW + timedelta(days=9))),
)
FILES = st.lists(
    st.builds(
        a_file,
        st.sampled_from(["attention", "craft"]),
        lang=st.sampled_from([None, "de"]),
        planned=st.lists(PLANS, max_size=3).map(tuple),
    ),
    max_size=2,
    unique_by=lambda file: file.source,
)


def split(every: list[Post]) -> tuple[list[Post], list[Post]]:
    """The posts a production build shows, and those it holds back."""
    return [one for one in every if not one.preview], [one for one in every if one.preview]


def place_of(found: Arrangement, post: Post | None) -> Place:
    """The place of a post that has one."""
    assert post is not None
    return found.places[post.source]


@given(posts(), FILES)
def test_the_way_back_is_the_way_there(every: list[Post], files: list[SeriesFile]) -> None:
    """The next of the previous part is the part itself, and the previous of the next one."""
    found = arranged(*split(every), files)
    for place in found.places.values():
        if place.previous:
            assert place_of(found, place.previous.post).next == place.part
        if place.next and place.next.post:
            assert place_of(found, place.next.post).previous == place.part


@given(posts(), FILES)
def test_walking_on_from_the_first_part_passes_every_part_once(
    every: list[Post], files: list[SeriesFile]
) -> None:
    """Following next from the first part visits all parts of the series in its order."""
    found = arranged(*split(every), files)
    for series in found.series:
        walked = []
        step = series.shown[0] if series.shown else None
        while step and step.post:
            walked.append(step)
            step = place_of(found, step.post).next
        assert tuple(walked) == series.shown
        assert len({one.post.source for one in walked if one.post}) == len(walked)


@given(posts(), FILES)
def test_no_draft_is_ever_reachable(every: list[Post], files: list[SeriesFile]) -> None:
    """What readers see is the same as if the posts held back did not exist."""
    public, held = split(every)
    found, without = arranged(public, held, files), arranged(public, (), files)
    assert found.series == without.series
    assert found.places == without.places
    assert found.problems == without.problems
    shown = repr((found.series, found.places))
    for post in held:
        assert post.url not in shown
        assert post.source not in shown


@given(posts(), FILES, st.randoms(use_true_random=False))
def test_the_order_is_total(every: list[Post], files: list[SeriesFile], shuffle: Random) -> None:
    """The arrangement does not depend on the order in which posts and files are found."""
    public, held = split(every)
    found = arranged(public, held, files)
    shuffle.shuffle(public)
    shuffle.shuffle(held)
    assert arranged(public, held, files[::-1]) == found


@given(posts(), FILES)
def test_numbers_are_kept_and_in_order(every: list[Post], files: list[SeriesFile]) -> None:
    """A part has the number its post gives it, and numbers never go down within a series."""
    found = arranged(*split(every), files)
    for series in found.series:
        numbers = [each.number for each in series.parts if each.number is not None]
        assert numbers == sorted(numbers)
        assert series.total >= max([len(series.parts), *numbers])
        for each in series.shown:
            written = each.post.series.part if each.post and each.post.series else None
            if written is not None and 0 <= written < 10:
                assert each.number == written


@given(posts(), FILES)
def test_a_post_is_in_one_series_of_its_own_language(
    every: list[Post], files: list[SeriesFile]
) -> None:
    """Every listed post that names a series is exactly once a part, beside its own language only."""
    public, held = split(every)
    found = arranged(public, held, files)
    parts = [(series, each.post) for series in found.series for each in series.shown]
    assert all(post and post.lang == series.lang for series, post in parts)
    sources = [post.source for _, post in parts if post]
    assert len(sources) == len(set(sources))
    assert set(sources) >= {post.source for post in public if post.series and post.listed}
    assert not set(sources) & {post.source for post in public if not post.listed}


@given(posts(), FILES)
def test_a_preview_shows_drafts_and_marks_them(every: list[Post], files: list[SeriesFile]) -> None:
    """In a preview drafts and scheduled posts have places too, and their parts say so."""
    found = arranged(every, (), files)
    for series in found.series:
        for each in series.shown:
            assert each.post
            assert (each.state == "preview") == each.post.preview


def test_parts_come_by_number_then_date_then_file() -> None:
    """Numbers decide, among equals the older post, then the file; posts without number are last."""
    every = [
        part("e", number=None, day=1),
        part("b", number=2, day=3),
        part("a", number=2, day=3),
        part("c", number=2, day=1),
        part("z", number=1.5, day=9),
    ]
    found = arranged(every, files=[a_file(planned=(plan(title="Coming"),))])
    assert outline(found.series[0].parts) == ["z", "c", "a", "b", "e", "planned Coming"]


def test_parts_without_numbers_come_by_date() -> None:
    """A series whose posts give no numbers runs by date, with the planned parts after them."""
    every = [part("second", day=2), part("first", day=1)]
    series = clean(every, files=[a_file(planned=(plan(3, "Third"),))]).series[0]
    assert outline(series.parts) == ["first", "second", "planned Third"]
    assert [each.number for each in series.parts] == [None, None, 3]


def test_gaps_are_stepped_over() -> None:
    """The next part of part 1 is part 3 while part 2 is a draft, and part 3 leads back to part 1."""
    one, three = part("one", number=1), part("three", number=3)
    found = arranged([one, three], [part("two", number=2, status="draft")])
    after, before = found.places[one.source].next, found.places[three.source].previous
    assert after
    assert before
    assert (after.post, before.post) == (three, one)
    assert "two" not in repr((found.series, found.places))


def test_only_the_file_announces_a_draft() -> None:
    """Of a draft that the series file plans, readers learn what the file says and no more."""
    one = part("one", number=1)
    draft = part("secret", number=2, status="draft", day=5)
    due = NOW + timedelta(days=9)
    files = [a_file(planned=(plan(2, "The sequel", date=due),))]
    found = clean([one], [draft], files)
    coming = found.places[one.source].next
    assert coming
    assert (coming.number, coming.title, coming.state) == (2, "The sequel", "planned")
    assert (coming.post, coming.date) == (None, due)
    assert "secret" not in repr(found)


def test_planned_parts_take_their_place_in_the_order() -> None:
    """A planned part stands where its number says, but the next link prefers what is published."""
    one, three = part("one", number=1), part("three", number=3)
    files = [a_file(planned=(plan(None, "Whenever"), plan(4, "Fourth"), plan(2, "Second")))]
    found = clean([one, three], files=files)
    series = found.series[0]
    expected = ["one", "planned Second", "three", "planned Fourth", "planned Whenever"]
    assert outline(series.parts) == expected
    assert found.places[one.source].next == series.parts[2]
    assert found.places[three.source].next == series.parts[3]
    assert series.total == 5


@pytest.mark.parametrize(
    ("numbers", "planned", "title", "total"),
    [
        ([1, 2], [], "Two", 2),
        ([1, 2], [3, 4], "Two", 4),
        ([0, 1, 2], [], "Two", 3),
        ([1, 5], [], "Two", 5),
        ([1, 2.5], [], "Two", 3),
        ([1, 2], [], "Attention, part 2 of 6", 6),
        ([None, None], [], "Two", 2),
    ],
)
def test_the_total_is_what_readers_can_know_of(
    numbers: list[Any], planned: list[int], title: str, total: int
) -> None:
    """The total counts known parts, and is never below the greatest number or a title's promise."""
    every = [part(f"p{i}", number=number) for i, number in enumerate(numbers)]
    last = replace(every[-1], title=title)
    if "of" in title:
        last = part("last", number=numbers[-1], title=title)
    files = [a_file(planned=tuple(plan(number) for number in planned))]
    assert arranged([*every[:-1], last], files=files).series[0].total == total


def test_a_promised_part_is_planned() -> None:
    """A part that exists only in another part's closing marker is listed as planned, untitled."""
    one = part("one", number=1, markers=[ahead(2)])
    found = clean([one])
    series, place = found.series[0], found.places[one.source]
    assert outline(series.parts) == ["one", "planned 2"]
    assert place.next == series.parts[1]
    assert (series.total, place.loose) == (2, ())


def test_a_file_gives_its_series_everything() -> None:
    """Title, slug, summary and the rest come from the file, whatever posts call the series."""
    file = a_file(
        "attention",
        "Attention, both ways",
        slug="both-ways",
        summary="Four posts.",
        lines=Frozen({"image": 4}),
    )
    series = clean([part("one", "attention", 1)], files=[file]).series[0]
    assert (series.title, series.slug, series.url) == (
        file.title,
        "both-ways",
        "/series/both-ways/",
    )
    assert (series.summary, series.source) == ("Four posts.", file.source)
    assert (series.line_of("image"), series.line_of("slug")) == (4, 1)


def test_series_come_by_language_and_slug() -> None:
    """The order of all series is that of their addresses, whatever they are called."""
    files = [a_file("x", "Attention", slug="zenith"), a_file("y", "Craft", slug="acme")]
    every = [part("a", number=1), part("b", "Craft", 1), part("c", "Middle", 1)]
    found = clean([*every, part("d", "Zug", 1, lang="de")], files=files).series
    assert [series.slug for series in found] == ["zug", "acme", "middle", "zenith"]


def test_a_series_works_without_a_file() -> None:
    """The name as written is the title, and the slug is made from it."""
    series = clean([part("one", "The long  view", 1)]).series[0]
    assert (series.title, series.url, series.source) == (
        "The long view",
        "/series/the-long-view/",
        None,
    )


def test_languages_have_series_of_their_own() -> None:
    """Parts of one language link to each other only; other languages have their own addresses."""
    every = [
        part("one", number=1, lang="en"),
        part("eins", number=1, lang="de"),
        part("two", number=2, lang="en"),
        part("zwei", number=2, lang="de"),
    ]
    german, english = clean(every).series
    assert (german.url, outline(german.parts)) == ("/de/series/attention/", ["eins", "zwei"])
    assert (english.url, outline(english.parts)) == ("/series/attention/", ["one", "two"])


def test_a_file_of_another_language_lends_its_slug_only() -> None:
    """A German series without a file of its own has the English one's slug and none of its text."""
    file = a_file("both-ways", "Attention", summary="In English", planned=(plan(2, "English"),))
    every = [part("one", number=1, lang="en"), part("eins", number=1, lang="de")]
    german, english = clean(every, files=[file]).series
    assert german.url == "/de/series/both-ways/"
    assert (german.summary, german.source, outline(german.parts)) == ("", None, ["eins"])
    assert outline(english.parts) == ["one", "planned English"]


def test_each_language_has_its_own_file() -> None:
    """Where two languages have files of one name, posts of each are described by their own."""
    files = [
        a_file("attention"),
        a_file("achtung", "Achtung!", slug="attention", lang="de"),
    ]
    every = [part("one", number=1, lang="en"), part("eins", number=1, lang="de")]
    german, english = clean(every, files=files).series
    assert (german.title, german.url) == ("Achtung!", "/de/series/attention/")
    assert (english.title, english.url) == ("Attention", "/series/attention/")


def test_a_file_can_announce_a_series_that_has_not_begun() -> None:
    """A file with planned parts makes a series before the first post, one without makes none."""
    coming = a_file("coming", "Coming", planned=(plan(1, "First"),))
    found = arranged([], files=[coming, a_file("empty", "Empty")])
    assert [outline(series.parts) for series in found.series] == [["planned First"]]
    assert found.series[0].latest is None


def test_an_unlisted_post_is_no_part() -> None:
    """A hidden post stays out of the series' lists; its markers still lead into the series."""
    one = part("one", number=1)
    hidden = part("aside", number=None, status="hidden", markers=[back(1)])
    found = arranged([one, hidden])
    assert outline(found.series[0].parts) == ["one"]
    place = found.places[hidden.source]
    assert (place.series, [each.part.post for each in place.signposts]) == (None, [one])


def test_the_label_names_series_and_part() -> None:
    """Lists say which part of what a post is; a part without a number names the series only."""
    one, other = part("one", number=2.5), part("other", "Craft")
    found = arranged([one, other])
    assert found.places[one.source].label(ENGLISH) == "Attention, part 2.5"
    assert found.places[other.source].label(ENGLISH) == "Craft"


def test_a_variant_of_the_sites_language_is_the_sites_language() -> None:
    """Posts marked en-US are beside those without a language; a file name can set one apart."""
    every = [
        part("one", number=1, lang="en"),
        part("two", number=2, lang="en-US"),
        part("one-uk", number=1, lang="en-GB", source="posts/one.en-gb.md"),
    ]
    own, british = clean(every, files=[a_file(lang="en-GB")]).series
    assert (own.url, own.lang, outline(own.parts)) == ("/series/attention/", "en", ["one", "two"])
    assert (british.url, british.lang) == ("/en-gb/series/attention/", "en-GB")


def test_a_draft_that_joins_by_its_title_alone_has_a_place_in_a_preview() -> None:
    """No public part, and none that names the series: the checks still know where to point."""
    every = [
        part("one", series=None, title="Craft, part 1", status="draft"),
        part("two", title="Craft"),
        part("three", title="Craft"),
    ]
    found = arranged(every, files=[a_file(), a_file("craft", lang="de", title="Craft")])
    assert "posts/one.md" in found.places
