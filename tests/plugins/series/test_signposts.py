"""Markers in the text: each becomes a link, or reads as planned."""

from __future__ import annotations

import pytest

from plugins.markup.markers import lift
from plugins.post import Post
from tests.plugins.documents import plain as told
from tests.plugins.series_examples import NOW, a_file, ahead, arranged, back, clean, part, plan

# Written for this test in the manner of a text without front matter.
PLAIN_TEXT = """\
What a letter costs

We said last time that people answer people.

There is more to say about stamps. We will say it in Part 3.

Part 3 >>
"""


def pointed(every: list[Post], slug: str) -> list[tuple[int, str, str]]:
    """Where the markers of one post point: number, title and state of each part."""
    place = arranged(every).places.get(f"posts/{slug}.md")
    found = place.signposts if place else ()
    return [(one.marker.number, one.part.title, one.part.state) for one in found]


def plain(slug: str = "letter") -> Post:
    """The plain text as a post: no series, no number, only its closing marker."""
    return part(slug, None, title="What a letter costs", markers=lift(PLAIN_TEXT).markers)


@pytest.mark.parametrize(
    ("third", "in_series"),
    [
        (part("third", "Letters", 3, title="On stamps"), True),
        (part("third", "Letters", title="Part 3"), True),
        (part("third", "Letters", title="On stamps, part 3 of 3"), True),
        (part("third", None, title="Part 3"), False),
        (part("third", None, title="Part 3: On stamps"), False),
        (part("third", None, title="On stamps (Part III)"), False),
    ],
)
def test_a_plain_text_is_linked_to_the_third_part(third: Post, *, in_series: bool) -> None:
    """The plain text's closing marker links to part 3, whether that names a series or only its part."""
    letter = plain()
    found = arranged([letter, third])
    place = found.places[letter.source]
    assert [each.part.post for each in place.signposts] == [third]
    assert bool(place.series) == in_series
    if in_series:
        assert place.next
        assert (place.part.number, place.next.post, place.loose) == (2, third, ())


@pytest.mark.parametrize("title", ["On stamps", "Part 3", "Part 3: On stamps", "On stamps, part 3"])
def test_two_texts_that_point_at_each_other_are_linked_both_ways(title: str) -> None:
    """Neither names a series, and only one of them can be meant by the other."""
    letter, stamps = plain(), part("stamps", None, title=title, markers=[back(2)])
    assert pointed([letter, stamps], "letter") == [(3, title, "published")]
    assert pointed([letter, stamps], "stamps") == [(2, letter.title, "published")]


@pytest.mark.parametrize(
    "other",
    [
        part("more", None, title="On envelopes", markers=[back(2)]),
        part("another", None, title="What a stamp costs", markers=[ahead(3)]),
    ],
    ids=["two could be part 3", "two could be part 2"],
)
def test_texts_that_more_than_one_could_mean_are_not_linked(other: Post) -> None:
    """A guess could lead readers into another series."""
    every = [plain(), part("stamps", None, title="On stamps", markers=[back(2)]), other]
    for post in every:
        assert [state for *_, state in pointed(every, post.slug)] == ["planned"]


def test_titles_of_two_series_are_stronger_than_markers() -> None:
    """Parts of different titles stay apart, even where their numbers fit."""
    lisbon = part("lisbon", None, title="Lisbon, part 2", markers=[ahead(3)])
    porto = part("porto", None, title="Porto, part 3", markers=[back(2)])
    assert pointed([lisbon, porto], "lisbon") == [(3, "", "planned")]
    assert pointed([lisbon, porto], "porto") == [(2, "", "planned")]


def test_a_plain_text_alone_reads_as_planned() -> None:
    """Without a third part the marker says that part 3 is planned, and a notice what to add."""
    letter = plain()
    found = arranged([letter])
    assert found.series == ()
    assert pointed([letter], "letter") == [(3, "", "planned")]
    assert [told(notice) for notice in found.notices] == [
        "posts/letter.md:7: body: this names a part of a series, but not which series; "
        "add series: its name and part: 2 to the front matter"
    ]


