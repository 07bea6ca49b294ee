"""Which posts join which series, by what they say and by their markers."""

from __future__ import annotations

from plugins.post import Post
from tests.plugins.series_examples import a_file, ahead, arranged, back, clean, outline, part


def joined(every: list[Post], slug: str = "attention") -> list[str]:
    """The parts of a series as "number slug"."""
    series = next((one for one in arranged(every).series if one.slug == slug), None)
    return [f"{one.number} {one.post.slug}" for one in series.parts if one.post] if series else []


def test_a_closing_marker_joins_the_series_that_has_the_next_part() -> None:
    """A text that ends with "Part 3 >>" is part 2 of the one series that has a part 3."""
    every = [part("three", number=3), part("plain", None, markers=[ahead(3)])]
    assert joined(every) == ["2 plain", "3 three"]


def test_an_opening_marker_joins_the_series_that_has_the_part_before() -> None:
    """A text that begins with "<< Part 1" is part 2 of the one series that has a part 1."""
    assert joined([part("one", number=1), part("plain", None, markers=[back(1)])]) == [
        "1 one",
        "2 plain",
    ]


def test_a_title_joins_the_series_of_its_name() -> None:
    """A title such as "Attention, part 2" belongs to the series of that name, also where only a file has it."""
    post = part("plain", None, title="ATTENTION, part 2")
    assert joined([part("one", number=1), post]) == ["1 one", "2 plain"]
    only = arranged([post], files=[a_file()]).series
    assert [outline(series.parts) for series in only] == [["plain"]]


def test_a_title_joins_the_parts_it_shares_its_words_with() -> None:
    """A title that reads like another part's is of the same series, whatever that is called."""
    one = part("one", "pm", 1, title="Running a team, part 1: hiring")
    two = part("two", None, title="Running a team (Part 2)")
    assert joined([one, two], "pm") == ["1 one", "2 two"]


def test_a_part_that_another_calls_for_joins_it() -> None:
    """A post with the number that a part's closing marker asks for answers that call."""
    one = part("one", number=1, markers=[ahead(2)])
    assert joined([one, part("two", None, title="Part 2")]) == ["1 one", "2 two"]
    assert joined([one, part("two", None, markers=[ahead(3)])]) == ["1 one", "2 two"]


def test_joining_goes_on_from_post_to_post() -> None:
    """A post that has joined by its marker lets the one before it join by its own."""
    every = [
        part("three", number=3),
        part("two", None, markers=[ahead(3)]),
        part("one", None, markers=[ahead(2)]),
    ]
    assert joined(every) == ["1 one", "2 two", "3 three"]


def test_a_marker_that_fits_two_series_joins_none() -> None:
    """Where two series have the part a marker points at, the writer is asked."""
    every = [
        part("a", "Attention", 3),
        part("b", "Craft", 3),
        part("plain", None, markers=[ahead(3)]),
    ]
    found = arranged(every)
    assert [outline(series.parts) for series in found.series] == [["a"], ["b"]]
    assert "posts/plain.md:9: body: this names a part" in "\n".join(map(str, found.notices))


def test_the_series_that_fits_better_is_joined() -> None:
    """Of two series that have the next part, the one that also has the part before is meant."""
    every = [
        part("a1", "Attention", 1),
        part("a3", "Attention", 3),
        part("b3", "Craft", 3),
        part("plain", None, markers=[back(1), ahead(3)]),
    ]
    assert joined(every) == ["1 a1", "2 plain", "3 a3"]


def test_a_series_whose_place_is_taken_is_not_joined() -> None:
    """A series that has a part 2 already is not what "Part 3 >>" in another text means."""
    full = [part("a2", "Attention", 2), part("a3", "Attention", 3)]
    plain = part("plain", None, markers=[ahead(3)])
    assert joined([*full, plain]) == ["2 a2", "3 a3"]
    assert joined([*full, part("b3", "Craft", 3), plain], "craft") == ["2 plain", "3 b3"]


def test_a_full_series_does_not_hide_one_that_fits() -> None:
    """A series that has all the parts around but also the post's own is not in the choice."""
    full = [part(f"a{n}", "Attention", n) for n in (1, 2, 3)]
    plain = part("plain", None, markers=[back(1), ahead(3)])
    assert joined([*full, part("b3", "Craft", 3), plain], "craft") == ["2 plain", "3 b3"]


def test_a_title_is_not_overruled() -> None:
    """A title that names a series is not taken for another one, though its own place is taken."""
    every = [
        part("c2", "Craft", 2),
        part("a3", "Attention", 3),
        part("plain", None, title="Craft, part 2", markers=[ahead(3)]),
    ]
    assert [outline(series.parts) for series in arranged(every).series] == [["a3"], ["c2"]]


def test_two_posts_that_want_one_place_join_neither() -> None:
    """Where two texts both end with "Part 3 >>" nobody can say which of them is part 2."""
    every = [part("three", number=3)]
    every += [part(slug, None, markers=[ahead(3)]) for slug in ("x", "y")]
    found = arranged(every)
    assert outline(found.series[0].parts) == ["three"]
    assert [notice.path for notice in found.notices if notice.field == "body"] == [
        "posts/x.md",
        "posts/y.md",
    ]


def test_a_title_of_other_posts_speaks_against_a_series() -> None:
    """One of two posts called "Lisbon, part ..." is no part of a series it would fit."""
    every = [
        part("a2", "Attention", 2),
        part("trip", None, title="Lisbon, part 1", markers=[ahead(2)]),
        part("trip-on", None, title="Lisbon, part 2"),
    ]
    assert joined(every) == ["2 a2"]


def test_a_marker_joins_only_its_own_language() -> None:
    """A German text is no part of an English series."""
    every = [part("three", number=3, lang="en"), part("zwei", None, lang="de", markers=[ahead(3)])]
    assert joined(every) == ["3 three"]


def test_a_number_guessed_from_the_text_gives_way() -> None:
    """In one series a part that says it is part 2 is, and one that only hints at it has no number."""
    every = [
        part("one", number=1),
        part("two", number=2),
        part("three", number=3),
        part("hint", markers=[ahead(3)]),
    ]
    assert joined(every) == ["1 one", "2 two", "3 three", "None hint"]


def test_two_guesses_at_one_number_are_no_number() -> None:
    """Two parts that both only hint at being part 2 have no number, and are no duplicates."""
    every = [part("three", number=3), *(part(slug, markers=[ahead(3)]) for slug in ("a", "b"))]
    assert joined(every) == ["3 three", "None a", "None b"]
    assert arranged(every).problems == ()


def test_a_claim_without_a_part_takes_it_from_title_or_text() -> None:
    """A post that names its series only gets its number from its own words."""
    one = part("one", markers=[ahead(2)])
    two = part("two", title="Attention, part 2")
    found = clean([one, two])
    assert [each.number for each in found.series[0].parts] == [1, 2]