@pytest.mark.parametrize("status", ["draft", "scheduled"])
@pytest.mark.parametrize("series", ["Letters", None])
def test_a_third_part_held_back_reads_as_planned(status: str, series: str | None) -> None:
    """A draft of part 3 changes nothing for readers: no title, no link, no series."""
    third = part("third", series, title="Part 3", status=status)
    found = arranged([plain()], [third])
    assert found.places == arranged([plain()]).places
    assert found.series == ()


def test_a_marker_says_what_the_file_announces() -> None:
    """A planned part has the title and date of the series file where there is one."""
    one = part("one", number=1, markers=[ahead(2)])
    found = clean([one], files=[a_file(planned=(plan(2, "Second", date=NOW),))])
    [signpost] = found.places[one.source].signposts
    assert (signpost.part.title, signpost.part.date) == ("Second", NOW)


def test_a_marker_behind_a_gap_still_stands() -> None:
    """Where the next part is another than the text promises, the promise is shown as well."""
    one, three = part("one", number=1, markers=[ahead(2)]), part("three", number=3)
    place = arranged([one, three]).places[one.source]
    assert place.next
    assert place.next.post == three
    assert [(each.part.number, each.part.state) for each in place.loose] == [(2, "planned")]


def test_a_marker_to_a_part_beside_is_not_repeated() -> None:
    """Markers that say what the series box says anyway are not loose."""
    every = [part("one", number=1), part("two", number=2, markers=[back(1), ahead(3)])]
    every.append(part("three", number=3))
    place = clean(every).places["posts/two.md"]
    assert len(place.signposts) == 2
    assert place.loose == ()


def test_a_marker_back_to_a_missing_part_links_nothing() -> None:
    """A "<< Part 1" without a part 1 has nothing to link to, and adds no part to the series."""
    found = arranged([part("two", number=2, markers=[back(1)])])
    place = found.places["posts/two.md"]
    assert place.previous is None
    assert [(each.part.post, each.part.state) for each in place.signposts] == [(None, "planned")]
    assert len(found.series[0].parts) == 1


def test_a_marker_to_the_post_itself_is_dropped() -> None:
    """A "Part 2 >>" at the end of part 2 leads nowhere."""
    assert pointed([part("two", number=2, markers=[ahead(2)])], "two") == []


def test_titles_that_belong_together_link_without_a_series() -> None:
    """Posts that share a title find each other by number; the other pair is not touched."""
    every = [
        part("l1", None, title="Lisbon, part 1", markers=[ahead(2)]),
        part("l2", None, title="Lisbon, part 2"),
        part("r1", None, title="Rome (Part 1)", markers=[ahead(2)]),
        part("r2", None, title="Rome (Part 2)"),
    ]
    assert pointed(every, "l1") == [(2, "Lisbon, part 2", "published")]
    assert pointed(every, "r1") == [(2, "Rome (Part 2)", "published")]


def test_a_part_of_something_else_is_not_linked() -> None:
    """Part 3 of a pair of titles that has its own part 2 is not what the plain text means."""
    every = [
        plain(),
        part("l2", None, title="Lisbon, part 2"),
        part("l3", None, title="Lisbon, part 3"),
    ]
    assert pointed(every, "letter") == [(3, "", "planned")]


def test_a_guess_is_no_target() -> None:
    """Another text that only hints at being part 3 is not what "Part 3 >>" means."""
    every = [plain(), part("other", None, markers=[ahead(4)])]
    assert pointed(every, "letter") == [(3, "", "planned")]


def test_two_possible_targets_are_none() -> None:
    """Where two posts are called part 3 the marker is not guessed."""
    every = [plain(), part("a", None, title="Part 3"), part("b", None, title="Part 3: Ink")]
    assert pointed(every, "letter") == [(3, "", "planned")]


def test_a_preview_links_to_drafts() -> None:
    """In a preview the marker leads to the draft, which is marked as such."""
    every = [plain(), part("third", None, title="Part 3", status="draft")]
    assert pointed(every, "letter") == [(3, "Part 3", "preview")]
